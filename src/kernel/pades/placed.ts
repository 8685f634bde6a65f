// Signature fields on pages of the upload, where its sender asked for that: the page gets one more annotation, and nothing else.
// What nobody has signed yet gets them all in revision 1; behind the signatures of others each comes with its own signature.

import { SeglError } from '../../errors.ts'
import {
  catalogOf,
  hasInlineAnnotations,
  isArray,
  liesOn,
  type NewObject,
  name,
  type Page,
  type PdfFile,
  type PlacedSlot,
  pagesOf,
  type Rectangle,
  type Rotation,
  rectangleOf,
  ref,
  type SheetObjects,
  serialise,
  serialiseEntries,
  visiblePage,
  type WrittenStream,
  withEntries,
} from '../pdf/index.ts'
import { fieldBody } from './field.ts'
import type { AppendState, FieldState, PageState, StoredRef } from './state.ts'

export type PlaceOfField = {
  readonly slot: number
  readonly page: Page
  readonly at: StoredRef
  readonly rect: Rectangle
  readonly rotation: Rotation
}

/** Where the slots lie in the space of their pages. SIGNATURE_PLACE_INVALID for a place that is not on the page. */
export function placesOf(file: PdfFile, placed: readonly PlacedSlot[] = []): readonly PlaceOfField[] {
  if (placed.length === 0) return []
  const found: PlaceOfField[] = []
  for (const page of pagesOf(file)) {
    const here = placed.filter((one) => one.page === page.index + 1)
    const visible = here.length === 0 ? undefined : visiblePage(file, page)
    for (const place of here) {
      if (visible === undefined || !liesOn(visible, place)) throw outside(place)
      const { rotation } = visible
      const at: StoredRef = [page.ref.number, page.ref.generation]
      found.push({ slot: place.slot, page, at, rect: rectangleOf(visible, place), rotation })
    }
  }
  const missing = placed.find(({ slot }) => found.every((one) => one.slot !== slot))
  if (missing !== undefined) throw outside(missing)
  return found
}

const outside = ({ page, slot }: PlacedSlot): SeglError =>
  new SeglError('SIGNATURE_PLACE_INVALID', `The place of signature ${slot} is not on page ${page} of the document.`)

/** The pages with the fields behind the annotations that they have. */
export function pagesWithFields(
  file: PdfFile,
  places: readonly PlaceOfField[],
  fields: readonly (FieldState & { readonly slot: number })[],
): NewObject[] {
  const pages = new Map(places.map(({ page }) => [page.ref.number, page]))
  const tagged = catalogOf(file).has('StructTreeRoot')
  return [...pages.values()].map((page) => {
    const own = file.resolve(page.dict.get('Annots'))
    const slots = places.flatMap((place) => (place.page.ref.number === page.ref.number ? [place.slot] : []))
    const added = fields.filter(({ slot }) => slots.includes(slot)).map(({ object }) => ref(object))
    // PDF/UA-1 (7.18.3) asks for an order by structure on pages with annotations.
    const order = tagged && !page.dict.has('Tabs') ? { Tabs: name('S') } : {}
    const body = withEntries(page.dict, { Annots: [...(isArray(own) ? own : []), ...added], ...order })
    return { number: page.ref.number, generation: page.ref.generation, body }
  })
}

/** The pages as they are, for the fields that come later. No structure tree is touched: an earlier signature covers it. */
export function pagesToShowOn(file: PdfFile, places: readonly PlaceOfField[]): readonly PageState[] {
  const pages = new Map(places.map(({ page }) => [page.ref.number, page]))
  return [...pages.values()].map((page) => {
    const { index, ref: at, dict } = page
    const own = file.resolve(dict.get('Annots'))
    if (hasInlineAnnotations(file, page)) {
      const detail = `Page ${index + 1} of the signed document has annotations that are no objects of their own, so no signature can be shown on it.`
      throw new SeglError('SIGNATURE_PLACE_INVALID', detail)
    }
    return {
      page: [at.number, at.generation],
      entries: serialiseEntries(withEntries(dict, { Annots: undefined })),
      annotations: (isArray(own) ? own : []).map((one) => serialise(one)).join(' '),
    }
  })
}

/** Fonts and colour spaces that appearances draw with, with local numbers, by the names that appearances call them. */
export type DrawnWith = Pick<SheetObjects, 'objects' | 'resources'>

/** The state with everything that appearances draw with in it, and the objects that are new by that. */
export function withResources(state: AppendState, drawnWith: DrawnWith | undefined) {
  if (drawnWith === undefined || Object.keys(state.resources).length > 0) {
    return { objects: [], state, numberOf: undefined }
  }
  const numbers = new Map(drawnWith.objects.map(({ number }, index) => [number, state.nextObject + index]))
  const numberOf = (local: number): number => {
    const number = numbers.get(local)
    if (number === undefined) throw new SeglError('INTERNAL', `What appearances draw with has no object ${local}.`)
    return number
  }
  const resources = Object.fromEntries(
    Object.entries(drawnWith.resources).map(([key, local]) => [key, numberOf(local)]),
  )
  return {
    objects: drawnWith.objects.map(({ number, body }): NewObject => ({ number: numberOf(number), body })),
    state: { ...state, nextObject: state.nextObject + numbers.size, resources },
    numberOf,
  }
}

/** A field that did not exist before, with its value, on a page that others have signed: behind the annotations of that page. */
export function newShownField(
  state: AppendState,
  field: FieldState,
  appearance: (state: AppendState) => WrittenStream,
) {
  const page = state.pages?.find(({ page: [number] }) => number === field.page[0])
  if (page === undefined) throw new SeglError('INTERNAL', `The page of ${field.name} is not part of the state.`)
  const [shown, object, value] = [state.nextObject, state.nextObject + 1, state.nextObject + 2]
  const made = { ...field, object, used: true }
  const annotations = `${page.annotations === '' ? '' : `${page.annotations} `}${object} 0 R`
  const [number, generation] = page.page
  const text = `<<${page.entries} /Annots [${annotations}]>>`
  const objects: readonly NewObject[] = [
    { number, generation, body: { kind: 'written', text } },
    { number: shown, body: appearance(state) },
    { number: object, body: fieldBody(made, shown, value) },
  ]
  return {
    field: made,
    value,
    nextObject: value + 1,
    objects,
    state: {
      ...state,
      pages: state.pages?.map((one) => (one === page ? { ...one, annotations } : one)) ?? [],
      acroForm: { ...state.acroForm, fields: [...state.acroForm.fields, [object, 0] as const] },
    },
  }
}

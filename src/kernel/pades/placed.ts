// Signature fields on pages of the upload, where its sender asked for that: the page gets one more annotation, and nothing else.

import { SeglError } from '../../errors.ts'
import {
  catalogOf,
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
  visiblePage,
  withEntries,
} from '../pdf/index.ts'
import type { FieldState, StoredRef } from './state.ts'

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

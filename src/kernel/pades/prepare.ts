// Revision 1: the sheets with their empty signature fields, the form, the security store and the extension level, once and for all.

import { SeglError } from '../../errors.ts'
import {
  type ByteSource,
  catalogOf,
  dict,
  firstFreeObject,
  formFields,
  isArray,
  isDict,
  isRef,
  isSigned,
  type Limits,
  localRef,
  type Mentions,
  mentionsIn,
  type NewObject,
  name,
  type PdfDict,
  type PdfFile,
  type PdfObject,
  type PdfRef,
  placeNear,
  type Rectangle,
  readableTree,
  ref,
  type SheetObjects,
  type SheetPage,
  type StructureTree,
  serialiseEntries,
  withEntries,
} from '../pdf/index.ts'
import { appendObjects } from './append.ts'
import { acroFormObject, emptyForm, fieldBody, formBox, freeName, invisible, sealName, slotName } from './field.ts'
import { blankState, openToAppend } from './opening-state.ts'
import { type PlaceOfField, pagesWithFields, placesOf } from './placed.ts'
import type { AppendState, FieldState, Signed, SlotState, StoredRef } from './state.ts'
import { leading, type Tagged, tagSheets } from './structure.ts'

/** CONTRACTS.md, Data. */
export const mostSlots = 40

/**
 * Appends `sheet` to the upload and remembers what appending needs. The upload must have passed pre-flight: nothing is looked for
 * here that does not stand in the way. Throws ENCRYPTED, ALREADY_SIGNED, MALFORMED_PDF, TOO_LARGE; INTERNAL for a wrong sheet.
 */
export function prepareRevision(source: ByteSource, sheet: SheetObjects, limits?: Limits): Signed {
  const file = openToAppend(source, limits)
  const fields = formFields(file)
  const signed = fields.find((field) => isSigned(file, field))
  if (signed !== undefined) {
    const offset = placeNear(file, signed.ref)
    throw new SeglError('ALREADY_SIGNED', 'The PDF is already signed. Upload the unsigned document.', { offset })
  }
  const catalog = catalogOf(file)
  const tree = readableTree(file)
  const formRef = catalog.get('AcroForm')
  const mentions = mentionsIn(file, { firstKey: tree?.nextKey, counted: isRef(formRef) ? formRef.number : undefined })
  const first = firstFreeObject(file, mentions)
  const locals = numberLocals(sheet, first)
  const numberOf = (local: number): number => {
    const number = locals.get(local)
    if (number === undefined) throw new SeglError('INTERNAL', `The sheet has no object ${local}.`)
    return number
  }
  const taken = new Set(fields.map((field) => field.name))
  const places = placesOf(file, sheet.placed)
  const free = layOut(sheet, places, numberOf, first + locals.size, taken)
  const grown = tree === undefined ? undefined : { ...tree, nextKey: mentions.freeKey() }
  const { layout, tagged } = tag(file, grown, sheet, numberOf, free)
  const pagesRef = catalog.get('Pages')
  const pages = file.resolve(pagesRef)
  if (!isRef(pagesRef) || !isDict(pages)) throw malformedPages(placeNear(file, pagesRef))
  const { form, formEntries, formFieldRefs } = existingForm(file, catalog, layout.acroForm, mentions)
  const acroForm = { object: form.number, generation: form.generation, entries: formEntries, fields: formFieldRefs }
  const base = { ...blankState(file, first), acroForm }
  const before: AppendState = {
    ...base,
    dss: { object: layout.dss, certificates: [], crls: [], ocsps: [] },
    slots: layout.slots,
    seal: layout.seal,
    emptyAppearance: layout.appearances.get(sizeOf(invisible)) ?? 0,
    lastPage: [numberOf(sheet.pages.at(-1)?.object ?? 0), 0],
    resources: Object.fromEntries(Object.entries(sheet.resources).map(([key, local]) => [key, numberOf(local)])),
  }
  const allFields: FieldState[] = [...layout.slots, ...(layout.seal === null ? [] : [layout.seal])]
  const added = allFields.map((field): StoredRef => [field.object, 0])
  const objects: NewObject[] = [
    { number: base.root[0], generation: base.root[1], body: newCatalog(file, catalog, form, ref(layout.dss)) },
    { number: pagesRef.number, generation: pagesRef.generation, body: grownPages(file, pages, sheet) },
    ...sheet.objects.map(({ number, body }) => ({
      number: numberOf(number),
      body: completePage(sheet, number, body, pagesRef, layout, tagged.pages.get(numberOf(number))),
    })),
    ...tagged.objects,
    ...pagesWithFields(file, places, layout.slots),
    acroFormObject(before, added),
    { number: layout.dss, body: dict({ Type: name('DSS') }) },
    ...[...layout.appearances].map(([size, number]) => ({ number, body: emptyForm(boxOf(size)) })),
    ...allFields.map((field) => ({
      number: field.object,
      body: fieldBody(field, layout.appearances.get(sizeOf(field.rect)) ?? 0),
    })),
  ]
  const state: AppendState = {
    ...before,
    acroForm: { ...acroForm, fields: [...acroForm.fields, ...added] },
  }
  const appended = appendObjects(state, objects, tagged.nextObject, numberOf)
  return { increment: appended.increment.bytes, state: appended.state }
}

const malformedPages = (offset: number): SeglError =>
  new SeglError('MALFORMED_PDF', 'The page tree of the PDF is not well-formed. Export it again.', { offset })

function numberLocals(sheet: SheetObjects, first: number): Map<number, number> {
  const locals = new Map<number, number>()
  for (const { number } of sheet.objects) {
    if (locals.has(number)) throw new SeglError('INTERNAL', `The sheet has two objects ${number}.`)
    locals.set(number, first + locals.size)
  }
  return locals
}

type Layout = {
  readonly slots: readonly SlotState[]
  readonly seal: FieldState | null
  readonly acroForm: number
  readonly dss: number
  /** Empty forms by the size of the fields that show them. */
  readonly appearances: ReadonlyMap<string, number>
  readonly nextObject: number
}

/** Gives the fields and the objects of the document their numbers and names. */
function layOut(
  sheet: SheetObjects,
  places: readonly PlaceOfField[],
  numberOf: (local: number) => number,
  first: number,
  taken: Set<string>,
): Layout {
  let next = first
  const [acroForm, dss] = [next++, next++]
  const slots: SlotState[] = []
  let seal: FieldState | null = null
  for (const page of sheet.pages) {
    const place: StoredRef = [numberOf(page.object), 0]
    for (const { slot, rect } of page.slots) {
      slots.push({ slot, object: next++, name: freeName(slotName(slot), taken), page: place, rect, used: false })
    }
    if (page.seal !== undefined) {
      if (seal !== null) throw new SeglError('INTERNAL', 'The sheet has two places for the seal.')
      seal = { object: next++, name: freeName(sealName, taken), page: place, rect: page.seal, used: false }
    }
  }
  for (const { slot, at, rect, rotation } of places) {
    const name = freeName(slotName(slot), taken)
    slots.push({ slot, object: next++, name, page: at, rect, rotation, used: false })
  }
  slots.sort((a, b) => a.slot - b.slot)
  if (slots.length > mostSlots || slots.some(({ slot }, index) => slot !== index + 1)) {
    throw new SeglError('INTERNAL', `Slots must be numbered 1 to at most ${mostSlots}, each once.`)
  }
  const appearances = new Map<string, number>()
  const rectangles = [invisible, ...slots.map(({ rect }) => rect), ...(seal === null ? [] : [seal.rect])]
  for (const size of new Set(rectangles.map(sizeOf))) appearances.set(size, next++)
  return { slots, seal, acroForm, dss, appearances, nextObject: next }
}

/** The fields with what they say of themselves, and everything with its place in the structure tree where the file has one. */
function tag(
  file: PdfFile,
  tree: StructureTree | undefined,
  sheet: SheetObjects,
  numberOf: (local: number) => number,
  layout: Layout,
): { readonly layout: Layout; readonly tagged: Tagged } {
  const all = [...sheet.pages.flatMap(({ slots }) => slots), ...(sheet.placed ?? [])]
  const descriptions = new Map(all.map((one) => [one.slot, one.description]))
  const sealDescription = sheet.pages.find(({ seal }) => seal !== undefined)?.sealDescription
  const described = [
    ...layout.slots.map((field) => ({ field, slot: field.slot, description: descriptions.get(field.slot) })),
    ...(layout.seal === null ? [] : [{ field: layout.seal, slot: 'seal' as const, description: sealDescription }]),
  ]
  const tagged = tagSheets(file, tree, sheet, numberOf, described, layout.nextObject)
  const saying = <F extends FieldState>(field: F): F => ({ ...field, entries: tagged.fields.get(field.object) ?? '' })
  const seal = layout.seal === null ? null : saying(layout.seal)
  return { layout: { ...layout, slots: layout.slots.map(saying), seal }, tagged }
}

/** Width and height as they are written in the /BBox of the field's appearances. */
const sizeOf = (rect: Rectangle): string => formBox(rect).join(' ')
const boxOf = (size: string): Rectangle => {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = size.split(' ').map(Number)
  return [x1, y1, x2, y2]
}

/**
 * Members of the form as the upload has them, and whose object it becomes: its own, unless it is none (a reference to nothing, or to
 * another reference) or serves as something else as well, which would change with the form.
 */
function existingForm(file: PdfFile, catalog: PdfDict, newObject: number, { counted }: Mentions) {
  const value = catalog.get('AcroForm')
  const old = file.resolve(value)
  const fields = isDict(old) ? file.resolve(old.get('Fields')) : null
  const refs = (isArray(fields) ? fields : []).map((field): StoredRef => {
    if (!isRef(field)) {
      const offset = placeNear(file, value)
      throw new SeglError('MALFORMED_PDF', 'A form field is no object of its own. Export the PDF again.', { offset })
    }
    return [field.number, field.generation]
  })
  const kept = isDict(old) ? old : new Map<string, PdfObject>()
  // /NeedAppearances would let each reader draw the fields anew; /XFA is refused by pre-flight.
  const entries = withEntries(kept, { Fields: undefined, NeedAppearances: undefined, XFA: undefined, SigFlags: 3 })
  return {
    form: isRef(value) && isDict(file.get(value)) && counted() === 1 ? value : ref(newObject),
    formEntries: serialiseEntries(entries),
    formFieldRefs: refs,
  }
}

/** The catalog as the first revision of ours writes it. */
export function newCatalog(file: PdfFile, catalog: PdfDict, form: PdfRef, dss: PdfRef): PdfDict {
  const old = file.resolve(catalog.get('Extensions'))
  const extensions = isDict(old) ? old : new Map<string, PdfObject>()
  // EN 319 142-1, 5.6; a PDF 2.0 file has all of it without an extension.
  const esic = dict({ BaseVersion: name('1.7'), ExtensionLevel: 5 })
  const before2 = file.version < '2.0'
  // First, for the sake of EU DSS: see structure.ts.
  const inOrder = catalog.has('StructTreeRoot') ? leading(catalog, 'StructTreeRoot') : catalog
  return withEntries(inOrder, {
    AcroForm: form,
    DSS: dss,
    ...(before2 ? { Extensions: withEntries(extensions, { ESIC: esic }) } : {}),
    ...(file.version < '1.7' ? { Version: name('1.7') } : {}),
  })
}

/** The root of the page tree with the new pages behind the others; all else in it stays. */
function grownPages(file: PdfFile, pages: PdfDict, sheet: SheetObjects): PdfDict {
  const kids = file.resolve(pages.get('Kids'))
  const count = file.resolve(pages.get('Count'))
  if (!isArray(kids) || typeof count !== 'number') throw malformedPages(placeNear(file))
  return withEntries(pages, {
    Kids: [...kids, ...sheet.pages.map((page) => localRef(page.object))],
    Count: count + sheet.pages.length,
  })
}

/** Adds to a page of the sheet what only the document knows, and everything that it could inherit. */
function completePage(
  sheet: SheetObjects,
  local: number,
  body: PdfObject,
  parent: PdfRef,
  layout: Layout,
  structure: Readonly<Record<string, PdfObject>> = {},
): PdfObject {
  const page = sheet.pages.find(({ object }) => object === local)
  if (page === undefined) return body
  if (!isDict(body) || !isArray(body.get('MediaBox')) || body.has('Annots')) {
    throw new SeglError('INTERNAL', 'A page of the sheet needs a /MediaBox and must have no /Annots.')
  }
  const mediaBox = body.get('MediaBox')
  return withEntries(body, {
    Type: name('Page'),
    Parent: parent,
    Resources: body.get('Resources') ?? new Map(),
    CropBox: body.get('CropBox') ?? mediaBox,
    Rotate: body.get('Rotate') ?? 0,
    Annots: fieldsOn(page, layout).map((field) => ref(field.object)),
    ...structure,
  })
}

function fieldsOn(page: SheetPage, layout: Layout): FieldState[] {
  const slots = layout.slots.filter(({ slot }) => page.slots.some((place) => place.slot === slot))
  return [...slots, ...(page.seal === undefined || layout.seal === null ? [] : [layout.seal])]
}

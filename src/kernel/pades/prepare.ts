// Revision 1: the sheets with their empty signature fields, the form, the security store and the extension level, once and for all.

import { createHash } from 'node:crypto'
import { SeglError } from '../../errors.ts'
import {
  type ByteSource,
  catalogOf,
  dict,
  formFields,
  isArray,
  isDict,
  isRef,
  isString,
  type Limits,
  localRef,
  type NewObject,
  name,
  newStream,
  openPdf,
  type PdfDict,
  type PdfFile,
  type PdfObject,
  type PdfRef,
  readInPieces,
  ref,
  revisions,
  type SheetObjects,
  type SheetPage,
  serialiseEntries,
  withEntries,
} from '../pdf/index.ts'
import { appendObjects } from './append.ts'
import { acroFormObject, fieldDict, freeName, sealName, slotName } from './field.ts'
import type { AppendState, FieldState, Signed, SlotState, StoredRef } from './state.ts'

/** CONTRACTS.md, Data. */
export const mostSlots = 40

/** Members of a trailer that belong to its own section, and those that the state keeps apart. */
const sectionKeys = ['Size', 'Prev', 'XRefStm', 'Type', 'W', 'Index', 'Length', 'Filter', 'DecodeParms', 'DL']
const keptApart = ['Root', 'Info', 'ID', 'Encrypt']

/**
 * Appends `sheet` to the upload and remembers what appending needs. The upload must have passed pre-flight: nothing is looked for
 * here that does not stand in the way. Throws ENCRYPTED, ALREADY_SIGNED, MALFORMED_PDF, TOO_LARGE; INTERNAL for a wrong sheet.
 */
export function prepareRevision(source: ByteSource, sheet: SheetObjects, limits?: Limits): Signed {
  const file = openPdf(source, limits)
  if (file.encrypted) throw new SeglError('ENCRYPTED', 'The PDF is encrypted. Upload a copy without password.')
  const fields = formFields(file)
  if (fields.some((field) => field.type === 'Sig' && file.resolve(field.dict.get('V')) !== null)) {
    throw new SeglError('ALREADY_SIGNED', 'The PDF is already signed. Upload the unsigned document.')
  }
  const catalog = catalogOf(file)
  const first = firstFreeObject(file)
  const locals = numberLocals(sheet, first)
  const numberOf = (local: number): number => {
    const number = locals.get(local)
    if (number === undefined) throw new SeglError('INTERNAL', `The sheet has no object ${local}.`)
    return number
  }
  const layout = layOut(sheet, numberOf, first + locals.size, new Set(fields.map((field) => field.name)))
  const pagesRef = catalog.get('Pages')
  const pages = file.resolve(pagesRef)
  if (!isRef(pagesRef) || !isDict(pages)) throw malformedPages()
  const { form, formEntries, formFieldRefs } = existingForm(file, catalog, layout.acroForm)
  const acroForm = { object: form.number, generation: form.generation, entries: formEntries, fields: formFieldRefs }
  const base = { ...blankState(file), acroForm }
  const before: AppendState = {
    ...base,
    dss: { object: layout.dss, certificates: [], crls: [], ocsps: [] },
    slots: layout.slots,
    seal: layout.seal,
    emptyAppearance: layout.emptyAppearance,
    lastPage: [numberOf(sheet.pages.at(-1)?.object ?? 0), 0],
    resources: Object.fromEntries(Object.entries(sheet.resources).map(([key, local]) => [key, numberOf(local)])),
  }
  const allFields: FieldState[] = [...layout.slots, ...(layout.seal === null ? [] : [layout.seal])]
  const added = allFields.map((field): StoredRef => [field.object, 0])
  const objects: NewObject[] = [
    { number: base.root[0], generation: base.root[1], body: newCatalog(file, catalog, form, layout.dss) },
    { number: pagesRef.number, generation: pagesRef.generation, body: grownPages(file, pages, sheet) },
    ...sheet.objects.map(({ number, body }) => ({
      number: numberOf(number),
      body: completePage(sheet, number, body, pagesRef, layout),
    })),
    acroFormObject(before, added),
    { number: layout.dss, body: dict({ Type: name('DSS') }) },
    { number: layout.emptyAppearance, body: emptyAppearance() },
    ...allFields.map((field) => ({ number: field.object, body: fieldDict(field, layout.emptyAppearance) })),
  ]
  const state: AppendState = {
    ...before,
    acroForm: { ...acroForm, fields: [...acroForm.fields, ...added] },
  }
  const appended = appendObjects(state, objects, layout.nextObject, numberOf)
  return { increment: appended.increment.bytes, state: appended.state }
}

const malformedPages = (): SeglError =>
  new SeglError('MALFORMED_PDF', 'The page tree of the PDF is not well-formed. Export it again.')

function firstFreeObject(file: PdfFile): number {
  let highest = 0
  file.xref.each((number) => {
    highest = number
  })
  const size = file.resolve(file.trailer.get('Size'))
  return Math.max(
    highest + 1,
    typeof size === 'number' && Number.isInteger(size) && size <= file.limits.objects ? size : 0,
  )
}

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
  readonly emptyAppearance: number
  readonly nextObject: number
}

/** Gives the fields and the objects of the document their numbers and names. */
function layOut(sheet: SheetObjects, numberOf: (local: number) => number, first: number, taken: Set<string>): Layout {
  let next = first
  const [acroForm, dss, emptyAppearance] = [next++, next++, next++]
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
  slots.sort((a, b) => a.slot - b.slot)
  if (slots.length > mostSlots || slots.some(({ slot }, index) => slot !== index + 1)) {
    throw new SeglError('INTERNAL', `Slots must be numbered 1 to at most ${mostSlots}, each once.`)
  }
  return { slots, seal, acroForm, dss, emptyAppearance, nextObject: next }
}

/** Members of the form as the upload has them, and whose object it becomes. */
function existingForm(file: PdfFile, catalog: PdfDict, newObject: number) {
  const value = catalog.get('AcroForm')
  const old = file.resolve(value)
  const fields = isDict(old) ? file.resolve(old.get('Fields')) : null
  const refs = (isArray(fields) ? fields : []).map((field): StoredRef => {
    if (!isRef(field))
      throw new SeglError('MALFORMED_PDF', 'A form field is no object of its own. Export the PDF again.')
    return [field.number, field.generation]
  })
  const kept = isDict(old) ? old : new Map<string, PdfObject>()
  // /NeedAppearances would let each reader draw the fields anew; /XFA is refused by pre-flight.
  const entries = withEntries(kept, { Fields: undefined, NeedAppearances: undefined, XFA: undefined, SigFlags: 3 })
  return {
    form: isRef(value) && isDict(old) ? value : ref(newObject),
    formEntries: serialiseEntries(entries),
    formFieldRefs: refs,
  }
}

function newCatalog(file: PdfFile, catalog: PdfDict, form: PdfRef, dss: number): PdfDict {
  const old = file.resolve(catalog.get('Extensions'))
  const extensions = isDict(old) ? old : new Map<string, PdfObject>()
  // EN 319 142-1, 5.6; a PDF 2.0 file has all of it without an extension.
  const esic = dict({ BaseVersion: name('1.7'), ExtensionLevel: 5 })
  const before2 = file.version < '2.0'
  return withEntries(catalog, {
    AcroForm: form,
    DSS: ref(dss),
    ...(before2 ? { Extensions: withEntries(extensions, { ESIC: esic }) } : {}),
    ...(file.version < '1.7' ? { Version: name('1.7') } : {}),
  })
}

/** The root of the page tree with the new pages behind the others; all else in it stays. */
function grownPages(file: PdfFile, pages: PdfDict, sheet: SheetObjects): PdfDict {
  const kids = file.resolve(pages.get('Kids'))
  const count = file.resolve(pages.get('Count'))
  if (!isArray(kids) || typeof count !== 'number') throw malformedPages()
  return withEntries(pages, {
    Kids: [...kids, ...sheet.pages.map((page) => localRef(page.object))],
    Count: count + sheet.pages.length,
  })
}

/** Adds to a page of the sheet what only the document knows, and everything that it could inherit. */
function completePage(sheet: SheetObjects, local: number, body: PdfObject, parent: PdfRef, layout: Layout): PdfObject {
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
  })
}

function fieldsOn(page: SheetPage, layout: Layout): FieldState[] {
  const slots = layout.slots.filter(({ slot }) => page.slots.some((place) => place.slot === slot))
  return [...slots, ...(page.seal === undefined || layout.seal === null ? [] : [layout.seal])]
}

/** A form XObject that draws nothing: PDF/A wants an appearance even of an empty field. */
const emptyAppearance = () =>
  newStream(
    dict({ Type: name('XObject'), Subtype: name('Form'), BBox: [0, 0, 1, 1], Resources: new Map() }),
    new Uint8Array(0),
  )

/** What a state takes over from the file as it is. */
export function blankState(file: PdfFile): AppendState {
  const { trailer, source } = file
  revisions(file)
  const root = trailer.get('Root')
  const info = trailer.get('Info')
  if (!isRef(root)) throw new SeglError('MALFORMED_PDF', 'The PDF has no catalog. Export it again.')
  const rest = new Map([...trailer].filter(([key]) => !sectionKeys.includes(key) && !keptApart.includes(key)))
  const last = source.read(source.size - 1, 1)[0]
  return {
    format: 1,
    size: source.size,
    lineEnd: last === 10 || last === 13,
    offsetBase: file.offsetBase,
    startxref: file.startxref,
    xrefKind: file.sections[0]?.kind === 'stream' ? 'stream' : 'table',
    nextObject: firstFreeObject(file),
    root: [root.number, root.generation],
    info: isRef(info) ? [info.number, info.generation] : null,
    id: identifier(file),
    trailer: serialiseEntries(rest),
    acroForm: { object: 0, generation: 0, entries: '', fields: [] },
    dss: { object: 0, certificates: [], crls: [], ocsps: [] },
    slots: [],
    seal: null,
    timestamps: 0,
    emptyAppearance: 0,
    lastPage: [0, 0],
    resources: {},
  }
}

/** /ID as it is; a file without one gets the digest of its bytes, so that the same upload always gives the same revision. */
function identifier(file: PdfFile): readonly [string, string] {
  const parts = file.resolve(file.trailer.get('ID'))
  const [first, second] = isArray(parts) ? parts.map((part) => file.resolve(part)) : []
  if (isString(first) && isString(second)) {
    return [Buffer.from(first.bytes).toString('hex'), Buffer.from(second.bytes).toString('hex')]
  }
  const hash = createHash('sha256')
  for (const piece of readInPieces(file.source, 0, file.source.size)) hash.update(piece)
  const made = hash.digest('hex').slice(0, 32)
  return [made, made]
}

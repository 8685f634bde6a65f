// Preparing adds sheets with empty signature fields and nothing else: no annotation, layer, action or script.
import {
  changedObjects,
  type FormField,
  formFields,
  isArray,
  isDict,
  isRef,
  isStream,
  nameOf,
  type PdfDict,
  type PdfFile,
  type PdfObject,
  type PdfRef,
  pagesOf,
} from '../../pdf/index.ts'
import { dictIn, readable } from '../changes/account.ts'
import { looseBytes } from '../changes/bytes.ts'
import { changeIn } from '../changes/index.ts'
import { type Check, failed, passed } from '../check.ts'
import type { Evidence } from '../evidence.ts'
import { isSeglField } from '../origin.ts'

export const sheetsOnly: Check = {
  id: 'SHEETS_ONLY',
  title: 'Preparing added sheets with empty signature fields only',
  citation: 'Segl DESIGN “A signed PDF, revision by revision” (rev 1)',
  run({ embedded }, evidence) {
    if (!isSeglField(embedded.field)) return undefined
    const prepared = evidence.origin?.prepared
    if (prepared === undefined) return failed('FORMAT_FAILURE', 'There is no prepared revision.')
    const fault = beginningFault(evidence, prepared) ?? betweenFault(evidence, prepared, embedded.covers ?? prepared)
    return fault === undefined ? passed() : failed('FORMAT_FAILURE', fault)
  },
}

const fieldKeys = ['Type', 'Subtype', 'FT', 'T', 'TU', 'Rect', 'P', 'F', 'AP', 'Contents', 'StructParent']
const pageKeys = [
  'Type',
  'Parent',
  'MediaBox',
  'CropBox',
  'BleedBox',
  'TrimBox',
  'ArtBox',
  'Rotate',
  'Resources',
  'Contents',
  'Annots',
  'Group',
  'Tabs',
  'StructParents',
]
/** Keys by which something acts, hides, or comes from elsewhere. */
const livelyKeys = [
  'A',
  'AA',
  'OpenAction',
  'JS',
  'OC',
  'OCGs',
  'OCProperties',
  'EF',
  'RichMediaContent',
  'XFA',
  'Names',
  'URI',
  'Ref',
]

/** What others have signed gets no sheets: the first revision of ours is a signature, and has to be nothing else. */
const beginningFault = (evidence: Evidence, prepared: number): string | undefined =>
  evidence.origin?.sheets === true ? preparedFault(evidence, prepared) : betweenFault(evidence, prepared - 1, prepared)

function preparedFault(evidence: Evidence, prepared: number): string | undefined {
  const [before, after] = [evidence.fileAt(prepared - 1), evidence.fileAt(prepared)]
  const [previous, revision] = [evidence.revisions[prepared - 1], evidence.revisions[prepared]]
  if (!before || !after || !previous || !revision) return 'There is no prepared revision.'
  const pages = new Map<number, PdfDict>()
  for (const { ref, dict } of pagesOf(after)) if (before.xref.get(ref.number) === undefined) pages.set(ref.number, dict)
  const known = new Set(formFields(before).map(({ name }) => name))
  const fields = formFields(after).filter(({ name }) => !known.has(name))
  const widgets = new Set<number>()
  for (const field of fields) {
    const fault = fieldFault(after, field, pages)
    if (fault) return fault
    if (field.ref) widgets.add(field.ref.number)
  }
  for (const [number, page] of pages) {
    const fault = pageFault(after, page, widgets)
    if (fault) return `The sheet ${number} ${fault}`
  }
  for (const { number, entry } of changedObjects(revision)) {
    if (before.xref.get(number) !== undefined || entry.type === 'free') continue
    const value = readable(after, { kind: 'ref', number, generation: entry.type === 'offset' ? entry.generation : 0 })
    const key = value === undefined ? '(unreadable)' : lively(value)
    if (key !== undefined) return `Object ${number} was added with /${key} when the upload was prepared.`
  }
  // Where an upload ends behind its last %%EOF, what stands between is the upload's own.
  const start = Math.max(previous.end, evidence.origin?.uploadLength ?? 0)
  const [loose] = looseBytes(after, { ...previous, eof: start }, revision)
  return loose === undefined ? undefined : `Revision ${prepared}: ${loose}.`
}

function fieldFault(file: PdfFile, field: FormField, pages: ReadonlyMap<number, PdfDict>): string | undefined {
  if (!isSeglField(field) || field.type !== 'Sig')
    return `The field ${field.name} was added when the upload was prepared.`
  const wrong = [...field.dict.keys()].find((key) => !fieldKeys.includes(key))
  if (wrong !== undefined) return `The field ${field.name} was prepared with /${wrong}.`
  const page = field.dict.get('P')
  // On a page of the upload it is listed there (see UPLOAD_KEPT for what else that page may have).
  const listed = isRef(page) && (pages.has(page.number) || listedOn(file, page, field))
  if (!listed) return `The field ${field.name} does not lie on a sheet, nor on a page that lists it.`
  const shown = [...dictIn(file, field.dict.get('AP')).values()].some((value) => {
    const form = file.resolve(value)
    return !isStream(form) || form.length > 0
  })
  return shown ? `The field ${field.name} was prepared with an appearance that shows something.` : undefined
}

function listedOn(file: PdfFile, page: PdfRef, field: FormField): boolean {
  const annotations = file.resolve(dictIn(file, page).get('Annots'))
  const own = [...pagesOf(file)].some(({ ref }) => ref.number === page.number)
  return own && isArray(annotations) && annotations.some((one) => isRef(one) && one.number === field.ref?.number)
}

function pageFault(file: PdfFile, page: PdfDict, widgets: ReadonlySet<number>): string | undefined {
  const wrong = [...page.keys()].find((key) => !pageKeys.includes(key))
  if (wrong !== undefined) return `has /${wrong}.`
  const annotations = file.resolve(page.get('Annots'))
  const others = (isArray(annotations) ? annotations : []).some((one) => !isRef(one) || !widgets.has(one.number))
  return others ? 'carries an annotation that is no signature field.' : undefined
}

/** /A of a structure element is no action but says what a table's cell is (ISO 32000-2, 14.7.6). */
function isStructureAttribute(element: PdfDict): boolean {
  const attributes = element.get('A')
  return nameOf(element.get('Type')) === 'StructElem' && isDict(attributes) && nameOf(attributes.get('O')) === 'Table'
}

/** The first key by which the object could act, hide or fetch something. */
function lively(value: PdfObject): string | undefined {
  if (isArray(value)) return value.map(lively).find((key) => key !== undefined)
  const dict = isStream(value) ? value.dict : value
  if (!isDict(dict)) return undefined
  const key = livelyKeys.find((one) => dict.has(one) && !(one === 'A' && isStructureAttribute(dict)))
  if (key !== undefined) return key
  if (isStream(value) && dict.has('F')) return 'F'
  if (['OCG', 'OCMD', 'Action'].includes(nameOf(dict.get('Type')) ?? '')) return nameOf(dict.get('Type'))
  return [...dict.values()].map(lively).find((one) => one !== undefined)
}

/** Between preparing and this signature came other signatures and validation data only. */
function betweenFault(evidence: Evidence, prepared: number, covers: number): string | undefined {
  for (let index = prepared + 1; index <= covers; index += 1) {
    const { kind, reasons } = changeIn(evidence, index)
    if (kind !== 'archiving' && kind !== 'signing') return `Revision ${index}: ${reasons.slice(0, 3).join('; ')}.`
  }
  return undefined
}

// Explains every object that a revision adds or replaces; what is left over could change what a reader sees.
import {
  catalogOf,
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
  type Revision,
  serialise,
} from '../../pdf/index.ts'

/** `signing`: signatures in fields that were there. `archiving`: validation data and time-stamps only. */
export type Change = { readonly kind: 'archiving' | 'signing' | 'other'; readonly reasons: readonly string[] }

/** Keys of the catalog that validation data may add to or change (ISO 32000-2 12.8.4.3, EN 319 142-1 § 5.6). */
const archivingCatalogKeys = ['DSS', 'Extensions', 'AcroForm']
/** Keys of a field that signing sets. */
const signedFieldKeys = ['V', 'AP']

/** Judges one revision by what it does to the file `before` it. */
export function changeOf(before: PdfFile, after: PdfFile, revision: Revision): Change {
  const reasons: string[] = []
  const explained = new Set<number>()
  let signing = false

  const note = (reason: string): void => void reasons.push(reason)
  const explain = (value: PdfObject | undefined): void => {
    if (isRef(value)) explained.add(value.number)
  }
  const isNew = (ref: PdfRef): boolean => before.xref.get(ref.number) === undefined

  const [catalogBefore, catalogAfter] = [catalogOf(before), catalogOf(after)]
  explain(after.trailer.get('Root'))
  explain(after.trailer.get('Info'))
  for (const key of differing(catalogBefore, catalogAfter)) {
    if (!archivingCatalogKeys.includes(key)) note(`/${key} of the catalog was changed`)
  }
  explainStore(after, explain)
  explainForm(before, after, explain, note)

  const fieldsBefore = new Map(formFields(before).map((field) => [field.name, field]))
  for (const field of formFields(after)) {
    const earlier = fieldsBefore.get(field.name)
    const outcome = fieldChange(earlier, field, after, isNew, explain)
    if (outcome === 'signed') signing = true
    else if (outcome !== 'same' && outcome !== 'time-stamped') note(outcome)
    fieldsBefore.delete(field.name)
  }
  for (const gone of fieldsBefore.keys()) note(`the field ${gone} was removed`)

  for (const { number, entry } of changedObjects(revision)) {
    if (number === 0 || explained.has(number) || isCrossReference(after, number)) continue
    if (entry.type === 'free') {
      if (before.xref.get(number)?.type !== 'free' && before.xref.get(number) !== undefined)
        note(`object ${number} was freed`)
      continue
    }
    if (same(before.get(refTo(number, entry)), after.get(refTo(number, entry)))) continue
    note(`object ${number} was ${before.xref.get(number) === undefined ? 'added' : 'replaced'}`)
  }
  if (reasons.length > 0) return { kind: 'other', reasons }
  return { kind: signing ? 'signing' : 'archiving', reasons }
}

function refTo(number: number, entry: ReturnType<typeof changedObjects>[number]['entry']): PdfRef {
  return { kind: 'ref', number, generation: entry.type === 'offset' ? entry.generation : 0 }
}

/** The store, its arrays and its streams. */
function explainStore(after: PdfFile, explain: (value: PdfObject | undefined) => void): void {
  const value = catalogOf(after).get('DSS')
  explain(value)
  const store = after.resolve(value)
  if (!isDict(store)) return
  for (const key of ['Certs', 'CRLs', 'OCSPs']) {
    const list = store.get(key)
    explain(list)
    const items = after.resolve(list)
    if (isArray(items)) for (const item of items) explain(item)
  }
}

/** The form may get more fields at its end, and be told of signatures; nothing else. */
function explainForm(
  before: PdfFile,
  after: PdfFile,
  explain: (value: PdfObject | undefined) => void,
  note: (reason: string) => void,
): void {
  const value = catalogOf(after).get('AcroForm')
  explain(value)
  const [earlier, later] = [before.resolve(catalogOf(before).get('AcroForm')), after.resolve(value)]
  if (!isDict(later)) return
  explain(later.get('Fields'))
  for (const key of differing(isDict(earlier) ? earlier : new Map(), later)) {
    if (key !== 'Fields' && key !== 'SigFlags') note(`/${key} of the form was changed`)
  }
}

type FieldChange = 'same' | 'signed' | 'time-stamped' | (string & {})

function fieldChange(
  earlier: FormField | undefined,
  later: FormField,
  after: PdfFile,
  isNew: (ref: PdfRef) => boolean,
  explain: (value: PdfObject | undefined) => void,
): FieldChange {
  const value = later.dict.get('V')
  if (earlier && text(earlier.dict) === text(later.dict)) return 'same'
  if (later.type !== 'Sig') return `the field ${later.name} was changed`
  if (earlier?.dict.get('V') !== undefined) return `the signed field ${later.name} was changed`
  const signature = after.resolve(value)
  if (!isRef(value) || !isNew(value) || !isDict(signature)) return `the field ${later.name} has no new signature`
  const changed = earlier ? differing(earlier.dict, later.dict) : []
  const wrong = changed.find((key) => !signedFieldKeys.includes(key))
  if (wrong !== undefined) return `/${wrong} of the field ${later.name} was changed`
  const timestamp = nameOf(after.resolve(signature.get('Type'))) === 'DocTimeStamp'
  if (!earlier && !isInvisible(after, later)) return `the visible field ${later.name} was added`
  if (!earlier && !timestamp && nameOf(after.resolve(signature.get('SubFilter'))) === undefined) {
    return `the field ${later.name} was added without a signature`
  }
  explain(value)
  explain(later.ref)
  for (const widget of later.widgets) {
    explain(widget.ref)
    const appearance = after.resolve(widget.dict.get('AP'))
    const normal = isDict(appearance) ? appearance.get('N') : undefined
    // An appearance that stood before may be shared with something else: only a new one is this signature's own.
    if (isRef(normal) && isNew(normal)) explain(normal)
  }
  return timestamp ? 'time-stamped' : 'signed'
}

function isInvisible(file: PdfFile, field: FormField): boolean {
  return field.widgets.every(({ dict }) => {
    const rect = file.resolve(dict.get('Rect'))
    if (!isArray(rect)) return true
    const [x1, y1, x2, y2] = rect.map((value) => file.resolve(value))
    return x1 === x2 || y1 === y2
  })
}

/** Cross-reference and object streams carry no content of their own. */
function isCrossReference(file: PdfFile, number: number): boolean {
  const object = file.get({ kind: 'ref', number, generation: 0 })
  if (!isStream(object)) return false
  const type = nameOf(file.resolve(object.dict.get('Type')))
  return type === 'XRef' || type === 'ObjStm'
}

const text = (value: PdfObject): string => serialise(value)

function differing(before: PdfDict, after: PdfDict): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => {
    const [a, b] = [before.get(key), after.get(key)]
    return (a === undefined ? '' : text(a)) !== (b === undefined ? '' : text(b))
  })
}

/** A stream that was written again counts as another one: whoever does that has something to hide. */
const same = (a: PdfObject, b: PdfObject): boolean => !isStream(a) && !isStream(b) && text(a) === text(b)

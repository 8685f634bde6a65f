// The fields of the interactive form and the signatures in them (ISO 32000-2, 12.7 and 12.8).

import { SeglError } from '../../errors.ts'
import { type PdfFile, placeNear } from './file.ts'
import { malformed, skipSpace } from './lexer.ts'
import {
  isArray,
  isDict,
  isRef,
  isString,
  nameOf,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  textOf,
} from './object.ts'
import { type Positions, readIndirectObject, readObject } from './parser.ts'
import { type Revision, revisions } from './revision.ts'
import { parseAt, windowOn } from './window.ts'

/** A terminal field: one that has a value of its own. */
export type FormField = {
  /** Fully qualified: partial names joined by periods. */
  readonly name: string
  readonly ref: PdfRef
  /** The field with what it inherits: /FT, /V, /Ff. */
  readonly dict: PdfDict
  readonly type: string | undefined
  readonly widgets: readonly { readonly ref: PdfRef | undefined; readonly dict: PdfDict }[]
}

export function catalogOf(file: PdfFile): PdfDict {
  const catalog = file.resolve(file.trailer.get('Root'))
  if (!isDict(catalog)) throw malformed('The PDF has no catalog', file.sections[0]?.offset ?? 0)
  return catalog
}

/** The form dictionary, or undefined. MALFORMED_PDF when the same object serves as something else as well. */
export function acroFormOf(file: PdfFile): PdfDict | undefined {
  const catalog = catalogOf(file)
  const value = catalog.get('AcroForm')
  const form = file.resolve(value)
  if (!isDict(form)) return undefined
  const others = [file.trailer.get('Root'), catalog.get('Pages')].filter(isRef)
  const shared = isRef(value) && others.some(({ number }) => number === value.number)
  if (shared || ['Kids', 'Parent', 'MediaBox', 'FT'].some((key) => form.has(key))) {
    throw malformed('The form is an object that serves as something else as well', placeNear(file, value))
  }
  return form
}

/** Terminal fields in the order of the form. */
export function formFields(file: PdfFile): FormField[] {
  const form = acroFormOf(file)
  const fields: FormField[] = []
  if (form === undefined) return fields
  const visited = new Set<number>()
  const formAt = placeNear(file, catalogOf(file).get('AcroForm'))
  const walk = (item: PdfObject, parents: string, inherited: PdfDict, depth: number): void => {
    // /Fields and /Kids hold references (ISO 32000-2, table 224 and 226).
    if (!isRef(item)) throw malformed('A form field is no object of its own', formAt)
    const offset = placeNear(file, item)
    if (visited.has(item.number)) throw malformed('A form field occurs twice in the form', offset)
    visited.add(item.number)
    if (depth > file.limits.treeDepth) throw new SeglError('TOO_COMPLEX', 'The form is nested too deeply.', { offset })
    const node = file.resolve(item)
    if (!isDict(node)) return
    const partial = file.resolve(node.get('T'))
    const own = isString(partial) ? textOf(partial) : undefined
    const name = own === undefined ? parents : parents === '' ? own : `${parents}.${own}`
    const merged = new Map(node)
    for (const key of ['FT', 'V', 'Ff']) {
      const value = node.get(key) ?? inherited.get(key)
      if (value !== undefined) merged.set(key, value)
    }
    const kids = file.resolve(node.get('Kids'))
    const list = isArray(kids) ? kids : []
    const children = list.filter((kid) => {
      const child = file.resolve(kid)
      return isDict(child) && child.has('T')
    })
    if (children.length > 0) {
      for (const child of children) walk(child, name, merged, depth + 1)
      return
    }
    const widgets = list.flatMap((kid) => {
      const widget = file.resolve(kid)
      return isDict(widget) ? [{ ref: isRef(kid) ? kid : undefined, dict: widget }] : []
    })
    const self = list.length === 0 ? [{ ref: item, dict: node }] : widgets
    fields.push({ name, ref: item, dict: merged, type: nameOf(file.resolve(merged.get('FT'))), widgets: self })
  }
  const roots = file.resolve(form.get('Fields'))
  for (const item of isArray(roots) ? roots : []) walk(item, '', new Map(), 0)
  return fields
}

/** Whether the field has a value, be it a proper signature or not. */
export const isSigned = (file: PdfFile, field: FormField): boolean =>
  field.type === 'Sig' && file.resolve(field.dict.get('V')) !== null

export type EmbeddedSignature = {
  readonly field: FormField
  /** The signature dictionary, and its reference when it is an object of its own. */
  readonly dict: PdfDict
  readonly ref: PdfRef | undefined
  /** /Type: Sig when absent. */
  readonly type: string
  readonly filter: string | undefined
  readonly subFilter: string | undefined
  /** As written, when it is an array of whole numbers (how many and which is for checks to judge). */
  readonly byteRange: readonly number[] | undefined
  /** The bytes of /Contents, padding included. */
  readonly contents: Uint8Array | undefined
  /** File offsets of the value of /Contents with its brackets: [start, end). */
  readonly contentsAt: readonly [number, number] | undefined
  /** Index of the revision that wrote the signature dictionary last. */
  readonly revision: number
  /** Index of the revision whose end is the end of the ByteRange; undefined when there is none. */
  readonly covers: number | undefined
  /** /P of its DocMDP transform (2 when absent there); undefined when the signature does not certify. */
  readonly certification: number | undefined
  /** Its FieldMDP transform: which fields may not change any more. */
  readonly fieldLock: FieldLock | undefined
}

export type FieldLock = { readonly action: string | undefined; readonly fields: readonly string[] }

/** Every signature field with a value, in the order of the ByteRanges' ends. */
export function signatures(file: PdfFile, history: readonly Revision[] = revisions(file)): EmbeddedSignature[] {
  const found: EmbeddedSignature[] = []
  for (const field of formFields(file)) {
    if (field.type !== 'Sig') continue
    const value = field.dict.get('V')
    const signature = file.resolve(value)
    if (!isDict(signature)) continue
    found.push(signatureOf(file, history, field, isRef(value) ? value : undefined, signature))
  }
  const end = (signature: EmbeddedSignature): number =>
    (signature.byteRange?.[2] ?? 0) + (signature.byteRange?.[3] ?? 0)
  return found.sort((a, b) => end(a) - end(b))
}

function signatureOf(
  file: PdfFile,
  history: readonly Revision[],
  field: FormField,
  reference: PdfRef | undefined,
  signature: PdfDict,
): EmbeddedSignature {
  const contents = file.resolve(signature.get('Contents'))
  const range = file.resolve(signature.get('ByteRange'))
  const numbers = isArray(range) ? range.map((item) => file.resolve(item)) : undefined
  const byteRange = numbers?.every((item) => typeof item === 'number' && Number.isSafeInteger(item))
    ? (numbers as number[])
    : undefined
  const end = byteRange?.length === 4 ? (byteRange[2] ?? 0) + (byteRange[3] ?? 0) : -1
  const holder = holderOf(file, field)
  const written = reference ?? holder
  return {
    field,
    dict: signature,
    ref: reference,
    type: nameOf(file.resolve(signature.get('Type'))) ?? 'Sig',
    filter: nameOf(file.resolve(signature.get('Filter'))),
    subFilter: nameOf(file.resolve(signature.get('SubFilter'))),
    byteRange,
    contents: isString(contents) ? contents.bytes : undefined,
    contentsAt:
      reference === undefined ? directContents(file, holder) : valuePositions(file, reference)?.get('Contents'),
    revision: lastWriter(history, written.number),
    // The line end after %%EOF may have come with the next revision.
    covers: history.find((revision) => revision.eof <= end && end <= revision.end)?.index,
    ...transforms(file, signature),
  }
}

/** The transforms of /Reference (ISO 32000-2, 12.8.2). */
function transforms(file: PdfFile, signature: PdfDict): Pick<EmbeddedSignature, 'certification' | 'fieldLock'> {
  let certification: number | undefined
  let fieldLock: FieldLock | undefined
  const references = file.resolve(signature.get('Reference'))
  for (const item of isArray(references) ? references : []) {
    const reference = file.resolve(item)
    if (!isDict(reference)) continue
    const method = nameOf(file.resolve(reference.get('TransformMethod')))
    const value = file.resolve(reference.get('TransformParams'))
    const parameters = isDict(value) ? value : new Map()
    if (method === 'DocMDP') {
      const level = file.resolve(parameters.get('P'))
      certification = typeof level === 'number' ? level : 2
    }
    if (method === 'FieldMDP') {
      const fields = file.resolve(parameters.get('Fields'))
      const names = (isArray(fields) ? fields : []).map((field) => file.resolve(field)).filter(isString)
      fieldLock = { action: nameOf(file.resolve(parameters.get('Action'))), fields: names.map(textOf) }
    }
  }
  return { certification, fieldLock }
}

/** The field that a signature dictionary is written in directly: this one, or the parent that it inherits /V from. */
function holderOf(file: PdfFile, field: FormField): PdfRef {
  let at = field.ref
  for (let step = 0; step < file.limits.treeDepth; step += 1) {
    const node = file.resolve(at)
    if (!isDict(node) || node.has('V')) break
    const parent = node.get('Parent')
    if (!isRef(parent)) break
    at = parent
  }
  return at
}

/** Where the value of /Contents lies of a dictionary that is itself the value of /V in `holder`. */
function directContents(file: PdfFile, holder: PdfRef): readonly [number, number] | undefined {
  const value = valuePositions(file, holder)?.get('V')
  if (value === undefined) return undefined
  const positions: Positions = new Map()
  parseAt(windowOn(file.source), value[0], file.limits.objectBytes, (input) => {
    positions.clear()
    return readObject(input, { limits: file.limits, positions })
  })
  return positions.get('Contents')
}

function lastWriter(history: readonly Revision[], number: number): number {
  for (let index = history.length - 1; index > 0; index -= 1) {
    if (history[index]?.sections.some((section) => section.entries.get(number) !== undefined)) return index
  }
  return 0
}

/** Where the values of an uncompressed object's dictionary lie in the file; undefined for other objects. */
export function valuePositions(file: PdfFile, reference: PdfRef): Positions | undefined {
  const entry = file.xref.get(reference.number)
  if (entry === undefined || entry.type !== 'offset' || entry.generation !== reference.generation) return undefined
  const positions: Positions = new Map()
  parseAt(windowOn(file.source), entry.offset, file.limits.objectBytes, (input) => {
    skipSpace(input)
    return readIndirectObject(input, { limits: file.limits, positions })
  })
  return positions
}

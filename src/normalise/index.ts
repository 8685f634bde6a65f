// Rewrites an upload that cannot be signed as it is, where its sender asks for that: one clean revision without form fields.
//
// Read by the kernel, as pre-flight and every check read it, and not by a library that has a view of its own of the same file: libraries
// that rewrite collect objects in the order of the bytes, so an object that no cross-reference lists could come to be shown.
import { SeglError } from '../errors.ts'
import {
  acroFormOf,
  type ByteSource,
  catalogOf,
  formFields,
  isDict,
  isSigned,
  openPdf,
  type PdfFile,
  placeOf,
} from '../kernel/pdf/index.ts'
import { flattenForm } from './flatten.ts'
import { draftOf, largestRewritten, tooLarge, writeDraft } from './rewrite.ts'

/** What was done to the upload, for those who read the record. */
export type Normalisation = 'FORM_FLATTENED' | 'XFA_REMOVED' | 'XREF_REWRITTEN' | 'HEADER_MOVED' | 'REVISIONS_MERGED'

export type Normalised = {
  readonly bytes: Uint8Array
  readonly changes: readonly Normalisation[]
  /** Form fields that were drawn into their pages or dropped because they showed nothing. */
  readonly fields: number
}

/** Findings of pre-flight that rewriting may take away. */
export const normalisable: readonly string[] = [
  'FORM_FIELDS',
  'XFA',
  'HYBRID_XREF',
  'BYTES_BEFORE_HEADER',
  'USAGE_RIGHTS',
  'JAVASCRIPT',
]

/**
 * The same input gives the same bytes. Throws ENCRYPTED, ALREADY_SIGNED (rewriting would end the signatures), XFA (a form that only XFA
 * draws), NOT_NORMALISABLE (a field that each reader draws in its own way), TOO_LARGE, or what opening the file throws.
 */
export async function normalisePdf(source: ByteSource): Promise<Normalised> {
  if (source.size > largestRewritten) throw tooLarge()
  const file = openPdf(source)
  if (file.encrypted)
    throw new SeglError('ENCRYPTED', 'The PDF is encrypted. Upload a copy without password.', { offset: 0 })
  refuseSigned(file)
  const form = acroFormOf(file)
  const catalog = catalogOf(file)
  if (file.resolve(catalog.get('NeedsRendering')) === true || (form?.has('XFA') && formFields(file).length === 0)) {
    const detail = 'Only an XFA form holds what this PDF shows. Print it to a plain PDF and upload that.'
    throw new SeglError('XFA', detail, { offset: placeOf(file, catalog.get('AcroForm')) ?? 0 })
  }
  const draft = draftOf(file)
  const fields = await flattenForm(draft)
  const changes: Normalisation[] = []
  if (isDict(form)) changes.push('FORM_FLATTENED')
  if (form?.has('XFA')) changes.push('XFA_REMOVED')
  if (file.xrefKind === 'hybrid') changes.push('XREF_REWRITTEN')
  if (file.headerOffset > 0) changes.push('HEADER_MOVED')
  if (file.sections.length > 1 && file.xrefKind !== 'hybrid' && !file.linearized) changes.push('REVISIONS_MERGED')
  return { bytes: writeDraft(draft), changes, fields }
}

function refuseSigned(file: PdfFile): void {
  const signed = formFields(file).find((field) => isSigned(file, field))
  if (signed === undefined) return
  const detail = 'The PDF is signed, and rewriting it would end the signatures. Upload it without `normalise`.'
  throw new SeglError('ALREADY_SIGNED', detail, { offset: placeOf(file, signed.ref) ?? 0 })
}

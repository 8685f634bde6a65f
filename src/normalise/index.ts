// Rewrites an upload that cannot be signed as it is, where its sender asks for that: one clean revision without form fields.
//
// Read by the kernel, as pre-flight and every check read it, and not by a library that has a view of its own of the same file: libraries
// that rewrite collect objects in the order of the bytes, so an object that no cross-reference lists could come to be shown. What the
// kernel refuses to read is repaired first (recover.ts), but only where all readers come to the same document.
import { isSeglError, SeglError } from '../errors.ts'
import {
  acroFormOf,
  type ByteSource,
  bytesSource,
  catalogOf,
  formFields,
  isDict,
  objectsAfter,
  openPdf,
  type PdfFile,
  placeOf,
  revisions,
} from '../kernel/pdf/index.ts'
import { flattenForm } from './flatten.ts'
import { largestRecovered, recoverPdf } from './recover.ts'
import { draftOf, largestRewritten, tooLarge, writeDraft } from './rewrite.ts'
import { samePages } from './same-pages.ts'
import { refuseSigned } from './signed.ts'

/** What was done to the upload, for those who read the record. */
export type Normalisation =
  | 'FORM_FLATTENED'
  | 'XFA_REMOVED'
  | 'XREF_REWRITTEN'
  | 'HEADER_MOVED'
  | 'REVISIONS_MERGED'
  | 'STRUCTURE_REPAIRED'

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
  'MALFORMED_PDF',
  'TRUNCATED',
]

/**
 * The same input gives the same bytes. Throws ENCRYPTED, ALREADY_SIGNED (rewriting would end the signatures), XFA (a form that only XFA
 * draws), NOT_NORMALISABLE (a field that each reader draws in its own way), TOO_LARGE, or what opening the file throws.
 */
export async function normalisePdf(source: ByteSource): Promise<Normalised> {
  if (source.size > largestRewritten) throw tooLarge()
  const changes: Normalisation[] = []
  const file = opened(source, changes)
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
  if (isDict(form)) changes.push('FORM_FLATTENED')
  if (form?.has('XFA')) changes.push('XFA_REMOVED')
  if (file.xrefKind === 'hybrid') changes.push('XREF_REWRITTEN')
  if (file.headerOffset > 0) changes.push('HEADER_MOVED')
  if (file.sections.length > 1 && file.xrefKind !== 'hybrid' && !file.linearized) changes.push('REVISIONS_MERGED')
  const bytes = writeDraft(draft)
  samePages(file, openPdf(bytesSource(bytes)))
  return { bytes, changes, fields }
}

/** As the kernel reads it, or else repaired; what had to be repaired is added to `changes`. */
function opened(source: ByteSource, changes: Normalisation[]): PdfFile {
  try {
    return readWhole(source)
  } catch (error) {
    if (!isSeglError(error, 'MALFORMED_PDF', 'TRUNCATED')) throw error
  }
  if (source.size > largestRecovered) throw tooLarge(largestRecovered)
  const { bytes, hybrid, headerOffset } = recoverPdf(Buffer.from(source.read(0, source.size)))
  changes.push('STRUCTURE_REPAIRED')
  if (hybrid) changes.push('XREF_REWRITTEN')
  if (headerOffset > 0) changes.push('HEADER_MOVED')
  return openPdf(bytesSource(bytes))
}

/** Pre-flight reads each object and the end of each revision; what it refuses there is not taken as it is. */
function readWhole(source: ByteSource): PdfFile {
  const file = openPdf(source)
  if (file.encrypted) return file
  const history = revisions(file)
  const smuggled = objectsAfter(file, history.at(-1)?.end ?? source.size)
  if (smuggled !== undefined)
    throw new SeglError('TRUNCATED', 'Objects follow the end of the PDF.', { offset: smuggled })
  file.each(() => undefined)
  return file
}

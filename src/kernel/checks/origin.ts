// Which revisions of a file are the upload, and which one is Segl's preparation of it.
import {
  type EmbeddedSignature,
  type FormField,
  formFields,
  isSigned,
  type PdfFile,
  type Revision,
} from '../pdf/index.ts'
import type { FileDigests } from './digests.ts'
import type { Trail } from './trail.ts'

export type Origin = {
  /** Index of the revision that added the fields; the one before it is the upload's last. Undefined when there is none before. */
  readonly prepared: number | undefined
  /** Whether that revision added sheets. After the signatures of others it did not: it is the first signature itself. */
  readonly sheets: boolean
  /** Bytes of the upload: to the end of its last revision, or as far as the trail says and the digest confirms. */
  readonly uploadLength: number | undefined
  /** SHA-256 of the upload, hex. */
  readonly uploadSha256: string | undefined
}

/** A field as kernel/pades names it, with a letter in front where the upload had the name already. */
export const isSeglField = ({ name }: FormField): boolean => /^(?:[a-z]-|segl-)?Segl-(?:Sig-\d\d|Seal)$/.test(name)

export const isSealField = ({ name }: FormField): boolean => /^(?:[a-z]-|segl-)?Segl-Seal$/.test(name)

export function originOf(
  embedded: readonly EmbeddedSignature[],
  revisions: readonly Revision[],
  fileAt: (index: number) => PdfFile | undefined,
  trail: Trail | undefined,
  digests: FileDigests,
): Origin | undefined {
  // By the names that were signed: an upload may have empty fields of ours itself.
  const names = new Set(embedded.flatMap(({ field }) => (isSeglField(field) ? [field.name] : [])))
  if (names.size === 0) return undefined
  const first = revisions.findIndex(({ index }) => {
    const file = fileAt(index)
    return file !== undefined && formFields(file).some(({ name }) => names.has(name))
  })
  const upload = revisions[first - 1]
  if (!upload) return { prepared: undefined, sheets: true, uploadLength: undefined, uploadSha256: undefined }
  const next = revisions[first]
  // An upload may have bytes after its last %%EOF: they are no revision, but they are what was uploaded.
  const told = trail?.uploads.find(
    ({ size, sha256 }) =>
      size >= upload.eof && size < (next?.startxref ?? 0) && digests.prefix(size) === sha256.toLowerCase(),
  )
  const uploadLength = told?.size ?? upload.end
  const then = fileAt(first)
  const empty = then && formFields(then).some((field) => names.has(field.name) && !isSigned(then, field))
  return { prepared: first, sheets: empty === true, uploadLength, uploadSha256: digests.prefix(uploadLength) }
}

/** A signature that the upload brought with it: others made it, and the order does not speak of it. */
export const isEarlier = ({ covers }: EmbeddedSignature, origin: Origin | undefined): boolean =>
  origin?.prepared !== undefined && covers !== undefined && covers < origin.prepared

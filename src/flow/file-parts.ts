// A document's file as a list of blobs.
import type { Revision } from './model.ts'
import type { FileParts } from './ports/pdf-work.ts'

export const fileParts = (revisions: readonly Revision[]): FileParts =>
  revisions.map(({ blobSha256, length }) => ({ sha256: blobSha256, length }))

/** Size in bytes of the file that ends with the last of these revisions. */
export const fileSize = (revisions: readonly Revision[]): number =>
  revisions.reduce((sum, { length }) => sum + length, 0)

// Removes bytes that nobody refers to any more.
import type { Blobs, BlobUse } from './ports/blobs.ts'

/** Under its lock a named blob is in use, or is nobody's: of two that store or forget the same bytes, one waits for the other's end. */
export async function forgetBlob(tx: BlobUse, blobs: Pick<Blobs, 'remove'>, sha256: string): Promise<void> {
  await tx.lockBlob(sha256)
  if (!(await tx.blobInUse(sha256))) await blobs.remove(sha256)
}

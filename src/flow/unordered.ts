// The end of documents that no order has taken: nobody signs them, and what is kept for nothing is a risk for those named in it.
import { forgetBlob } from './forget-blob.ts'
import type { StoragePorts } from './storage.ts'

const dayMs = 86_400_000

/**
 * Deletes documents that no order has taken within `days` of their upload, with their bytes unless somebody else has the same, and
 * tells the feed. For a worker to call now and then. @returns how many
 */
export async function forgetUnordered(
  { storing, blobs }: StoragePorts,
  now: Date,
  days: number,
  onError: (error: unknown, documentId: string) => void,
): Promise<number> {
  let forgotten = 0
  for (const { tenantId, id } of await storing.unordered(new Date(now.getTime() - days * dayMs), 100)) {
    const forget = storing.transaction(tenantId, async (tx) => {
      const names = await tx.forgetDocument(id)
      if (!names) return 0
      // Bytes last within the transaction: whoever dies before its commit leaves a document that the next round forgets.
      for (const sha256 of [...names].sort()) await forgetBlob(tx, blobs, sha256)
      return 1
    })
    forgotten += await forget.catch((error: unknown) => {
      onError(error, id)
      return 0
    })
  }
  return forgotten
}

// Who refers to a blob, asked within a transaction: uploads and the end of storage meet here.
import type { BlobUse } from '../../flow/ports/blobs.ts'
import type { Db } from './client.ts'

export const blobUse = (db: Db): BlobUse => ({
  async lockBlob(sha256) {
    // The first 64 bits of the hash as the lock's number: a collision only makes two blobs wait for each other.
    const lock = BigInt.asIntN(64, BigInt(`0x${sha256.slice(0, 16)}`))
    await db.$executeRaw`select pg_advisory_xact_lock(${lock})`
  },

  // Blobs are shared by all tenants, so this is the one question that is asked of every tenant's rows.
  // A function of the role that sees them all answers it, with nothing but yes or no (src/postgres/roles.ts).
  async blobInUse(sha256) {
    const [row] = await db.$queryRaw<{ used: boolean }[]>`select blob_in_use(${sha256}) as used`
    return row?.used ?? true
  },
})

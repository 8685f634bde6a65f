// How long an order is kept, and its end: legal hold, deletion after the time of storage, erasure of personal data.
import type { BlobUse } from './blobs.ts'
import type { Tx } from './store.ts'

export type Storage = {
  /** ISO date: the last day on which the order must be kept; null while it is open, or when nothing obliges anybody. */
  readonly keptUntil: string | null
  readonly hold: { readonly reason: string; readonly since: Date } | null
  /** From here on nobody reads the order. */
  readonly deletionBegunAt: Date | null
  /** Documents and personal data are gone. */
  readonly deletedAt: Date | null
}

export type StoredOrder = { readonly tenantId: string; readonly id: string }

export interface StorageTx extends Tx, BlobUse {
  storage(orderId: string): Promise<Storage | undefined>
  setKeptUntil(orderId: string, date: string | null): Promise<void>
  setHold(orderId: string, reason: string | null): Promise<void>
  beginDeletion(orderId: string): Promise<void>
  /** SHA-256 of every blob of the order's documents. */
  blobsOf(orderId: string): Promise<readonly string[]>
  /**
   * Removes a document that no order has, tells the feed, and answers the SHA-256 of its blobs; undefined when an order has taken it
   * meanwhile, or it is gone.
   */
  forgetDocument(documentId: string): Promise<readonly string[] | undefined>
  /** Whether a document of another order, or of none, refers to the blob: of any tenant. */
  blobInUseBeside(sha256: string, orderId: string): Promise<boolean>
  /**
   * Removes what is personal or content from every row of the order: what stays are ids, states, times, hashes and the trail
   * with its commitments, whose salts go with what they committed to.
   */
  eraseOrder(orderId: string): Promise<void>
  /** The same for one signer; with `kept`, what the signed document and its trail tell of him stays. */
  eraseSigner(orderId: string, signerId: string, kept: boolean): Promise<void>
}

export interface Storing {
  transaction<T>(tenantId: string, work: (tx: StorageTx) => Promise<T>): Promise<T>
  read(tenantId: string, orderId: string): Promise<Storage | undefined>
  /** Closed orders of all tenants whose last day is not known yet. */
  undated(limit: number): Promise<readonly StoredOrder[]>
  /** Orders whose last day is over at `today` (ISO date) and that nothing holds. */
  over(today: string, limit: number): Promise<readonly StoredOrder[]>
  /** Documents of all tenants that were uploaded before this and that no order has, oldest first. */
  unordered(before: Date, limit: number): Promise<readonly { readonly tenantId: string; readonly id: string }[]>
  /** Orders whose deletion was begun and not finished. */
  halfDeleted(limit: number): Promise<readonly StoredOrder[]>
}

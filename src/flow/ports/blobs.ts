// Bytes by their SHA-256: uploads and increments. Written once, never changed.
import type { Readable } from 'node:stream'
import type { FilePart } from './pdf-work.ts'

/** Bytes in the store under a name that nobody else has, until they are kept or discarded. */
export type StagedBlob = { readonly staged: string; readonly sha256: string; readonly size: number }

/** Part of a transaction: who refers to a blob, with everybody else kept from beginning or ending that meanwhile. */
export interface BlobUse {
  /** Keeps everybody else from storing or forgetting what refers to this blob until the transaction ends. */
  lockBlob(sha256: string): Promise<void>
  /** Whether a revision of any tenant refers to the blob. */
  blobInUse(sha256: string): Promise<boolean>
}

export interface Blobs {
  /** Stores `bytes` durably (temporary name, fsync, rename); storing the same bytes again does nothing. Returns the SHA-256, hex. */
  put(bytes: Uint8Array): Promise<string>
  /**
   * Streams into the store without holding the file in memory; more than `limit` bytes is TOO_LARGE and leaves nothing. What is
   * staged is its caller's alone: whoever refuses the same bytes at the same time cannot take these away.
   */
  stage(stream: Readable, limit: number): Promise<StagedBlob>
  /**
   * Gives staged bytes their name by content, durably; again is without harm. For the transaction that stores the row which refers
   * to them, under the blob's lock. UNAVAILABLE when the bytes are gone.
   */
  keep(blob: StagedBlob): Promise<void>
  /** Forgets what was staged and not kept; again, or after keeping, does nothing. */
  discard(blob: StagedBlob): Promise<void>
  get(sha256: string): Promise<Uint8Array>
  /** Bytes `start`..`end` (exclusive) of several blobs read one after the other as one file. */
  stream(parts: readonly FilePart[], start: number, end: number): Readable
  /** Forgets a blob that nothing refers to. */
  remove(sha256: string): Promise<void>
}

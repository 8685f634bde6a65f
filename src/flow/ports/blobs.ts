// Bytes by their SHA-256: uploads and increments. Written once, never changed.
import type { Readable } from 'node:stream'

export interface Blobs {
  /** Stores `bytes` durably (temporary name, fsync, rename); storing the same bytes again does nothing. Returns the SHA-256, hex. */
  put(bytes: Uint8Array): Promise<string>
  /** Streams into the store without holding the file in memory; more than `limit` bytes is TOO_LARGE and leaves nothing. */
  putStream(stream: Readable, limit: number): Promise<{ readonly sha256: string; readonly size: number }>
  get(sha256: string): Promise<Uint8Array>
  /** Bytes `start`..`end` (exclusive) of several blobs read one after the other as one file. */
  stream(parts: readonly { readonly sha256: string; readonly length: number }[], start: number, end: number): Readable
  /** Forgets a blob that nothing refers to. */
  remove(sha256: string): Promise<void>
}

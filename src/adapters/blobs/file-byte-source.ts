// Several blob files read synchronously as one file: what kernel/pdf reads a document through, in a worker thread.
import { closeSync, openSync, readSync } from 'node:fs'
import { SeglError } from '../../errors.ts'
import type { FilePart } from '../../flow/ports/pdf-work.ts'
import type { ByteSource } from '../../kernel/pdf/index.ts'
import { partPath, unreadable } from './file-blobs.ts'

export type FileByteSource = ByteSource & {
  /** Closes the files; reading afterwards opens them again. */
  close(): void
}

const windowSize = 1024 * 1024
const windowsKept = 16
/** Small enough to stay in the processor's cache between reading and hashing. */
const pieceSize = 128 * 1024

/**
 * The buffer that pieces are read into, when nobody uses it. One for each thread, used again and again: fresh memory for each file
 * has to be cleared by the kernel and collected afterwards, which cost more than reading (bench/README.md).
 */
let idlePiece: Buffer | undefined

/**
 * A source over blob files below `directory`, in the order of `parts`. Reads windows of 1 MiB and keeps the last 16 used, so
 * that a parser's small reads cost no system call each; a read longer than a window goes past the cache.
 */
export function fileByteSource(directory: string, parts: readonly FilePart[]): FileByteSource {
  const size = parts.reduce((sum, part) => sum + part.length, 0)
  const files = new Map<string, number>()
  const windows = new Map<number, Uint8Array>()

  function descriptor(part: FilePart): number {
    const known = files.get(part.sha256)
    if (known !== undefined) return known
    const opened = openBlob(directory, part)
    files.set(part.sha256, opened)
    return opened
  }

  /** Fills `bytes` with what begins at `offset`, from one part after the other. */
  function fill(bytes: Uint8Array, offset: number): Uint8Array {
    let filled = 0
    let partStart = 0
    for (const part of parts) {
      while (filled < bytes.length && offset + filled >= partStart && offset + filled - partStart < part.length) {
        const at = offset + filled - partStart
        const wanted = Math.min(bytes.length - filled, part.length - at)
        const got = readSync(descriptor(part), bytes, filled, wanted, at)
        if (got === 0)
          throw new SeglError(
            'INTERNAL',
            `The blob ${part.sha256.slice(0, 16)}… is shorter than its row says. Restore it.`,
          )
        filled += got
      }
      partStart += part.length
    }
    return bytes
  }

  const readThrough = (offset: number, length: number): Uint8Array => fill(Buffer.allocUnsafeSlow(length), offset)

  function* pieces(from: number, to: number): Generator<Uint8Array> {
    const buffer = idlePiece ?? Buffer.allocUnsafeSlow(pieceSize)
    // Who reads a second file meanwhile gets a buffer of his own.
    idlePiece = undefined
    try {
      const end = Math.min(to, size)
      for (let offset = Math.max(0, from); offset < end; offset += pieceSize) {
        yield fill(buffer.subarray(0, Math.min(pieceSize, end - offset)), offset)
      }
    } finally {
      idlePiece = buffer
    }
  }

  function window(index: number): Uint8Array {
    const known = windows.get(index)
    const bytes = known ?? readThrough(index * windowSize, Math.min(windowSize, size - index * windowSize))
    // Least recently used first: a Map keeps the order of insertion.
    windows.delete(index)
    windows.set(index, bytes)
    if (windows.size > windowsKept)
      for (const oldest of windows.keys()) {
        windows.delete(oldest)
        break
      }
    return bytes
  }

  return {
    size,
    pieces,
    read(offset, length) {
      const from = Math.min(Math.max(0, offset), size)
      const to = Math.min(size, from + Math.max(0, length))
      if (from === to) return new Uint8Array(0)
      const first = Math.floor(from / windowSize)
      const last = Math.floor((to - 1) / windowSize)
      if (last - first > 1) return readThrough(from, to - from)
      const start = from - first * windowSize
      if (first === last) return window(first).subarray(start, start + to - from)
      return Buffer.concat([window(first).subarray(start), window(last).subarray(0, to - last * windowSize)])
    },
    close() {
      for (const file of files.values()) closeSync(file)
      files.clear()
    },
  }
}

function openBlob(directory: string, part: FilePart): number {
  try {
    return openSync(partPath(directory, part), 'r')
  } catch (cause) {
    throw unreadable(part.sha256, cause)
  }
}

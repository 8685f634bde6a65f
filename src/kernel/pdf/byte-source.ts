// Where the bytes of a file come from: the kernel reads through this port and never opens anything itself.

export type ByteSource = {
  /** Number of bytes in the file. */
  readonly size: number
  /** Bytes [offset, offset + length), synchronously; shorter only at the end of the file. The caller does not write to them. */
  read(offset: number, length: number): Uint8Array
  /** Bytes [from, to) in order, for who reads everything once: each piece is good only until the next one is asked for. */
  pieces?(from: number, to: number): Iterable<Uint8Array>
}

/** A file held in memory; `read` gives views, not copies. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: (offset, length) => bytes.subarray(Math.max(0, offset), Math.max(0, offset + length)),
  }
}

/** The parts one after the other: an upload and the increments appended to it. */
export function concatSource(parts: readonly (ByteSource | Uint8Array)[]): ByteSource {
  const sources = parts.map((part) => (part instanceof Uint8Array ? bytesSource(part) : part))
  const starts: number[] = []
  let size = 0
  for (const source of sources) {
    starts.push(size)
    size += source.size
  }
  const read = (offset: number, length: number): Uint8Array => {
    const from = Math.min(Math.max(0, offset), size)
    const to = Math.min(size, from + Math.max(0, length))
    const pieces: Uint8Array[] = []
    for (const [index, source] of sources.entries()) {
      const start = starts[index] ?? 0
      if (start >= to || start + source.size <= from) continue
      const first = Math.max(from, start)
      pieces.push(source.read(first - start, Math.min(to, start + source.size) - first))
    }
    if (pieces.length === 1 && pieces[0] !== undefined) return pieces[0]
    return Buffer.concat(pieces)
  }
  function* pieces(from: number, to: number): Generator<Uint8Array> {
    for (const [index, source] of sources.entries()) {
      const start = starts[index] ?? 0
      const [first, end] = [Math.max(from, start) - start, Math.min(to, start + source.size) - start]
      if (first < end) yield* readInPieces(source, first, end)
    }
  }
  return { size, read, pieces }
}

/** The first `size` bytes of a file: an earlier revision of it. */
export function prefixSource(source: ByteSource, size: number): ByteSource {
  const end = Math.min(size, source.size)
  return {
    size: end,
    read: (offset, length) => source.read(offset, Math.max(0, Math.min(length, end - offset))),
  }
}

/**
 * Bytes [from, to) in large pieces, as hashing wants them (measured: 1 MB reads reach 0.96 of the hash's own speed). A piece may be
 * overwritten when the next one is asked for.
 */
export function readInPieces(source: ByteSource, from: number, to: number, piece = 1 << 20): Iterable<Uint8Array> {
  return source.pieces?.(from, to) ?? readEach(source, from, to, piece)
}

function* readEach(source: ByteSource, from: number, to: number, piece: number): Generator<Uint8Array> {
  for (let offset = from; offset < to; offset += piece) yield source.read(offset, Math.min(piece, to - offset))
}

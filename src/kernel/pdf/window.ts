// Reads objects through windows of a file, each as large as the object needs, so that memory does not grow with the file.

import { SeglError } from '../../errors.ts'
import type { ByteSource } from './byte-source.ts'
import { type Input, inputOf, needMore } from './lexer.ts'

/** Keeps the last bytes read, so that objects lying next to each other cost one read. */
export type Window = {
  readonly source: ByteSource
  start: number
  bytes: Uint8Array
}

export const windowOn = (source: ByteSource): Window => ({ source, start: 0, bytes: new Uint8Array(0) })

const firstRead = 64 << 10

/**
 * Runs `parse` on a window that begins at `offset`, again with a larger one while it ends inside an object.
 * Needing more than `limit` bytes is TOO_COMPLEX.
 */
export function parseAt<T>(window: Window, offset: number, limit: number, parse: (input: Input) => T): T {
  const { source } = window
  const kept = offset - window.start
  if (kept < 0 || kept + 32 > window.bytes.length) fill(window, offset, firstRead)
  for (;;) {
    const from = offset - window.start
    const end = window.start + window.bytes.length
    const input = inputOf(window.bytes, window.start, end >= source.size, from)
    try {
      return parse(input)
    } catch (error) {
      if (error !== needMore) throw error
    }
    const tried = window.bytes.length - from
    if (tried >= limit) {
      throw new SeglError('TOO_COMPLEX', `An object is larger than ${limit} bytes (byte ${offset}).`, { offset })
    }
    fill(window, offset, Math.min(limit, Math.max(firstRead, tried * 4)))
  }
}

function fill(window: Window, offset: number, length: number): void {
  window.bytes = window.source.read(offset, length)
  window.start = offset
}

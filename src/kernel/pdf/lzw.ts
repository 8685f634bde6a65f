// The LZW filter of PDF and TIFF (ISO 32000-2, 7.4.4): codes of 9 to 12 bits, the high-order bit first.

import { SeglError } from '../../errors.ts'
import { malformed } from './lexer.ts'

export type LzwOptions = {
  /** /EarlyChange 1: codes grow by a bit one code earlier than they have to. */
  readonly early: boolean
  /** Bytes that may come out. */
  readonly limit: number
  /** Where the data lie, for messages. */
  readonly offset: number
}

const clear = 256
const end = 257
const mostCodes = 4096

export function decodeLzw(data: Uint8Array, { early, limit, offset }: LzwOptions): Uint8Array {
  // Each entry is the one before it and a byte; its length tells where it ends without walking there.
  const previous = new Uint16Array(mostCodes)
  const last = new Uint8Array(mostCodes)
  const lengths = new Uint16Array(mostCodes)
  for (let code = 0; code < 256; code += 1) {
    last[code] = code
    lengths[code] = 1
  }
  let result = new Uint8Array(Math.min(limit, Math.max(1024, data.length * 4)))
  let written = 0
  let next = end + 1
  let width = 9
  let before = -1
  let bits = 0
  let held = 0

  const room = (count: number): void => {
    if (written + count > limit) {
      throw new SeglError('TOO_COMPLEX', `A stream inflates to more than ${limit} bytes (byte ${offset}).`, { offset })
    }
    if (written + count <= result.length) return
    const wider = new Uint8Array(Math.min(limit, Math.max(result.length * 2, written + count)))
    wider.set(result)
    result = wider
  }
  /** Writes what the code stands for and returns its first byte. */
  const write = (code: number): number => {
    const length = lengths[code] ?? 0
    room(length)
    let at = written + length
    for (let entry = code; at > written; entry = previous[entry] ?? 0) result[--at] = last[entry] ?? 0
    written += length
    return result[at] ?? 0
  }

  for (const byte of data) {
    held = ((held << 8) | byte) & 0xff_ffff
    bits += 8
    if (bits < width) continue
    bits -= width
    const code = (held >> bits) & ((1 << width) - 1)
    if (code === end) return result.subarray(0, written)
    if (code === clear) {
      next = end + 1
      width = 9
      before = -1
      continue
    }
    // The code that is about to be made may be used already: it ends with the byte with which it begins.
    if (code > next || (code === next && before < 0) || (code > 255 && before < 0)) {
      throw malformed('An LZW stream names a code that does not exist', offset)
    }
    if (before >= 0 && next < mostCodes) {
      previous[next] = before
      lengths[next] = (lengths[before] ?? 0) + 1
      last[next] = code === next ? firstOf(before) : firstOf(code)
      next += 1
    } else if (code >= next) throw malformed('An LZW stream names a code that does not exist', offset)
    write(code)
    before = code
    const grown = next + (early ? 1 : 0)
    width = grown >= 2048 ? 12 : grown >= 1024 ? 11 : grown >= 512 ? 10 : 9
  }
  // Data without the sign for their end are complete to most readers, as long as nothing but padding is left.
  return result.subarray(0, written)

  function firstOf(code: number): number {
    let entry = code
    while (entry > 255) entry = previous[entry] ?? 0
    return entry
  }
}

// Characters, tokens and simple objects of PDF syntax (ISO 32000-2, 7.2 and 7.3), read from a window of the file.

import { SeglError } from '../../errors.ts'

/** A window of the file (or the data of an object stream) and the place reached in it. */
export type Input = {
  readonly bytes: Uint8Array
  position: number
  /** Offset in the file of the first byte, for messages. */
  readonly base: number
  /** Nothing follows the window: running off it is an error, not a reason to read more. */
  readonly final: boolean
}

/** Thrown when a token reaches the end of a window that is not the end of the file: try again with a larger one. */
export const needMore = Symbol('the window ends inside an object')

export const inputOf = (bytes: Uint8Array, base: number, final: boolean, position = 0): Input => ({
  bytes,
  position,
  base,
  final,
})

export function malformed(detail: string, offset: number): SeglError {
  return new SeglError('MALFORMED_PDF', `${detail} (byte ${offset}). Export the PDF again and upload the new file.`, {
    offset,
  })
}

export const offsetIn = (input: Input): number => input.base + input.position

/** The input ends where something had to follow. */
export function atEnd(input: Input): never {
  if (!input.final) throw needMore
  throw new SeglError('TRUNCATED', `The PDF ends inside an object (byte ${input.base + input.bytes.length}).`, {
    offset: input.base + input.bytes.length,
  })
}

// 1 white space, 2 delimiter, 0 regular (ISO 32000-2, tables 1 and 2)
const classes = new Uint8Array(256)
for (const byte of [0, 9, 10, 12, 13, 32]) classes[byte] = 1
for (const character of '()<>[]{}/%') classes[character.charCodeAt(0)] = 2
const hexValues = new Int8Array(256).fill(-1)
for (let digit = 0; digit < 16; digit += 1) {
  hexValues[digit.toString(16).charCodeAt(0)] = digit
  hexValues[digit.toString(16).toUpperCase().charCodeAt(0)] = digit
}

export const isSpace = (byte: number | undefined): boolean => byte !== undefined && classes[byte] === 1
export const isRegular = (byte: number | undefined): boolean => byte !== undefined && classes[byte] === 0
export const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57

/** Skips white space and comments. */
export function skipSpace(input: Input): void {
  const { bytes } = input
  for (;;) {
    const byte = bytes[input.position]
    if (byte === undefined) return
    if (classes[byte] === 1) input.position += 1
    else if (byte === 0x25) {
      while (input.position < bytes.length && bytes[input.position] !== 10 && bytes[input.position] !== 13) {
        input.position += 1
      }
    } else return
  }
}

/** Takes `word` when it stands here and ends here. */
export function takeKeyword(input: Input, word: string): boolean {
  const { bytes, position } = input
  for (let index = 0; index < word.length; index += 1) {
    const byte = bytes[position + index]
    if (byte === undefined && !input.final) throw needMore
    if (byte !== word.charCodeAt(index)) return false
  }
  const after = bytes[position + word.length]
  if (after === undefined && !input.final) throw needMore
  if (isRegular(after)) return false
  input.position = position + word.length
  return true
}

/** An unsigned integer of at most ten digits, or undefined (nothing taken). */
export function takeInteger(input: Input): number | undefined {
  const { bytes } = input
  let position = input.position
  let value = 0
  while (isDigit(bytes[position])) {
    value = value * 10 + ((bytes[position] ?? 48) - 48)
    position += 1
    if (position - input.position > 10) return undefined
  }
  if (position === input.position || isRegular(bytes[position])) return undefined
  if (position >= bytes.length && !input.final) throw needMore
  input.position = position
  return value
}

/** Bytes that one token may have: no writer needs more, and a reader who takes any number of them can be kept busy. */
const longestNumber = 255
const longestName = 32_767
const longestString = 8 << 20

export function tooComplex(what: string, offset: number): SeglError {
  return new SeglError('TOO_COMPLEX', `${what} (byte ${offset}). Export the PDF again in a simpler form.`, { offset })
}

/** Position after the regular characters from `start` on; a token of more than `most` bytes is TOO_COMPLEX. */
function endOfToken(input: Input, start: number, most: number, what: string): number {
  const { bytes } = input
  let position = start
  while (isRegular(bytes[position])) {
    position += 1
    if (position - start > most) throw tooComplex(`A ${what} is longer than ${most} bytes`, input.base + start)
  }
  if (position >= bytes.length && !input.final) throw needMore
  return position
}

export function readNumber(input: Input): number {
  const { bytes } = input
  const start = input.position
  const position = endOfToken(input, start, longestNumber, 'number')
  const text = latin1(bytes, start, position)
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text))
    throw malformed('This is neither a number nor a keyword', input.base + start)
  input.position = position
  return Number(text)
}

/** Short texts are joined by hand, which costs less than a view on the bytes (measured). */
const shortText = 15

export function latin1(bytes: Uint8Array, start: number, end: number): string {
  if (end - start > shortText) {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1', start, end)
  }
  let text = ''
  for (let index = start; index < end; index += 1) text += String.fromCharCode(bytes[index] ?? 0)
  return text
}

/** A name; the input stands on its slash. Returned without it, with #xx resolved, one character per byte. */
export function readName(input: Input): string {
  const start = input.position + 1
  const position = endOfToken(input, start, longestName, 'name')
  input.position = position
  const text = latin1(input.bytes, start, position)
  if (!text.includes('#')) return text
  return text.replace(/#([0-9a-fA-F]{2})?/g, (whole, digits: string | undefined) =>
    digits === undefined ? whole : String.fromCharCode(Number.parseInt(digits, 16)),
  )
}

/** A hexadecimal string; the input stands on its `<`. */
export function readHexString(input: Input): Uint8Array {
  const { bytes } = input
  const close = bytes.indexOf(0x3e, input.position)
  if (close < 0) return atEnd(input)
  if (close - input.position > 2 * longestString) throw tooComplex('A string is too long', offsetIn(input))
  const result = new Uint8Array((close - input.position) >> 1)
  let digits = 0
  for (let position = input.position + 1; position < close; position += 1) {
    const byte = bytes[position] ?? 0
    const value = hexValues[byte] ?? -1
    if (value < 0) {
      if (isSpace(byte)) continue
      throw malformed('A hexadecimal string holds something else than digits', input.base + position)
    }
    const index = digits >> 1
    result[index] = (result[index] ?? 0) | (digits % 2 === 0 ? value << 4 : value)
    digits += 1
  }
  input.position = close + 1
  return result.subarray(0, (digits + 1) >> 1)
}

const escapes = new Map([
  [0x6e, 10],
  [0x72, 13],
  [0x74, 9],
  [0x62, 8],
  [0x66, 12],
])

/** Position after the parenthesis that closes the string which opens at the input's position. */
function endOfLiteral(input: Input): number {
  const { bytes } = input
  let depth = 0
  for (let position = input.position; position < bytes.length; position += 1) {
    const byte = bytes[position]
    if (byte === 0x5c) position += 1
    else if (byte === 0x28) depth += 1
    else if (byte === 0x29) {
      depth -= 1
      if (depth === 0) return position + 1
    }
  }
  return atEnd(input)
}

/** A literal string; the input stands on its `(`. */
export function readLiteralString(input: Input): Uint8Array {
  const { bytes } = input
  const end = endOfLiteral(input)
  if (end - input.position > longestString) throw tooComplex('A string is too long', offsetIn(input))
  const result = new Uint8Array(end - input.position - 2)
  let length = 0
  let position = input.position + 1
  while (position < end - 1) {
    const byte = bytes[position] ?? 0
    position += 1
    if (byte === 0x5c) {
      const escaped = readEscape(bytes, position)
      position = escaped.next
      if (escaped.value !== undefined) result[length++] = escaped.value
    } else if (byte === 13) {
      if (bytes[position] === 10) position += 1
      result[length++] = 10
    } else result[length++] = byte
  }
  input.position = end
  return result.subarray(0, length)
}

/** What follows a backslash (ISO 32000-2, table 3): nothing for an escaped line end. */
function readEscape(bytes: Uint8Array, position: number): { value?: number; next: number } {
  const byte = bytes[position] ?? 0
  if (byte >= 48 && byte <= 55) {
    let value = 0
    let next = position
    while (next < position + 3 && (bytes[next] ?? 0) >= 48 && (bytes[next] ?? 0) <= 55) {
      value = value * 8 + ((bytes[next] ?? 48) - 48)
      next += 1
    }
    return { value: value & 255, next }
  }
  if (byte === 13) return { next: bytes[position + 1] === 10 ? position + 2 : position + 1 }
  if (byte === 10) return { next: position + 1 }
  return { value: escapes.get(byte) ?? byte, next: position + 1 }
}

// Composite and indirect objects of PDF syntax (ISO 32000-2, 7.3), within bounds on depth and count.

import type { Limits } from './file.ts'
import {
  atEnd,
  type Input,
  isDigit,
  latin1,
  malformed,
  offsetIn,
  readHexString,
  readLiteralString,
  readName,
  readNumber,
  skipSpace,
  takeInteger,
  takeKeyword,
  tooComplex,
} from './lexer.ts'
import { isDict, type PdfDict, type PdfObject, type PdfRef } from './object.ts'

/** Where the value of each key of the outermost dictionary lies in the file: [start, end). */
export type Positions = Map<string, readonly [number, number]>

export type ParserOptions = { readonly limits: Limits; readonly positions?: Positions }

/** What an indirect object holds, before the length of a stream is known. */
export type IndirectObject = {
  readonly number: number
  readonly generation: number
  readonly value: PdfObject
  /** File offset of the stream data, when the object is a stream. */
  readonly streamStart?: number
  /** File offset after what was read (after `endobj`, or after the word `stream`). */
  readonly end: number
}

type Budget = { values: number }

/** One direct object (or reference) at the input's position. */
export function readObject(input: Input, options: ParserOptions): PdfObject {
  return readValue(input, options, 0, { values: options.limits.values })
}

function readValue(input: Input, options: ParserOptions, depth: number, budget: Budget): PdfObject {
  skipSpace(input)
  const { bytes, position } = input
  const byte = bytes[position]
  if (byte === undefined) return atEnd(input)
  if (depth > options.limits.depth) throw tooComplex('Arrays or dictionaries are nested too deeply', offsetIn(input))
  budget.values -= 1
  if (budget.values < 0) throw tooComplex('An object holds too many values', offsetIn(input))
  switch (byte) {
    case 0x2f:
      return { kind: 'name', name: readName(input) }
    case 0x28:
      return { kind: 'string', bytes: readLiteralString(input) }
    case 0x5b:
      return readArray(input, options, depth, budget)
    case 0x3c:
      if (bytes[position + 1] === undefined) return atEnd(input)
      if (bytes[position + 1] === 0x3c) return readDict(input, options, depth, budget)
      return { kind: 'string', bytes: readHexString(input) }
    case 0x74:
      if (takeKeyword(input, 'true')) return true
      break
    case 0x66:
      if (takeKeyword(input, 'false')) return false
      break
    case 0x6e:
      if (takeKeyword(input, 'null')) return null
      break
    default:
      if (isDigit(byte)) return readNumberOrReference(input)
      if (byte === 0x2b || byte === 0x2d || byte === 0x2e) return readNumber(input)
  }
  throw malformed(`Here stands no object: ${JSON.stringify(latin1(bytes, position, position + 12))}`, offsetIn(input))
}

/** `12 0 R`, or the number alone. */
function readNumberOrReference(input: Input): number | PdfRef {
  const number = takeInteger(input)
  if (number === undefined) return readNumber(input)
  const after = input.position
  const generation = takeAfterSpace(input)
  if (generation !== undefined && generation <= 65_535) {
    skipSpace(input)
    if (takeKeyword(input, 'R')) return { kind: 'ref', number, generation }
  }
  input.position = after
  return number
}

function takeAfterSpace(input: Input): number | undefined {
  skipSpace(input)
  if (input.position >= input.bytes.length && !input.final) return atEnd(input)
  return takeInteger(input)
}

function readArray(input: Input, options: ParserOptions, depth: number, budget: Budget): PdfObject[] {
  input.position += 1
  const items: PdfObject[] = []
  for (;;) {
    skipSpace(input)
    if (input.bytes[input.position] === 0x5d) break
    items.push(readValue(input, options, depth + 1, budget))
  }
  input.position += 1
  return items
}

function readDict(input: Input, options: ParserOptions, depth: number, budget: Budget): PdfDict {
  input.position += 2
  const entries = new Map<string, PdfObject>()
  for (;;) {
    skipSpace(input)
    const byte = input.bytes[input.position]
    if (byte === undefined) return atEnd(input)
    if (byte === 0x3e) break
    const offset = offsetIn(input)
    if (byte !== 0x2f) throw malformed('A dictionary has something else than a name as its key', offset)
    const key = readName(input)
    // Readers differ in which of two values counts (ISO 32000-2, 7.3.7): two people could see two documents.
    if (entries.has(key)) throw malformed(`A dictionary has the key /${key} twice`, offset)
    skipSpace(input)
    const start = offsetIn(input)
    entries.set(key, readValue(input, options, depth + 1, budget))
    if (depth === 0) options.positions?.set(key, [start, offsetIn(input)])
  }
  if (input.bytes[input.position + 1] === undefined) return atEnd(input)
  if (input.bytes[input.position + 1] !== 0x3e) throw malformed('A dictionary is not closed', offsetIn(input))
  input.position += 2
  return entries
}

/** `12 0 obj … endobj`, or up to the data of a stream; the input stands on the object number. */
export function readIndirectObject(input: Input, options: ParserOptions): IndirectObject {
  const offset = offsetIn(input)
  const number = takeInteger(input)
  skipSpace(input)
  const generation = number === undefined ? undefined : takeInteger(input)
  skipSpace(input)
  if (number === undefined || generation === undefined || !takeKeyword(input, 'obj')) {
    if (input.position >= input.bytes.length) return atEnd(input)
    throw malformed('No object begins where the cross-reference says', offset)
  }
  options.positions?.clear()
  const value = readObject(input, options)
  skipSpace(input)
  if (isDict(value) && takeKeyword(input, 'stream')) {
    return { number, generation, value, streamStart: streamData(input), end: offsetIn(input) }
  }
  if (!takeKeyword(input, 'endobj')) {
    if (input.position >= input.bytes.length) return atEnd(input)
    throw malformed('An object is not closed by endobj', offsetIn(input))
  }
  return { number, generation, value, end: offsetIn(input) }
}

/** The word `stream` is followed by CR LF or LF, not by CR alone (ISO 32000-2, 7.3.8.1). */
function streamData(input: Input): number {
  const { bytes } = input
  const width = bytes[input.position] === 13 ? 2 : 1
  const last = bytes[input.position + width - 1]
  if (last === undefined) return atEnd(input)
  if (last !== 10) throw malformed('The word stream is not followed by a line end', offsetIn(input))
  input.position += width
  return offsetIn(input)
}

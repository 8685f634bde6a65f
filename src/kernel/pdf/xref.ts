// Cross-reference sections: classic tables, streams and hybrids, followed from the last `startxref` (ISO 32000-2, 7.5.4 to 7.5.8).

import { SeglError } from '../../errors.ts'
import type { Limits, XrefEntries, XrefSection } from './file.ts'
import { decodeStream } from './filter.ts'
import { atEnd, type Input, isDigit, malformed, offsetIn, skipSpace, takeInteger, takeKeyword } from './lexer.ts'
import { isArray, isDict, nameOf, type PdfDict, type PdfObject } from './object.ts'
import { readIndirectObject, readObject } from './parser.ts'
import { parseAt, type Window } from './window.ts'
import { collectEntries, type EntryCollector, hybridEntries } from './xref-entries.ts'

export type XrefReading = { readonly window: Window; readonly limits: Limits; readonly offsetBase: number }
/** What all sections together may still take up: a small file can name a large one a thousand times. */
type Reading = XrefReading & { readonly left: { entries: number; inflated: number } }

/** All sections from the one at `startxref` on, newest first. */
export function readSections(opened: XrefReading, startxref: number): XrefSection[] {
  const { limits, window } = opened
  const left = { entries: limits.entries, inflated: limits.inflatedBytes + 100 * window.source.size }
  const reading = { ...opened, left }
  const sections: XrefSection[] = []
  const seen = new Set<number>()
  let next: number | undefined = startxref + reading.offsetBase
  while (next !== undefined) {
    if (seen.has(next)) throw malformed('The cross-reference sections form a loop', next)
    seen.add(next)
    if (sections.length >= reading.limits.sections) {
      throw new SeglError('TOO_COMPLEX', `The PDF has more than ${reading.limits.sections} revisions.`, {
        offset: next,
      })
    }
    const section = readSection(reading, next)
    sections.push(section)
    const previous = section.trailer.get('Prev')
    next = previous === undefined ? undefined : offsetOf(previous, reading, section.offset)
  }
  return sections
}

function offsetOf(value: PdfObject, reading: Reading, at: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) {
    throw malformed('The offset of a cross-reference section is no whole number', at)
  }
  const offset = value + reading.offsetBase
  if (offset >= reading.window.source.size) throw malformed('A cross-reference section lies after the end', at)
  return offset
}

function readSection(reading: Reading, offset: number): XrefSection {
  const table = parseAt(reading.window, offset, 64, (input) => {
    skipSpace(input)
    return takeKeyword(input, 'xref') ? offsetIn(input) : undefined
  })
  return table === undefined ? readStreamSection(reading, offset) : readTableSection(reading, offset, table)
}

function readTableSection(reading: Reading, offset: number, start: number): XrefSection {
  const { window, limits } = reading
  const collector = collectEntries(limits.objects, offset)
  let position = start
  for (;;) {
    const subsection = parseAt(window, position, 1024, (input) => {
      skipSpace(input)
      if (takeKeyword(input, 'trailer')) return { end: offsetIn(input) }
      if (!isDigit(input.bytes[input.position])) {
        if (input.position >= input.bytes.length) return atEnd(input)
        throw malformed('A cross-reference table is not followed by a trailer', offsetIn(input))
      }
      const first = takeInteger(input)
      skipSpace(input)
      const count = takeInteger(input)
      if (first === undefined || count === undefined)
        throw malformed('A cross-reference table is wrong', offsetIn(input))
      skipSpace(input)
      if (input.position >= input.bytes.length) return atEnd(input)
      return { first, count, end: offsetIn(input) }
    })
    position = subsection.end
    if (subsection.count === undefined) break
    takeEntries(reading, subsection.count, offset)
    position = readTableEntries(reading, position, subsection.first, subsection.count, collector)
  }
  const { trailer, end } = parseAt(window, position, limits.objectBytes, (input) => {
    const value = readObject(input, { limits })
    if (!isDict(value)) throw malformed('The trailer is no dictionary', position)
    return { trailer: value, end: offsetIn(input) }
  })
  const entries = collector.finish()
  const hidden = trailer.get('XRefStm')
  if (hidden === undefined) return { kind: 'table', offset, end, trailer, entries }
  const streamOffset = offsetOf(hidden, reading, offset)
  const stream = readStreamSection(reading, streamOffset)
  return {
    kind: 'hybrid',
    offset,
    end,
    trailer,
    entries: hybridEntries(entries, stream.entries, limits.objects, offset),
    streamOffset,
    hiddenTrailer: stream.trailer,
    ...(stream.streamObject === undefined ? {} : { streamObject: stream.streamObject }),
  }
}

function takeEntries({ left, limits }: Reading, count: number, offset: number): void {
  left.entries -= count
  if (left.entries >= 0) return
  const detail = `The PDF has more than ${limits.entries} cross-reference entries (byte ${offset}).`
  throw new SeglError('TOO_COMPLEX', detail, { offset })
}

/** Entries are exactly 20 bytes long (ISO 32000-2, 7.5.4). Returns the offset after them. */
function readTableEntries(
  reading: Reading,
  start: number,
  first: number,
  count: number,
  collector: EntryCollector,
): number {
  const { source } = reading.window
  if (start + count * 20 > source.size) {
    throw new SeglError('TRUNCATED', `The PDF ends inside its cross-reference table (byte ${source.size}).`, {
      offset: source.size,
    })
  }
  const perRead = 3200
  for (let done = 0; done < count; done += perRead) {
    const part = Math.min(perRead, count - done)
    const offset = start + done * 20
    const bytes = source.read(offset, part * 20)
    for (let index = 0; index < part; index += 1) {
      readTableEntry(bytes, index * 20, first + done + index, offset, reading.offsetBase, collector)
    }
  }
  return start + count * 20
}

function readTableEntry(
  bytes: Uint8Array,
  at: number,
  number: number,
  offset: number,
  offsetBase: number,
  collector: EntryCollector,
): void {
  const place = digits(bytes, at, 10)
  const generation = digits(bytes, at + 11, 5)
  const type = bytes[at + 17]
  const wellFormed =
    place >= 0 && generation >= 0 && bytes[at + 10] === 32 && bytes[at + 16] === 32 && (bytes[at + 19] ?? 0) <= 32
  if (!wellFormed || (type !== 0x6e && type !== 0x66)) {
    throw malformed('An entry of the cross-reference table is not 20 bytes long', offset + at)
  }
  if (type === 0x66) collector.add(number, 'free', 0, generation)
  else if (place + offsetBase > 0xffff_ffff) throw malformed('An object lies beyond 4 GiB', offset + at)
  // Offset 0 cannot hold an object; producers write it for objects they left out.
  else if (place === 0) collector.add(number, 'free', 0, generation)
  else collector.add(number, 'offset', place + offsetBase, generation)
}

function digits(bytes: Uint8Array, at: number, length: number): number {
  let value = 0
  for (let index = at; index < at + length; index += 1) {
    const byte = bytes[index]
    if (!isDigit(byte)) return -1
    value = value * 10 + ((byte ?? 48) - 48)
  }
  return value
}

function readStreamSection(reading: Reading, offset: number): XrefSection {
  const { window, limits } = reading
  const found = parseAt(window, offset, limits.objectBytes, (input) => {
    skipSpace(input)
    return readIndirectObject(input, { limits })
  })
  const { value, streamStart, number } = found
  if (!isDict(value) || streamStart === undefined || nameOf(value.get('Type')) !== 'XRef') {
    throw malformed('There is no cross-reference section where one should be', offset)
  }
  const length = value.get('Length')
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 0) {
    throw malformed('A cross-reference stream does not say its length', offset)
  }
  if (streamStart + length > window.source.size) {
    throw new SeglError('TRUNCATED', `The PDF ends inside its cross-reference stream (byte ${window.source.size}).`, {
      offset: window.source.size,
    })
  }
  if (length > limits.inflatedBytes) throw new SeglError('TOO_COMPLEX', 'A stream is too large.', { offset })
  const direct = (item: PdfObject | undefined): PdfObject => item ?? null
  const most = Math.max(0, Math.min(limits.inflatedBytes, reading.left.inflated))
  const data = decodeStream(value, window.source.read(streamStart, length), direct, most, streamStart)
  reading.left.inflated -= data.length
  const end = parseAt(window, streamStart + length, 1024, (input) => {
    skipSpace(input)
    if (!takeKeyword(input, 'endstream')) throw malformed('A stream does not end where it says', offsetIn(input))
    skipSpace(input)
    if (!takeKeyword(input, 'endobj')) throw malformed('An object is not closed by endobj', offsetIn(input))
    return offsetIn(input)
  })
  const entries = readStreamEntries(value, data, reading, offset)
  return { kind: 'stream', offset, end, trailer: value, entries, streamObject: number }
}

function readStreamEntries(streamDict: PdfDict, data: Uint8Array, reading: Reading, offset: number): XrefEntries {
  const widths = integers(streamDict.get('W'), offset)
  const [typeWidth = 0, secondWidth = 0, thirdWidth = 0] = widths
  const width = typeWidth + secondWidth + thirdWidth
  if (widths.length < 3 || widths.length > 3 || width === 0 || Math.max(...widths) > 8) {
    throw malformed('A cross-reference stream has a wrong /W', offset)
  }
  const size = streamDict.get('Size')
  const index = streamDict.has('Index')
    ? integers(streamDict.get('Index'), offset)
    : [0, typeof size === 'number' ? size : 0]
  const total = index.reduce((sum, value, place) => sum + (place % 2 === 1 ? value : 0), 0)
  if (index.length % 2 === 1 || total * width > data.length) {
    throw malformed('A cross-reference stream is shorter than its /Index says', offset)
  }
  takeEntries(reading, total, offset)
  const collector = collectEntries(reading.limits.objects, offset)
  let at = 0
  for (let pair = 0; pair < index.length; pair += 2) {
    const first = index[pair] ?? 0
    for (let step = 0; step < (index[pair + 1] ?? 0); step += 1, at += width) {
      const type = typeWidth === 0 ? 1 : bigEndian(data, at, typeWidth)
      const second = bigEndian(data, at + typeWidth, secondWidth)
      const third = bigEndian(data, at + typeWidth + secondWidth, thirdWidth)
      if (second + reading.offsetBase > 0xffff_ffff || third > 0xffff_ffff) {
        throw malformed('An entry of a cross-reference stream is out of range', offset)
      }
      if (type === 0 || (type === 1 && second === 0)) collector.add(first + step, 'free', 0, third)
      else if (type === 1) collector.add(first + step, 'offset', second + reading.offsetBase, third)
      else if (type === 2) collector.add(first + step, 'compressed', second, third)
      // Other types refer to the null object (ISO 32000-2, table 18).
      else collector.add(first + step, 'free', 0, 0)
    }
  }
  return collector.finish()
}

function integers(value: PdfObject | undefined, offset: number): number[] {
  const numbers: number[] = []
  for (const item of isArray(value) ? value : []) {
    if (typeof item !== 'number' || !Number.isInteger(item) || item < 0 || item > 0xffff_ffff) {
      throw malformed('A cross-reference stream has a wrong /W or /Index', offset)
    }
    numbers.push(item)
  }
  return numbers
}

function bigEndian(data: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let index = at; index < at + width; index += 1) value = value * 256 + (data[index] ?? 0)
  return value
}

/** The input's next `startxref N %%EOF`; undefined when something else stands here. */
export function takeStartxref(input: Input): { startxref: number; eof: number; end: number } | undefined {
  skipSpace(input)
  if (!takeKeyword(input, 'startxref')) return undefined
  skipSpace(input)
  const startxref = takeInteger(input)
  if (startxref === undefined) return undefined
  const { bytes } = input
  while ([0, 9, 10, 12, 13, 32].includes(bytes[input.position] ?? -1)) input.position += 1
  for (const [index, character] of [...'%%EOF'].entries()) {
    const byte = bytes[input.position + index]
    if (byte === undefined) return atEnd(input)
    if (byte !== character.charCodeAt(0)) return undefined
  }
  input.position += 5
  const eof = offsetIn(input)
  if (bytes[input.position] === undefined && !input.final) return atEnd(input)
  // The line end belongs to the revision: CR LF, LF or CR.
  if (bytes[input.position] === 13) {
    if (bytes[input.position + 1] === undefined && !input.final) return atEnd(input)
    input.position += bytes[input.position + 1] === 10 ? 2 : 1
  } else if (bytes[input.position] === 10) input.position += 1
  return { startxref, eof, end: offsetIn(input) }
}

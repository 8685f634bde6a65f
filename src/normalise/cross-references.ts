// What the cross-references of a file say, read as leniently as readers do: entries of any width, a /Prev that leads nowhere.
import { SeglError } from '../errors.ts'
import {
  decodeStream,
  defaultLimits,
  type Input,
  inputOf,
  isArray,
  isDict,
  nameOf,
  type PdfDict,
  type PdfObject,
  readObject,
  skipSpace,
  takeInteger,
  takeKeyword,
  type XrefEntry,
} from '../kernel/pdf/index.ts'
import type { Definition, Scan } from './definitions.ts'

export type CrossReferences = {
  /** The newest entry of each number. */
  readonly entries: ReadonlyMap<number, XrefEntry>
  /** Newest first. */
  readonly trailers: readonly PdfDict[]
  readonly hybrid: boolean
}

type Section = { readonly entries: ReadonlyMap<number, XrefEntry>; readonly trailer: PdfDict }

/** Followed from the last `startxref`; undefined when no section begins there: then every reader looks for the objects itself. */
export function crossReferences(scan: Scan, headerOffset: number): CrossReferences | undefined {
  const { bytes } = scan
  const at = bytes.lastIndexOf('startxref')
  if (at < 0) return undefined
  const input = inputOf(bytes, 0, true, at + 'startxref'.length)
  skipSpace(input)
  const start = takeInteger(input)
  if (start === undefined) return undefined
  const reader = sectionReader(scan)
  for (const base of headerOffset > 0 ? [0, headerOffset] : [0]) {
    const first = reader(start + base)
    if (first !== undefined) return follow(first, start + base, (place) => reader(place + base), base)
  }
  return undefined
}

function follow(
  first: Section,
  start: number,
  read: (place: number) => Section | undefined,
  base: number,
): CrossReferences {
  const entries = new Map<number, XrefEntry>()
  const trailers: PdfDict[] = []
  const seen = new Set([start - base])
  let hybrid = false
  const add = (found: ReadonlyMap<number, XrefEntry>, covers: (number: number) => boolean): void => {
    for (const [number, entry] of found) {
      if (covers(number))
        entries.set(number, entry.type === 'offset' ? { ...entry, offset: entry.offset + base } : entry)
    }
  }
  for (let section: Section | undefined = first; section !== undefined; ) {
    if (trailers.length === defaultLimits.sections) break
    const trailer: PdfDict = section.trailer
    trailers.push(trailer)
    const known = new Set(entries.keys())
    const hidden: PdfObject | undefined = trailer.get('XRefStm')
    if (typeof hidden === 'number') {
      hybrid = true
      const stream = read(hidden)
      if (stream !== undefined) {
        // Hidden objects are free in the table (ISO 32000-2, 7.5.8.4).
        const table: Section = section
        add(stream.entries, (number) => !known.has(number) && (table.entries.get(number)?.type ?? 'free') === 'free')
        for (const number of entries.keys()) known.add(number)
      }
    }
    add(section.entries, (number) => !known.has(number))
    const previous: PdfObject | undefined = trailer.get('Prev')
    section = typeof previous === 'number' && previous > 0 && !seen.has(previous) ? read(previous) : undefined
    if (typeof previous === 'number') seen.add(previous)
  }
  return { entries, trailers, hybrid }
}

/** Reads the section that begins at a place, or behind the white space there. */
function sectionReader(scan: Scan): (place: number) => Section | undefined {
  const byStart = new Map(scan.definitions.map((definition) => [definition.start, definition]))
  let left = defaultLimits.objects
  return (place) => {
    const input = inputOf(scan.bytes, 0, true, place)
    try {
      skipSpace(input)
      const definition = byStart.get(input.position)
      const found = definition === undefined ? tableAt(input) : streamOf(scan, definition)
      left -= found?.entries.size ?? 0
      if (left < 0) throw new SeglError('TOO_COMPLEX', 'The PDF lists too many objects.', { offset: place })
      return found
    } catch (error) {
      if (error instanceof SeglError && error.code !== 'TOO_COMPLEX') return undefined
      throw error
    }
  }
}

function tableAt(input: Input): Section | undefined {
  if (!takeKeyword(input, 'xref')) return undefined
  const entries = new Map<number, XrefEntry>()
  for (;;) {
    skipSpace(input)
    if (takeKeyword(input, 'trailer')) break
    const [first, count] = [integer(input), integer(input)]
    if (first === undefined || count === undefined) return undefined
    for (let index = 0; index < count; index += 1) {
      skipSpace(input)
      // More entries announced than there are.
      if (input.bytes[input.position] === 0x74) break
      const entry = tableEntry(input)
      if (entry === undefined) return undefined
      entries.set(first + index, entry)
    }
  }
  const trailer = readObject(input, { limits: defaultLimits })
  return isDict(trailer) ? { entries, trailer } : undefined
}

function integer(input: Input): number | undefined {
  skipSpace(input)
  return takeInteger(input)
}

function tableEntry(input: Input): XrefEntry | undefined {
  const [offset, generation] = [integer(input), integer(input)]
  if (offset === undefined || generation === undefined) return undefined
  skipSpace(input)
  if (takeKeyword(input, 'f')) return { type: 'free', generation }
  if (!takeKeyword(input, 'n')) return undefined
  return offset === 0 ? { type: 'free', generation } : { type: 'offset', offset, generation }
}

/** ISO 32000-2, 7.5.8. */
function streamOf(scan: Scan, definition: Definition): Section | undefined {
  const trailer = scan.value(definition)
  const { stream } = definition
  if (stream === undefined || !isDict(trailer) || nameOf(trailer.get('Type')) !== 'XRef') return undefined
  const size = trailer.get('Size')
  const widths = wholeNumbers(trailer.get('W'))
  const index = trailer.has('Index') ? wholeNumbers(trailer.get('Index')) : typeof size === 'number' ? [0, size] : []
  const [type = 0, second = 0, third = 0] = widths
  const width = type + second + third
  if (widths.length !== 3 || width === 0 || widths.some((one) => one > 6) || index.length % 2 !== 0) return undefined
  const coded = scan.bytes.subarray(stream.start, stream.start + stream.length)
  const data = decodeStream(trailer, coded, (value) => value ?? null, defaultLimits.inflatedBytes, stream.start)
  const entries = new Map<number, XrefEntry>()
  let at = 0
  for (let pair = 0; pair < index.length; pair += 2) {
    const [first = 0, count = 0] = index.slice(pair, pair + 2)
    for (let step = 0; step < count && at + width <= data.length; step += 1, at += width) {
      const kind = type === 0 ? 1 : bigEndian(data, at, type)
      const [two, three] = [bigEndian(data, at + type, second), bigEndian(data, at + type + second, third)]
      const entry = streamEntry(kind, two, three)
      if (entry !== undefined) entries.set(first + step, entry)
    }
  }
  return { entries, trailer }
}

function streamEntry(kind: number, second: number, third: number): XrefEntry | undefined {
  if (kind === 0) return { type: 'free', generation: third }
  if (kind === 1) return { type: 'offset', offset: second, generation: third }
  return kind === 2 ? { type: 'compressed', container: second, index: third } : undefined
}

const wholeNumbers = (value: PdfObject | undefined): readonly number[] =>
  (isArray(value) ? value : []).map((item) =>
    typeof item === 'number' && Number.isInteger(item) && item >= 0 ? item : 7,
  )

function bigEndian(data: Uint8Array, at: number, width: number): number {
  let value = 0
  for (let index = at; index < at + width; index += 1) value = value * 256 + (data[index] ?? 0)
  return value
}

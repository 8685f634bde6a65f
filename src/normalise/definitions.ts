// The objects of a file in the order of its bytes, read as a reader does that no longer trusts the cross-reference.
import { SeglError } from '../errors.ts'
import {
  defaultLimits,
  type Input,
  inputOf,
  isDict,
  isRef,
  type PdfDict,
  type PdfObject,
  readObject,
  skipSpace,
  takeInteger,
  takeKeyword,
} from '../kernel/pdf/index.ts'
import { type Hit, hitsIn } from './hits.ts'
import { type StreamExtent, streamExtents } from './stream-extent.ts'

/** An object as it is written between `obj` and `endobj`. */
export type Definition = Hit & {
  /** Offset after everything that belongs to it. */
  readonly end: number
  /** Offset after its value, or after the dictionary of a stream. */
  readonly valueEnd: number
  readonly stream: StreamExtent | undefined
  /** The word endobj is there. */
  readonly isClosed: boolean
  /** How many ends of a revision (%%EOF) stand before it. */
  readonly revision: number
  /** Why it cannot be read in one way only. */
  readonly flaw: string | undefined
}

export type Scan = {
  readonly bytes: Buffer
  readonly definitions: readonly Definition[]
  /** Inside of other objects, in comments, or glued to something: some readers see an object there, some do not. */
  readonly fakes: readonly Hit[]
  /** Dictionaries after the word `trailer`, in the order of the bytes. */
  readonly trailers: readonly PdfDict[]
  /** How many revisions are closed by %%EOF. */
  readonly closed: number
  /** The value of the definition, read anew each time. */
  value(definition: Definition): PdfObject
}

/** Objects that cannot be read cost time each; a file with more of them is no slightly damaged one. */
const mostFlaws = 50

export function scan(bytes: Buffer): Scan {
  const hits = hitsIn(bytes)
  const lastOf = new Map(hits.map((hit) => [hit.number, hit]))
  const lengthOf = (value: PdfObject | undefined): number | undefined => {
    if (typeof value === 'number') return value
    const hit = isRef(value) ? lastOf.get(value.number) : undefined
    if (hit === undefined) return undefined
    const input = inputOf(bytes, 0, true, hit.body)
    skipSpace(input)
    return takeInteger(input)
  }
  const extentOf = streamExtents(bytes, hits, lengthOf)
  const ends = places(bytes, '%%EOF')
  const definitions: Definition[] = []
  const fakes: Hit[] = []
  const commented = commentsIn(bytes)
  let end = 0
  let revision = 0
  let flaws = 0
  for (const [index, hit] of hits.entries()) {
    if (hit.start < end || !hit.apart || commented(end, hit.start)) {
      fakes.push(hit)
      continue
    }
    // An end inside an object ends nothing.
    while (ends.next < hit.start) {
      if (ends.next >= end) revision += 1
      ends.take()
    }
    const found = { ...hit, ...readDefinition(bytes, hit, hits[index + 1]?.start ?? bytes.length, extentOf), revision }
    if (found.flaw !== undefined) flaws += 1
    if (flaws > mostFlaws) throw flawed('Too many of its objects cannot be read', hit.start)
    definitions.push(found)
    end = found.end
  }
  for (; ends.next < bytes.length; ends.take()) if (ends.next >= end) revision += 1
  return {
    bytes,
    closed: revision,
    definitions,
    fakes,
    trailers: trailersOf(bytes, definitions),
    value: ({ body }) => valueAt(bytes, body),
  }
}

export const flawed = (what: string, offset: number): SeglError =>
  new SeglError(
    'NOT_NORMALISABLE',
    `${what} (byte ${offset}), so readers could show different documents. Ask for the PDF anew from who made it.`,
    { offset },
  )

type Read = Pick<Definition, 'end' | 'valueEnd' | 'stream' | 'isClosed' | 'flaw'>

function readDefinition(bytes: Buffer, hit: Hit, next: number, extentOf: ReturnType<typeof streamExtents>): Read {
  const input = inputAt(bytes, hit.body)
  const nothing = { valueEnd: hit.body, end: hit.body, stream: undefined, isClosed: false }
  let value: PdfObject
  try {
    value = readObject(input, { limits: defaultLimits })
  } catch (error) {
    if (error instanceof SeglError) return { ...nothing, flaw: 'An object cannot be read' }
    throw error
  }
  const valueEnd = input.position
  skipSpace(input)
  let stream: StreamExtent | undefined
  if (isDict(value) && takeKeyword(input, 'stream')) {
    stream = extentOf(value, input.position)
    if (stream === undefined) return { ...nothing, flaw: 'A stream has no end that all readers see' }
    input.position = stream.end
  }
  const after = input.position
  skipSpace(input)
  if (bytes.toString('latin1', input.position, input.position + 6) === 'endobj') {
    return { valueEnd, stream, end: input.position + 6, isClosed: true, flaw: undefined }
  }
  // The word endobj was left out: then what comes next must be a beginning.
  const begins =
    input.position >= next ||
    /^(xref|trailer|startxref|$)/.test(bytes.toString('latin1', input.position, input.position + 9))
  return {
    valueEnd,
    stream,
    end: Math.min(after, next),
    isClosed: false,
    flaw: begins ? undefined : 'An object is followed by something else',
  }
}

const inputAt = (bytes: Buffer, position: number): Input =>
  inputOf(bytes.subarray(0, Math.min(bytes.length, position + defaultLimits.objectBytes)), 0, true, position)

const valueAt = (bytes: Buffer, position: number): PdfObject =>
  readObject(inputAt(bytes, position), { limits: defaultLimits })

/** The places of a word, one after the other. */
function places(bytes: Buffer, word: string): { readonly next: number; take(): void } {
  const find = (from: number): number => {
    const at = bytes.indexOf(word, from)
    return at < 0 ? Number.POSITIVE_INFINITY : at
  }
  let next = find(0)
  return {
    get next() {
      return next
    },
    take() {
      next = find(next + word.length)
    },
  }
}

/** Whether a place between two objects lies in a comment; asked for places in rising order, each byte is looked at once. */
function commentsIn(bytes: Buffer): (from: number, to: number) => boolean {
  let position = 0
  let inside = false
  return (from, to) => {
    if (from > position) {
      position = from
      inside = false
    }
    for (; position < to; position += 1) {
      const byte = bytes[position]
      if (byte === 10 || byte === 13) inside = false
      else if (byte === 0x25) inside = true
    }
    return inside
  }
}

function trailersOf(bytes: Buffer, definitions: readonly Definition[]): PdfDict[] {
  const found: PdfDict[] = []
  let index = 0
  for (let at = bytes.indexOf('trailer'); at >= 0; at = bytes.indexOf('trailer', at + 7)) {
    while ((definitions[index]?.end ?? Number.POSITIVE_INFINITY) <= at) index += 1
    if ((definitions[index]?.start ?? Number.POSITIVE_INFINITY) < at) continue
    if (found.length === defaultLimits.sections) throw flawed('It has too many trailers', at)
    const trailer = dictAt(bytes, at + 7)
    if (trailer === undefined) throw flawed('A trailer cannot be read', at)
    found.push(trailer)
  }
  return found
}

function dictAt(bytes: Buffer, position: number): PdfDict | undefined {
  try {
    const value = valueAt(bytes, position)
    return isDict(value) ? value : undefined
  } catch (error) {
    if (error instanceof SeglError) return undefined
    throw error
  }
}

// Reads the objects of an opened file when they are asked for, with small caches whose size does not depend on the file.

import { SeglError } from '../../errors.ts'
import type { ByteSource } from './byte-source.ts'
import { type Limits, type PdfFile, placeOf, type XrefEntries } from './file.ts'
import { decodeStream } from './filter.ts'
import { inputOf, malformed, skipSpace, takeInteger, takeKeyword } from './lexer.ts'
import { isDict, isRef, isStream, nameOf, type PdfDict, type PdfObject, type PdfRef, type PdfStream } from './object.ts'
import { readIndirectObject, readObject } from './parser.ts'
import { parseAt, windowOn } from './window.ts'

const cachedObjects = 2048
const cachedObjectBytes = 16 << 10
/** Of objects that are read in a row, fewer: those that live longer cost the collector of garbage more than reading them again. */
const cachedInPassing = 384
/** Larger objects are kept as well, as long as all of them together stay below this. */
const cachedLargeBytes = 4 << 20
const cachedContainerBytes = 32 << 20
/** Data that come out of a filter cost less than bytes that are parsed. */
const decodedPerParsed = 4
/** A reference that leads to a reference that leads … */
const longestChain = 16

/** The decoded data of an object stream and where its objects begin. */
type Container = {
  readonly data: Uint8Array
  readonly numbers: readonly number[]
  readonly starts: readonly number[]
  readonly offset: number
}

/** A value, how many bytes it takes where it is written, and where the object ends in the file (nowhere of its own in a stream). */
type Read = { readonly value: PdfObject; readonly bytes: number; readonly end: number }

/** The part of PdfFile that reads objects. */
export type ObjectReader = Pick<PdfFile, 'get' | 'resolve' | 'decode' | 'each'>

export function objectReader(source: ByteSource, xref: XrefEntries, limits: Limits): ObjectReader {
  const window = windowOn(source)
  const objects = new Map<number, Read>()
  const containers = new Map<number, Container>()
  const lengthsBeingRead = new Set<number>()
  let containerBytes = 0
  const large = new Map<number, Read>()
  let largeBytes = 0
  let work = limits.work + 16 * source.size

  /** The same large object can be asked for again and again: what that costs in all has a bound. */
  const spend = (bytes: number, offset: number): void => {
    work -= bytes
    if (work >= 0) return
    throw new SeglError('TOO_COMPLEX', `The PDF takes too much work to read (byte ${offset}).`, { offset })
  }

  const remember = (number: number, read: Read): void => {
    const { bytes } = read
    if (bytes <= cachedObjectBytes) {
      if (objects.size >= cachedObjects) objects.clear()
      objects.set(number, read)
    } else if (bytes <= cachedLargeBytes) {
      if (largeBytes + bytes > cachedLargeBytes) {
        large.clear()
        largeBytes = 0
      }
      large.set(number, read)
      largeBytes += bytes
    }
  }

  const get = (reference: PdfRef): PdfObject => {
    const entry = xref.get(reference.number)
    if (entry === undefined || entry.type === 'free') return null
    const generation = entry.type === 'offset' ? entry.generation : 0
    // A reference with another generation refers to nothing (ISO 32000-2, 7.3.10).
    if (generation !== reference.generation) return null
    const cached = objects.get(reference.number) ?? large.get(reference.number)
    if (cached !== undefined) return cached.value
    const read =
      entry.type === 'offset'
        ? readAt(entry.offset, reference.number, generation)
        : readFrom(entry.container, entry.index, reference.number)
    remember(reference.number, read)
    return read.value
  }

  const resolve = (value: PdfObject | undefined): PdfObject => {
    let current = value ?? null
    for (let step = 0; isRef(current); step += 1) {
      if (step === longestChain)
        throw malformed('References lead to references without end', placeOf({ xref }, value) ?? 0)
      current = get(current)
    }
    return current
  }

  const readAt = (offset: number, number: number, generation: number): Read => {
    if (offset >= source.size) {
      throw new SeglError('TRUNCATED', `Object ${number} lies after the end of the PDF (byte ${source.size}).`, {
        offset: source.size,
      })
    }
    const found = parseAt(window, offset, limits.objectBytes, (input) => {
      skipSpace(input)
      return readIndirectObject(input, { limits })
    })
    if (found.number !== number || found.generation !== generation) {
      throw malformed(`Object ${number} is not where the cross-reference says`, offset)
    }
    const { value, streamStart, end } = found
    spend(end - offset, offset)
    if (streamStart === undefined || !isDict(value)) return { value, bytes: end - offset, end }
    const stream = readStream(value, number, streamStart)
    return { value: stream, bytes: end - offset, end: streamStart + stream.length }
  }

  const readStream = (streamDict: PdfDict, number: number, start: number): PdfStream => {
    if (lengthsBeingRead.has(number)) throw malformed('The length of a stream depends on itself', start)
    lengthsBeingRead.add(number)
    const length = resolve(streamDict.get('Length'))
    lengthsBeingRead.delete(number)
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 0) {
      throw malformed('A stream does not say its length', start)
    }
    if (start + length > source.size) {
      throw new SeglError('TRUNCATED', `The PDF ends inside a stream (byte ${source.size}). Upload it again.`, {
        offset: source.size,
      })
    }
    const closed = parseAt(window, start + length, 1024, (input) => {
      skipSpace(input)
      return takeKeyword(input, 'endstream')
    })
    if (!closed) throw malformed('A stream does not end where its /Length says', start + length)
    return { kind: 'stream', dict: streamDict, start, length }
  }

  const readFrom = (container: number, index: number, number: number): Read => {
    const { data, numbers, starts, offset } = openContainer(container)
    const start = starts[index]
    if (numbers[index] !== number || start === undefined) {
      throw malformed(`Object ${number} is not in the object stream that the cross-reference names`, offset)
    }
    const input = inputOf(data.subarray(start, starts[index + 1]), offset, true)
    const value = readObject(input, { limits })
    spend(input.position, offset)
    return { value, bytes: input.position, end: 0 }
  }

  const openContainer = (number: number): Container => {
    const known = containers.get(number)
    if (known !== undefined) return known
    const entry = xref.get(number)
    if (entry === undefined || entry.type !== 'offset') throw malformed(`The object stream ${number} does not exist`, 0)
    const { value } = readAt(entry.offset, number, entry.generation)
    if (!isStream(value) || nameOf(value.dict.get('Type')) !== 'ObjStm') {
      throw malformed(`Object ${number} is no object stream`, entry.offset)
    }
    const opened = { ...readContainer(decode(value), value, resolve, entry.offset), offset: entry.offset }
    if (containerBytes + opened.data.length > cachedContainerBytes) {
      containers.clear()
      containerBytes = 0
    }
    containers.set(number, opened)
    containerBytes += opened.data.length
    return opened
  }

  const decode = (value: PdfObject): Uint8Array => {
    if (!isStream(value)) throw malformed('A stream is missing', 0)
    if (value.length > limits.inflatedBytes) {
      throw new SeglError('TOO_COMPLEX', `A stream is larger than ${limits.inflatedBytes} bytes.`, {
        offset: value.start,
      })
    }
    const data = source.read(value.start, value.length)
    const decoded = decodeStream(value.dict, data, resolve, limits.inflatedBytes, value.start)
    spend(Math.ceil(decoded.length / decodedPerParsed), value.start)
    return decoded
  }

  /** What was read already is not read again, and the first objects are kept for whoever asks for them later. */
  const once = (number: number, read: () => Read): Read => {
    const cached = objects.get(number) ?? large.get(number)
    if (cached !== undefined) return cached
    const fresh = read()
    if (fresh.bytes <= cachedObjectBytes && objects.size < cachedInPassing) objects.set(number, fresh)
    return fresh
  }

  const each = (visit: (reference: PdfRef, value: PdfObject, offset: number) => void): void => {
    const { own, packed } = inOrder(xref)
    let last = 0
    for (const number of own) {
      const entry = xref.get(number)
      if (entry?.type !== 'offset') continue
      if (entry.offset < last) throw malformed(`Object ${number} lies inside another object`, entry.offset)
      const { value, end } = once(number, () => readAt(entry.offset, number, entry.generation))
      last = end
      visit({ kind: 'ref', number, generation: entry.generation }, value, entry.offset)
    }
    let inflated = 0
    let open = -1
    for (const number of packed) {
      const entry = xref.get(number)
      if (entry?.type !== 'compressed') continue
      const { data, offset } = openContainer(entry.container)
      if (entry.container !== open) inflated += data.length
      open = entry.container
      if (inflated > limits.inflatedBytes + 100 * source.size) {
        throw new SeglError('TOO_COMPLEX', 'The object streams of the PDF inflate to too many bytes.', { offset })
      }
      const { value } = once(number, () => readFrom(entry.container, entry.index, number))
      visit({ kind: 'ref', number, generation: 0 }, value, offset)
    }
  }

  return { get, resolve, decode, each }
}

/** Numbers of the objects in use, in the order in which they lie in the file: those of their own, and those in object streams. */
function inOrder(xref: XrefEntries): { readonly own: Uint32Array; readonly packed: Uint32Array } {
  const [own, packed] = [collectPlaces(xref.count), collectPlaces(xref.count)]
  xref.each((number, entry) => {
    if (entry.type === 'offset') own.add(number, entry.offset)
    // Container and index as one number: they are below 2^23 and 2^26.
    else if (entry.type === 'compressed') packed.add(number, entry.container * 2 ** 26 + entry.index)
  })
  return { own: own.finish(), packed: packed.finish() }
}

/** Most files have their objects in the order of their numbers, so nothing is sorted. */
function collectPlaces(most: number) {
  let numbers = new Uint32Array(0)
  let places = new Float64Array(0)
  let count = 0
  let sorted = true
  return {
    add(number: number, place: number): void {
      if (count === 0) {
        numbers = new Uint32Array(most)
        places = new Float64Array(most)
      } else if (place < (places[count - 1] ?? 0)) sorted = false
      numbers[count] = number
      places[count] = place
      count += 1
    },
    finish(): Uint32Array {
      if (sorted) return numbers.subarray(0, count)
      const order = Uint32Array.from({ length: count }, (_, index) => index)
      order.sort((a, b) => (places[a] ?? 0) - (places[b] ?? 0))
      return order.map((index) => numbers[index] ?? 0)
    },
  }
}

/** The table at the head of an object stream (ISO 32000-2, 7.5.7). */
function readContainer(
  data: Uint8Array,
  stream: PdfStream,
  resolve: PdfFile['resolve'],
  offset: number,
): Omit<Container, 'offset'> {
  const count = resolve(stream.dict.get('N'))
  const first = resolve(stream.dict.get('First'))
  const wrong = () => malformed('An object stream has a wrong table', offset)
  if (typeof count !== 'number' || typeof first !== 'number' || count < 0 || first < 0 || first > data.length)
    throw wrong()
  const input = inputOf(data.subarray(0, first), offset, true)
  const numbers: number[] = []
  const starts: number[] = []
  for (let index = 0; index < count; index += 1) {
    skipSpace(input)
    const number = takeInteger(input)
    skipSpace(input)
    const start = takeInteger(input)
    if (number === undefined || start === undefined || first + start >= data.length) throw wrong()
    // "The offsets shall be in increasing order" (ISO 32000-2, 7.5.7): then no object is read twice.
    if (first + start <= (starts.at(-1) ?? -1)) throw wrong()
    numbers.push(number)
    starts.push(first + start)
  }
  return { data, numbers, starts }
}

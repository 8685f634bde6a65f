// All that a file could mean by an object number: every definition of it, in the bytes or in an object stream.
import { SeglError } from '../errors.ts'
import {
  decodeStream,
  defaultLimits,
  inputOf,
  isDict,
  isRef,
  nameOf,
  type PdfDict,
  type PdfObject,
  readObject,
  skipSpace,
  takeInteger,
} from '../kernel/pdf/index.ts'
import { type Definition, flawed, type Scan } from './definitions.ts'

/** An object in an object stream (ISO 32000-2, 7.5.7). */
export type Compressed = {
  readonly number: number
  readonly container: Definition
  readonly bytes: Uint8Array
}
export type Candidate = Definition | Compressed
export const isCompressed = (candidate: Candidate): candidate is Compressed => 'container' in candidate

/** By number, each list in the order of the bytes. */
export type Candidates = ReadonlyMap<number, readonly Candidate[]>

/** Every definition of each number, in the order of the bytes. */
export function candidatesOf(scanned: Scan): Candidates {
  const found = new Map<number, Candidate[]>()
  const add = (candidate: Candidate): void => {
    const list = found.get(candidate.number)
    if (list === undefined) found.set(candidate.number, [candidate])
    else list.push(candidate)
  }
  const last = new Map(scanned.definitions.map((one) => [one.number, one]))
  let room = defaultLimits.inflatedBytes
  for (const definition of scanned.definitions) {
    add(definition)
    if (definition.flaw !== undefined || definition.stream === undefined) continue
    const dict = scanned.value(definition)
    if (!isDict(dict) || nameOf(dict.get('Type')) !== 'ObjStm') continue
    try {
      const members = membersOf(scanned, definition, dict, last, room)
      room -= members.inflated
      for (const member of members.list) add(member)
    } catch (error) {
      // What cannot be opened holds nothing: a reference into it then has no object.
      if (!(error instanceof SeglError) || error.code === 'TOO_COMPLEX') throw error
    }
  }
  return found
}

function membersOf(
  scanned: Scan,
  container: Definition,
  dict: PdfDict,
  last: ReadonlyMap<number, Definition>,
  room: number,
): { list: Compressed[]; inflated: number } {
  const { start = 0, length = 0 } = container.stream ?? {}
  const number = (value: PdfObject | undefined): PdfObject => {
    if (!isRef(value)) return value ?? null
    const target = last.get(value.number)
    return target === undefined || target.flaw !== undefined ? null : scanned.value(target)
  }
  const data = decodeStream(dict, scanned.bytes.subarray(start, start + length), number, room, start)
  const [count, first] = [number(dict.get('N')), number(dict.get('First'))]
  if (typeof count !== 'number' || typeof first !== 'number') throw flawed('An object stream has no table', start)
  const input = inputOf(data.subarray(0, first), 0, true)
  const places: (readonly [number, number])[] = []
  for (let index = 0; index < count; index += 1) {
    skipSpace(input)
    const member = takeInteger(input)
    skipSpace(input)
    const at = takeInteger(input)
    if (member === undefined || at === undefined || first + at >= data.length)
      throw flawed('An object stream has a wrong table', start)
    if (first + at <= (places.at(-1)?.[1] ?? -1)) throw flawed('An object stream has a wrong table', start)
    places.push([member, first + at])
  }
  const list = places.map(([member, at], index) => ({
    number: member,
    container,
    bytes: data.subarray(at, places[index + 1]?.[1]),
  }))
  return { list, inflated: data.length }
}

export function valueIn(scanned: Scan, candidate: Candidate): PdfObject {
  if (!isCompressed(candidate)) return scanned.value(candidate)
  return readObject(inputOf(candidate.bytes, 0, true), { limits: defaultLimits })
}

function contentOf(scanned: Scan, candidate: Candidate): Uint8Array {
  if (isCompressed(candidate)) return candidate.bytes
  return scanned.bytes.subarray(candidate.body, candidate.stream?.end ?? candidate.valueEnd)
}

export const sameContent = (scanned: Scan, one: Candidate, other: Candidate): boolean =>
  one === other || Buffer.compare(contentOf(scanned, one), contentOf(scanned, other)) === 0

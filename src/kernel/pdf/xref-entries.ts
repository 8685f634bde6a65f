// Cross-reference entries in typed arrays, because a file may have millions of objects.

import { SeglError } from '../../errors.ts'
import type { XrefEntries, XrefEntry } from './file.ts'
import { malformed } from './lexer.ts'

const FREE = 1
const OFFSET = 2
const COMPRESSED = 3

/** Collects the entries of one section; object numbers usually rise, and each may come once. */
export type EntryCollector = {
  add(number: number, type: 'free' | 'offset' | 'compressed', second: number, third: number): void
  finish(): XrefEntries
}

/** `offset` is where the section lies, for messages. */
export function collectEntries(limit: number, offset: number): EntryCollector {
  let numbers = new Uint32Array(64)
  let types = new Uint8Array(64)
  let seconds = new Uint32Array(64)
  let thirds = new Uint32Array(64)
  let count = 0
  let sorted = true
  const grow = (): void => {
    const wider = (old: Uint32Array): Uint32Array<ArrayBuffer> => {
      const next = new Uint32Array(old.length * 2)
      next.set(old)
      return next
    }
    numbers = wider(numbers)
    seconds = wider(seconds)
    thirds = wider(thirds)
    const nextTypes = new Uint8Array(types.length * 2)
    nextTypes.set(types)
    types = nextTypes
  }
  return {
    add(number, type, second, third) {
      if (number > limit) {
        throw new SeglError('TOO_COMPLEX', `The PDF numbers its objects beyond ${limit} (byte ${offset}).`, { offset })
      }
      if (count === numbers.length) grow()
      if (count > 0 && number <= (numbers[count - 1] ?? 0)) sorted = false
      numbers[count] = number
      types[count] = type === 'free' ? FREE : type === 'offset' ? OFFSET : COMPRESSED
      seconds[count] = second
      thirds[count] = third
      count += 1
    },
    finish() {
      let order: Uint32Array | undefined
      if (!sorted) {
        order = Uint32Array.from({ length: count }, (_, index) => index)
        order.sort((a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0))
      }
      const pick = <T extends Uint32Array | Uint8Array>(values: T, target: T): T => {
        for (let index = 0; index < count; index += 1) target[index] = values[order?.[index] ?? index] ?? 0
        return target
      }
      const table = pick(numbers, new Uint32Array(count))
      for (let index = 1; index < count; index += 1) {
        if (table[index] === table[index - 1]) {
          throw malformed(`The cross-reference lists object ${table[index]} twice`, offset)
        }
      }
      return entriesOf(
        table,
        pick(types, new Uint8Array(count)),
        pick(seconds, new Uint32Array(count)),
        pick(thirds, new Uint32Array(count)),
      )
    },
  }
}

function entryOf(type: number | undefined, second: number, third: number): XrefEntry | undefined {
  if (type === FREE) return { type: 'free', generation: third }
  if (type === OFFSET) return { type: 'offset', offset: second, generation: third }
  if (type === COMPRESSED) return { type: 'compressed', container: second, index: third }
  return undefined
}

function entriesOf(numbers: Uint32Array, types: Uint8Array, seconds: Uint32Array, thirds: Uint32Array): XrefEntries {
  const at = (index: number): XrefEntry | undefined => entryOf(types[index], seconds[index] ?? 0, thirds[index] ?? 0)
  return {
    count: numbers.length,
    highest: numbers.at(-1) ?? -1,
    get(number) {
      let low = 0
      let high = numbers.length - 1
      while (low <= high) {
        const middle = (low + high) >> 1
        const found = numbers[middle] ?? 0
        if (found === number) return at(middle)
        if (found < number) low = middle + 1
        else high = middle - 1
      }
      return undefined
    },
    each(visit) {
      for (let index = 0; index < numbers.length; index += 1) {
        const entry = at(index)
        if (entry !== undefined) visit(numbers[index] ?? 0, entry)
      }
    },
  }
}

/** Layers on top of each other, the first one uppermost. */
export function mergeEntries(layers: readonly XrefEntries[]): XrefEntries {
  const [only] = layers
  if (layers.length === 1 && only !== undefined && only.highest === only.count - 1) return only
  const highest = layers.reduce((most, layer) => Math.max(most, layer.highest), -1)
  const types = new Uint8Array(highest + 1)
  const seconds = new Uint32Array(highest + 1)
  const thirds = new Uint32Array(highest + 1)
  let count = 0
  for (const layer of layers) {
    layer.each((number, entry) => {
      if (types[number] !== 0) return
      count += 1
      types[number] = entry.type === 'free' ? FREE : entry.type === 'offset' ? OFFSET : COMPRESSED
      seconds[number] = entry.type === 'free' ? 0 : entry.type === 'offset' ? entry.offset : entry.container
      thirds[number] = entry.type === 'compressed' ? entry.index : entry.generation
    })
  }
  return {
    count,
    highest,
    get: (number) => entryOf(types[number], seconds[number] ?? 0, thirds[number] ?? 0),
    each(visit) {
      for (let number = 0; number <= highest; number += 1) {
        const entry = entryOf(types[number], seconds[number] ?? 0, thirds[number] ?? 0)
        if (entry !== undefined) visit(number, entry)
      }
    },
  }
}

/**
 * The entries of a hybrid section: what the table has in use, then /XRefStm, then what the table calls free,
 * because hidden objects are free in the table (ISO 32000-2, 7.5.8.4).
 */
export function hybridEntries(table: XrefEntries, stream: XrefEntries, limit: number, offset: number): XrefEntries {
  const collector = collectEntries(limit, offset)
  const add = (number: number, entry: XrefEntry): void => {
    if (entry.type === 'free') collector.add(number, 'free', 0, entry.generation)
    else if (entry.type === 'offset') collector.add(number, 'offset', entry.offset, entry.generation)
    else collector.add(number, 'compressed', entry.container, entry.index)
  }
  table.each((number, entry) => {
    const hidden = entry.type === 'free' ? stream.get(number) : undefined
    add(number, hidden !== undefined && hidden.type !== 'free' ? hidden : entry)
  })
  stream.each((number, entry) => {
    if (table.get(number) === undefined) add(number, entry)
  })
  return collector.finish()
}

// A set of whole numbers as bits, because a file may mention millions of them; a megabyte holds all object numbers that there can be.

export type NumberSet = {
  /** Numbers that are negative, no whole numbers or above the bound are not kept: none of them is ever given away. */
  add(number: number): void
  has(number: number): boolean
  /** −1 when the set is empty. */
  readonly highest: number
}

export function numberSet(bound: number): NumberSet {
  let bits = new Uint8Array(64)
  let highest = -1
  return {
    add(number) {
      if (!Number.isInteger(number) || number < 0 || number > bound) return
      const byte = number >> 3
      if (byte >= bits.length) {
        const wider = new Uint8Array(Math.min((bound >> 3) + 1, Math.max(bits.length * 2, byte + 1)))
        wider.set(bits)
        bits = wider
      }
      bits[byte] = (bits[byte] ?? 0) | (1 << (number & 7))
      if (number > highest) highest = number
    },
    has: (number) => ((bits[number >> 3] ?? 0) & (1 << (number & 7))) !== 0,
    get highest() {
      return highest
    },
  }
}

/** Above the highest member is best; but where that lies far off, a gap will do that nothing is mentioned in. */
const farOff = 1 << 20

/**
 * The first of at least `room` numbers that follow each other from `from` on, none of them in the set, and none above `bound`;
 * undefined when there is no such place. Above every member, unless one is so high that files would become dear to read.
 */
export function firstUnused(set: NumberSet, from: number, room: number, bound: number): number | undefined {
  const above = Math.max(from, set.highest + 1)
  if (above - from <= farOff && above + room - 1 <= bound) return above
  let first = from
  for (let number = from; number < first + room; number += 1) {
    if (first + room - 1 > bound) return undefined
    if (set.has(number)) first = number + 1
  }
  return first
}

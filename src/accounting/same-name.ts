// Whether two ways to write a name mean the same person.
import { nameWords, sameWord } from './name-words.ts'

/** The first and the last word agree, in whatever spelling. */
function sameEnds(left: readonly string[], right: readonly string[]): boolean {
  const ends = [left[0], right[0], left.at(-1), right.at(-1)]
  const [first, otherFirst, last, otherLast] = ends
  if (first === undefined || otherFirst === undefined || last === undefined || otherLast === undefined) return false
  return sameWord(first, otherFirst) && sameWord(last, otherLast)
}

/**
 * Names agree when the first and the last given word are the same but for spelling: people leave out middle names, and
 * registers write them in another way.
 */
export const sameName = (a: string, b: string): boolean => sameEnds(nameWords(a), nameWords(b))

/**
 * Whether the name that a person proved is the one that somebody else gave for them: each given word is one of the proved words, and the
 * first and the last are the first and the last. Middle names may be left out, but none may be added.
 */
export function isNamed(given: string, proved: string): boolean {
  const [wanted, found] = [nameWords(given), [...nameWords(proved)]]
  if (!sameEnds(wanted, found)) return false
  return wanted.every((word) => {
    // A word that is given twice has to be there twice.
    const place = found.findIndex((other) => sameWord(word, other))
    if (place !== -1) found.splice(place, 1)
    return place !== -1
  })
}

/** The same words in the same order, each in whatever spelling. */
export function sameSpelling(a: string, b: string): boolean {
  const [left, right] = [nameWords(a), nameWords(b)]
  return left.length === right.length && left.every((word, index) => sameWord(word, right[index] ?? ''))
}

/** The same letters, but for case and spaces. */
export const sameLetters = (a: string, b: string): boolean => written(a) === written(b)

const written = (name: string): string => name.normalize('NFC').trim().replace(/\s+/gu, ' ').toLowerCase()

/** Not the same, but perhaps meant so: the first or the last word agrees, or a typing error or two lie between them. */
export function nearlySameName(a: string, b: string): boolean {
  const [left, right] = [nameWords(a), nameWords(b)]
  if (left.length === 0 || right.length === 0) return false
  const same = (one = '', other = '') => sameWord(one, other)
  return same(left[0], right[0]) || same(left.at(-1), right.at(-1)) || distance(left.join(' '), right.join(' ')) <= 2
}

/** Letters to add, leave out or change to make one text of the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}

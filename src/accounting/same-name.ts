// Whether two ways to write a name mean the same person.

/** Words of a name in small letters without diacritics; a hyphen parts words. */
const words = (name: string): readonly string[] =>
  name
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLocaleLowerCase('nb')
    .split(/[\s-]+/u)
    .filter((word) => word !== '')

/**
 * Names agree when the first and the last given word are the same but for case and diacritics: people leave out middle
 * names, and registers write them in another way.
 */
export function sameName(a: string, b: string): boolean {
  const [left, right] = [words(a), words(b)]
  return left.length > 0 && right.length > 0 && left[0] === right[0] && left.at(-1) === right.at(-1)
}

/** The same words in the same order. */
export const sameSpelling = (a: string, b: string): boolean => words(a).join(' ') === words(b).join(' ')

/** Not the same, but perhaps meant so: the first or the last word agrees, or a typing error or two lie between them. */
export function nearlySameName(a: string, b: string): boolean {
  const [left, right] = [words(a), words(b)]
  if (left.length === 0 || right.length === 0) return false
  return left[0] === right[0] || left.at(-1) === right.at(-1) || distance(left.join(' '), right.join(' ')) <= 2
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

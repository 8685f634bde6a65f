// Whether two ways to write a name mean the same person.

/**
 * Names agree when the first and the last given word are the same but for case and diacritics: people leave out middle
 * names, and registers write them in another way.
 */
export function sameName(a: string, b: string): boolean {
  const words = (name: string): string[] =>
    name
      .normalize('NFD')
      .replace(/\p{Diacritic}/gu, '')
      .toLocaleLowerCase('nb')
      .split(/[\s-]+/u)
      .filter((word) => word !== '')
  const [left, right] = [words(a), words(b)]
  return left.length > 0 && right.length > 0 && left[0] === right[0] && left.at(-1) === right.at(-1)
}

// The words of a name, and whether two words are one word in two spellings: registers, passports and keyboards write names differently.

/** Letters with a stroke or of their own, which no normalisation form takes apart (Sámi, Icelandic, Polish). */
const plain: Readonly<Record<string, string>> = {
  đ: 'd',
  ð: 'd',
  ŧ: 't',
  ǥ: 'g',
  ħ: 'h',
  ł: 'l',
  ı: 'i',
  ĸ: 'k',
  ʒ: 'z',
  ß: 'ss',
  þ: 'th',
  œ: 'oe',
}

/** Letters that are told apart as such, but may be written with others (ICAO Doc 9303-3, section 6: å as AA, æ as AE, ø as OE). */
const spellings: Readonly<Record<string, readonly string[]>> = {
  å: ['å', 'aa', 'a'],
  aa: ['aa', 'å'],
  a: ['a', 'å', 'ä'],
  æ: ['æ', 'ae', 'ä'],
  ae: ['ae', 'æ', 'ä'],
  ä: ['ä', 'æ', 'ae', 'a'],
  ø: ['ø', 'oe', 'o'],
  oe: ['oe', 'ø'],
  o: ['o', 'ø'],
  ŋ: ['ŋ', 'n', 'ng'],
  ng: ['ng', 'ŋ'],
  n: ['n', 'ŋ'],
}

const letters = /aa|ae|oe|ng|./gsu
const hyphens = /[\s\p{Dash_Punctuation}\u2212\u00b7]+/u
const unwritten = /[\p{Default_Ignorable_Code_Point}'’‘ʼʹ`´.,]/gu

/**
 * Words of a name in small letters. A hyphen parts words; apostrophes, full stops and commas are no part of one. Marks are left
 * out, but for those that make å, ä and ø (ö is read as ø) letters of their own.
 */
export const nameWords = (name: string): readonly string[] =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .split(hyphens)
    .map((word) => Array.from(word.replace(unwritten, ''), letter).join(''))
    .filter((word) => word !== '')

function letter(written: string): string {
  if (written === 'ö' || written === 'ǿ') return 'ø'
  if (written === 'ǽ') return 'æ'
  if (written === 'ǻ') return 'å'
  if (written in spellings) return written
  const bare = written.normalize('NFD').replace(/\p{Mark}/gu, '')
  return plain[bare] ?? bare
}

/** One word in two spellings: `Åse` and `Aase`, `Gáŋgaviika` and `Gangaviika`. */
export function sameWord(a: string, b: string): boolean {
  // Every place of `b` that some spelling of the letters so far leads to: no more work than the product of the lengths.
  let places = new Set([0])
  for (const one of a.match(letters) ?? []) {
    const next = new Set<number>()
    for (const place of places) {
      for (const spelling of spellings[one] ?? [one]) {
        if (b.startsWith(spelling, place)) next.add(place + spelling.length)
      }
    }
    if (next.size === 0) return false
    places = next
  }
  return places.has(b.length)
}

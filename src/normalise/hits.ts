// Every place of a file at which somebody could see the beginning of an object: `12 0 obj`, wherever it stands.
import { SeglError } from '../errors.ts'
import { isDigit, isRegular, isSpace } from '../kernel/pdf/index.ts'

export type Hit = {
  readonly number: number
  readonly generation: number
  /** Offset of the object's number. */
  readonly start: number
  /** Offset after the word `obj`. */
  readonly body: number
  /** Its words stand apart from what is around them, as ISO 32000-2, 7.2.3 wants. */
  readonly apart: boolean
}

/** More of them is no document. */
const mostHits = 1_000_000

export function hitsIn(bytes: Buffer): Hit[] {
  const hits: Hit[] = []
  for (let at = bytes.indexOf('obj'); at >= 0; at = bytes.indexOf('obj', at + 3)) {
    const generation = integerBefore(bytes, at)
    if (generation === undefined) continue
    const number = integerBefore(bytes, generation.start)
    if (number === undefined || number.start === 0 || number.end === generation.start) continue
    if (hits.length === mostHits) throw tooMany(at)
    hits.push({
      number: number.value,
      generation: generation.value,
      start: number.start,
      body: at + 3,
      apart: generation.end < at && !isRegular(bytes[number.start - 1]) && !isRegular(bytes[at + 3]),
    })
  }
  return hits
}

const tooMany = (offset: number): SeglError =>
  new SeglError('TOO_COMPLEX', `The PDF holds more than ${mostHits} objects. Export it again in a simpler form.`, {
    offset,
  })

/** The digits that stand before `position`, white space between them and it or not. */
function integerBefore(bytes: Buffer, position: number): { value: number; start: number; end: number } | undefined {
  let end = position
  while (end > 0 && isSpace(bytes[end - 1])) end -= 1
  let start = end
  while (start > 0 && isDigit(bytes[start - 1]) && end - start < 10) start -= 1
  return start === end ? undefined : { value: Number(bytes.toString('latin1', start, end)), start, end }
}

// Where the data of a stream end, when /Length may be wrong (ISO 32000-2, 7.3.8).
import { inputOf, type PdfDict, type PdfObject, skipSpace, takeKeyword } from '../kernel/pdf/index.ts'
import type { Hit } from './hits.ts'

export type StreamExtent = {
  readonly start: number
  readonly length: number
  /** Offset after the word `endstream`. */
  readonly end: number
}

/**
 * Undefined where readers differ: measured, PDFium and MuPDF end the data at `endstream` when /Length is wrong, and poppler goes on
 * into the next object when /Length reaches it.
 */
export function streamExtents(
  bytes: Buffer,
  hits: readonly Hit[],
  lengthOf: (value: PdfObject | undefined) => number | undefined,
): (dict: PdfDict, keywordEnd: number) => StreamExtent | undefined {
  const endWord = finder(bytes, 'endstream')
  const nextHit = hitAfter(hits)
  return (dict, keywordEnd) => {
    const start = dataStart(bytes, keywordEnd)
    const stated = lengthOf(dict.get('Length'))
    if (stated !== undefined && Number.isInteger(stated) && stated >= 0) {
      const input = inputOf(bytes, 0, true, Math.min(bytes.length, start + stated))
      skipSpace(input)
      if (takeKeyword(input, 'endstream')) return { start, length: stated, end: input.position }
    }
    const at = endWord(start)
    if (at === undefined) return undefined
    const end = at + 'endstream'.length
    const beyond = nextHit(end)
    if (nextHit(start) < at) return undefined
    if (stated !== undefined && start + stated > beyond && start + stated < bytes.length) return undefined
    if ((endWord(end) ?? Number.POSITIVE_INFINITY) < beyond) return undefined
    return { start, length: lineEndBefore(bytes, start, at) - start, end }
  }
}

/** After CR LF or LF; readers also take a CR alone, and blanks before the line end. */
function dataStart(bytes: Buffer, keywordEnd: number): number {
  let position = keywordEnd
  if (bytes[position] !== 10 && bytes[position] !== 13) {
    while (bytes[position] === 32 || bytes[position] === 9) position += 1
    if (bytes[position] !== 10 && bytes[position] !== 13) return keywordEnd
  }
  if (bytes[position] === 13) return position + (bytes[position + 1] === 10 ? 2 : 1)
  return position + 1
}

function lineEndBefore(bytes: Buffer, start: number, end: number): number {
  const last = bytes[end - 1]
  if (end > start + 1 && last === 10 && bytes[end - 2] === 13) return end - 2
  return end > start && (last === 10 || last === 13) ? end - 1 : end
}

/** The next place of a word, remembered: asking again before it costs nothing. */
function finder(bytes: Buffer, word: string): (from: number) => number | undefined {
  let [from, found] = [-1, -1]
  return (position) => {
    const known = from >= 0 && from <= position && (found < 0 || position <= found)
    if (!known) [from, found] = [position, bytes.indexOf(word, position)]
    return found < 0 ? undefined : found
  }
}

/** Start of the first hit at or after a place. */
function hitAfter(hits: readonly Hit[]): (position: number) => number {
  return (position) => {
    let [low, high] = [0, hits.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((hits[middle]?.start ?? 0) < position) low = middle + 1
      else high = middle
    }
    return hits[low]?.start ?? Number.POSITIVE_INFINITY
  }
}

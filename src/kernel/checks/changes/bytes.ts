// Bytes of a revision that belong to none of its objects: readers that repair files might find another document in them.
import { SeglError } from '../../../errors.ts'
import { changedObjects, extentOf, type PdfFile, type Revision } from '../../pdf/index.ts'

const longestGap = 64 << 10

/** Why the revision is more than its objects and its cross-reference; empty when it is not. */
export function looseBytes(after: PdfFile, previous: Revision, revision: Revision): readonly string[] {
  const extents: (readonly [number, number])[] = revision.sections.map(({ offset, end }) => [offset, end])
  for (const { number, entry } of changedObjects(revision)) {
    if (entry.type !== 'offset' || entry.offset < previous.eof || entry.offset >= revision.end) continue
    try {
      const extent = extentOf(after, number)
      if (extent) extents.push(extent)
    } catch (error) {
      if (!(error instanceof SeglError)) throw error
      return [`object ${number} cannot be read`]
    }
  }
  let at = previous.eof
  for (const [start, end] of extents.sort((a, b) => a[0] - b[0])) {
    const isHarmless = at === previous.eof ? isWithoutStructure : isBlank
    if (start > at && !isHarmless(textAt(after, at, start))) {
      return [`the bytes from ${at} to ${start} belong to no object of it`]
    }
    at = Math.max(at, end)
  }
  return []
}

/** Undefined for more than would be looked at. */
const textAt = ({ source }: PdfFile, from: number, to: number): string | undefined =>
  to - from > longestGap ? undefined : Buffer.from(source.read(from, to - from)).toString('latin1')

/** White space and comments, as long as no reader could take them for objects. */
function isBlank(text: string | undefined): boolean {
  if (text === undefined || !isWithoutStructure(text)) return false
  return (
    text
      .replace(/%[^\r\n]*/g, '')
      .replaceAll('\0', ' ')
      .trim() === ''
  )
}

/**
 * What a portal or a mail program left behind the end of the file, before somebody went on: whatever it says, it is no part of a
 * document. The words are those by which readers look for one when they repair a file (poppler, mupdf, pdf.js, PDFium), also
 * where other letters follow them.
 */
export const isWithoutStructure = (text: string | undefined): boolean =>
  text !== undefined && !/\bobj\b|\d[\s\0]*obj|endobj|stream|xref|trailer|%%EOF|%PDF-/i.test(text)

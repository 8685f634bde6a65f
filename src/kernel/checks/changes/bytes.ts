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
    if (start > at && !isBlank(after, at, start)) return [`the bytes from ${at} to ${start} belong to no object of it`]
    at = Math.max(at, end)
  }
  return []
}

/** White space and comments, as long as no reader could take them for objects. */
function isBlank({ source }: PdfFile, from: number, to: number): boolean {
  if (to - from > longestGap) return false
  const text = Buffer.from(source.read(from, to - from)).toString('latin1')
  return (
    text
      .replace(/%[^\r\n]*/g, '')
      .replaceAll('\0', ' ')
      .trim() === '' && !/\bobj\b|\bxref\b|\btrailer\b/.test(text)
  )
}

// The revisions of a file: where each one ends, what it changed, and the file as it stood then.

import type { PdfFile, XrefEntry, XrefKind, XrefSection } from './file.ts'
import { malformed } from './lexer.ts'
import { earlierFile, revisionEnd } from './open.ts'

export type Revision = {
  /** 0 is the oldest. */
  readonly index: number
  /** Bytes in the file when this was its newest revision: after `%%EOF` and its line end. */
  readonly end: number
  /** Byte offset after its `%%EOF`, without the line end. */
  readonly eof: number
  /** Byte offset of the section that the revision's `startxref` names. */
  readonly startxref: number
  readonly kind: XrefKind
  /** The revision's own sections, newest first (two in a linearized file). */
  readonly sections: readonly XrefSection[]
}

/**
 * Revisions, oldest first. A section that lies before the one its /Prev names belongs to the same revision (linearized).
 * MALFORMED_PDF when a section is not followed by its own `startxref` and `%%EOF`, or when revisions do not follow each other.
 */
export function revisions(file: PdfFile): Revision[] {
  const groups: XrefSection[][] = []
  for (const section of file.sections) {
    const group = groups.at(-1)
    const newer = group?.at(-1)
    if (group !== undefined && newer !== undefined && newer.offset < section.offset) group.push(section)
    else groups.push([section])
  }
  const result: Revision[] = []
  for (const sections of groups.reverse()) {
    const newest = sections[0]
    const last = sections.reduce((a, b) => (a.end > b.end ? a : b))
    if (newest === undefined) continue
    const tail = revisionEnd(file, last.end)
    if (tail === undefined) throw malformed('A revision is not closed by startxref and %%EOF', last.end)
    if (tail.startxref + file.offsetBase !== newest.offset) {
      throw malformed('The startxref of a revision names another section', last.end)
    }
    const previousEnd = result.at(-1)?.end ?? 0
    if (newest.offset < previousEnd || tail.end <= previousEnd) {
      throw malformed('The revisions of the file overlap', newest.offset)
    }
    result.push({
      index: result.length,
      end: tail.end,
      eof: tail.eof,
      startxref: newest.offset,
      kind: newest.kind,
      sections,
    })
  }
  return result
}

/** The file as it stood at `revision` (its bytes end there, later objects do not exist). */
export function fileAt(file: PdfFile, revision: Revision): PdfFile {
  const newest = revision.sections[0]
  const from = newest === undefined ? 0 : file.sections.indexOf(newest)
  return earlierFile(file, file.sections.slice(from), revision.end)
}

export type ChangedObject = { readonly number: number; readonly entry: XrefEntry }

/** What the revision's cross-reference lists: new, replaced and freed objects, in order of number. */
export function changedObjects(revision: Revision): ChangedObject[] {
  const changed = new Map<number, XrefEntry>()
  for (const section of revision.sections) {
    section.entries.each((number, entry) => {
      if (!changed.has(number)) changed.set(number, entry)
    })
  }
  return [...changed].sort(([a], [b]) => a - b).map(([number, entry]) => ({ number, entry }))
}

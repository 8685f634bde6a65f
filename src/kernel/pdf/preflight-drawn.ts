// What pages draw through references that lead nowhere although an object of that number lies in the file, and streams that nobody knows
// how to decode: readers differ in what they show.

import { type PdfFile, placeNear, placeOf } from './file.ts'
import { type PdfRef, ref } from './object.ts'
import { drawnValues } from './page-content.ts'
import { pagesOf } from './page-tree.ts'
import { holding, type Seen, walk } from './preflight-objects.ts'
import { type Finding, refusal } from './preflight-report.ts'

const mostTargets = 10_000
const searchStep = 4 << 20
/** Longer than the longest head of an object. */
const overlap = 64

export function drawnFindings(file: PdfFile, seen: Seen): Finding[] {
  if ((seen.any & (holding.LEADS_NOWHERE | holding.UNKNOWN_FILTER)) === 0) return []
  const targets = new Map<number, { readonly target: PdfRef; readonly owner: number }>()
  let undecodable: number | undefined
  walk(
    file,
    seen,
    {
      wanted: holding.UNKNOWN_FILTER,
      found: (number) => {
        undecodable ??= number
      },
      lost: (target, owner) => {
        if (targets.size < mostTargets && !targets.has(target.number)) targets.set(target.number, { target, owner })
      },
    },
    drawn(file),
  )
  const findings: Finding[] = []
  const there = targets.size === 0 ? undefined : firstInFile(file, new Set(targets.keys()))
  if (there !== undefined) {
    const detail =
      `A page uses the object ${there.number}, which lies in the file (byte ${there.offset}) but not in its cross-reference: some ` +
      'readers show it, others do not. Export the PDF again.'
    findings.push(refusal('CONTENT_AMBIGUOUS', detail, there.offset))
  }
  if (undecodable !== undefined) {
    const detail = 'A page uses a stream with a filter that not every reader knows. Export the PDF again.'
    findings.push(refusal('CONTENT_AMBIGUOUS', detail, placeOf(file, ref(undecodable)) ?? placeNear(file)))
  }
  return findings
}

function* drawn(file: PdfFile) {
  for (const page of pagesOf(file)) yield* drawnValues(file, page)
}

/** Where the first object with one of these numbers begins, whatever the cross-reference says. */
function firstInFile(file: PdfFile, numbers: ReadonlySet<number>): { number: number; offset: number } | undefined {
  const head = /(?<![0-9])(\d{1,10})[\0\t\n\f\r ]+\d{1,5}[\0\t\n\f\r ]+obj(?![A-Za-z0-9])/g
  for (let from = 0; from < file.source.size; from += searchStep) {
    const length = Math.min(searchStep + overlap, file.source.size - from)
    const text = Buffer.from(file.source.read(from, length)).toString('latin1')
    for (const match of text.matchAll(head)) {
      const number = Number(match[1])
      if (numbers.has(number)) return { number, offset: from + match.index }
    }
  }
  return undefined
}

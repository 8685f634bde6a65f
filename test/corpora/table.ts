// What a corpora run says at its end: outcomes by code, and what has become of each outcome of another build.
import { type FileRecord, outcomeOf } from './record.ts'

const excused = ['FORM_FIELDS', 'XFA', 'JAVASCRIPT', 'ENCRYPTED']

export function summary(records: readonly FileRecord[], list: boolean): string {
  const by = grouped(records, outcomeOf)
  const rows = [...by].sort(([, a], [, b]) => b.length - a.length)
  const signedBefore = records.filter(({ earlier }) => earlier > 0)
  const lines = [
    `${records.length} files, ${new Set(records.map(({ producer }) => producer)).size} producers, ${signedBefore.length} signed by others`,
    ...rows.map(([outcome, of]) => {
      const earlier = of.filter(({ earlier }) => earlier > 0).length
      return `${String(of.length).padStart(6)}  ${outcome}${earlier > 0 ? ` (${earlier} signed by others)` : ''}`
    }),
  ]
  const plain = plainOf(records)
  if (records.some(({ quiet }) => quiet !== null)) {
    lines.push(
      `${plain.all.length} that qpdf, poppler and PDFium open without a word, without form, script or encryption: ${plain.refused.length} refused`,
    )
    for (const { file, refused } of plain.refused) lines.push(`    ${refused?.code} ${file}: ${refused?.detail}`)
  }
  const notable = (record: FileRecord) => list || (record.verdict !== null && record.verdict !== 'PASSED')
  for (const record of records.filter(notable)) {
    lines.push(`${outcomeOf(record)}: ${record.file}${record.refused ? ` (${record.refused.detail})` : ''}`)
    for (const line of record.failed.slice(0, 4)) lines.push(`    ${line}`)
  }
  return lines.join('\n')
}

/** Files that three readers open without a word and that have no form, script or encryption, and those of them that are refused. */
export function plainOf(records: readonly FileRecord[]) {
  const all = records.filter(
    ({ quiet, findings }) => quiet === true && !findings.some((code) => excused.includes(code)),
  )
  return { all, refused: all.filter(({ refused }) => refused !== null) }
}

/** Outcome of the other build → outcome of this one, how often; only where they differ. */
export function comparison(records: readonly FileRecord[], against: readonly FileRecord[]): string {
  const before = new Map(against.map((record) => [record.sha256, outcomeOf(record)]))
  const changed = records.flatMap((record) => {
    const was = before.get(record.sha256)
    return was === undefined || was === outcomeOf(record) ? [] : [`${was} -> ${outcomeOf(record)}`]
  })
  const rows = [...grouped(changed, (line) => line)].sort(([, a], [, b]) => b.length - a.length)
  return [
    `${changed.length} files end otherwise than in the other build`,
    ...rows.map(([line, of]) => `${String(of.length).padStart(6)}  ${line}`),
  ].join('\n')
}

export function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return groups
}

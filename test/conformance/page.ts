// docs/conformance.md as text: what was expected of each level by each judge, how often it was so, and every file by itself.
import { type Cell, judges } from './expected.ts'
import { levels, type Wanted } from './files.ts'

export type Judged = {
  readonly producer: string
  readonly wanted: Wanted
  /** Days after signing at which pyHanko and EU DSS were asked. */
  readonly days: readonly number[]
  readonly cells: readonly Cell[]
}

export const isAsExpected = ({ expected, seen }: Cell): boolean => expected === seen
const plain = (text: string) => text.replace(/^\d+ /, '')

export function page(
  judged: readonly Judged[],
  about: { readonly began: Date; readonly pairwise: boolean; readonly complete: boolean; readonly product: number },
): string {
  const sum = judged.flatMap(({ cells }) => cells)
  const good = sum.filter(isAsExpected).length
  const byLevel = levels.map((level) => {
    const own = judged.filter(({ wanted }) => wanted.level === level).flatMap(({ cells }) => cells)
    const words = judges.map((judge) => {
      const these = own.filter((cell) => cell.judge === judge)
      const expected = [...new Set(these.map((cell) => plain(cell.expected)))].join(' / ')
      return these.length === 0 ? '–' : `${expected} (${these.filter(isAsExpected).length}/${these.length})`
    })
    return row([level, ...words])
  })
  const files = judged.map(({ producer, wanted, days, cells }) => {
    const { kind, digest, level, signers } = wanted
    const words = judges.map((judge) => {
      const cell = cells.find((one) => one.judge === judge)
      if (cell === undefined) return '–'
      return isAsExpected(cell) ? '✓' : `**${cell.seen.replaceAll('|', '/').slice(0, 300)}**`
    })
    return row([producer, kind, digest, level, String(signers), days.map((day) => `+${day}`).join(' '), ...words])
  })
  const kind = about.pairwise
    ? 'every pair of values, and twelve signers at the two highest levels'
    : 'the full product'
  const part = about.complete ? '' : ' Only its first rows were judged in this run.'
  return `# Conformance

Written by \`npm run conformance${about.pairwise ? ' -- --pairwise' : ''}\` on ${about.began.toISOString().slice(0, 16)}Z: ${judged.length} files (${kind}; the
full product has ${about.product}).${part} **${good} of ${sum.length} cells are as expected.** Do not edit by hand.

A cell is as expected when the judge says exactly what it should say of a file of that level: also a verdict that is better than
it can be is a finding. pyHanko and EU DSS judge offline, from the file and the root alone, at a validation time so many days after
signing (signed today; “renewed twice”: signed 800 days ago, renewed 400 days ago by another TSA, and today). \`openssl cms\` judges
at the time of signing, because it knows no time-stamps. Expectations: \`test/conformance/expected.ts\`.

## Expected by level, and how often it was seen

${table(['level', ...judges], byLevel)}

## Every file

${table(['producer', 'key', 'digest', 'level', 'signers', 'days', ...judges], files)}
`
}

const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly string[]) =>
  [row(head), row(head.map(() => '---')), ...rows].join('\n')

// docs/conformance.md as text: what was expected of each level by each judge, how often it was so, and where it was not.
import { type Cell, judges } from './expected.ts'
import { levels, type Wanted } from './files.ts'

export type Judged = {
  readonly producer: string
  readonly wanted: Wanted
  readonly cells: readonly Cell[]
  /** The day on which the judges were asked (ISO 8601): a full run goes over several. */
  readonly on?: string
}

export type About = {
  readonly began: Date
  readonly full: boolean
  /** How many files were to be judged, and how many a full run judges. */
  readonly wanted: number
  readonly everything: number
}

export const isAsExpected = ({ expected, seen }: Cell): boolean => expected === seen
const plain = (text: string) => text.replace(/\b\d+ (?=\S)/g, '').replaceAll('|', '/')
const good = (cells: readonly Cell[]) => cells.filter(isAsExpected).length

const intro = `# Conformance

Do not edit by hand. A cell is as expected when the judge says exactly what it should say of a file of that level: also a verdict
that is better than it can be is a finding. Expectations: \`test/conformance/expected.ts\`.

Every file is judged **now, 2 days and 400 days later**: pyHanko and EU DSS offline, from the file and the root alone, at these three
validation times (all three must say the same), and \`openssl ts\` with \`-attime\`. “Renewed twice” was signed 800 days ago, renewed
400 days ago by another TSA, and today, and is judged at the same three times, so up to 1200 days after signing. \`openssl cms -cades\`
knows no time-stamps: it judges at the time of signing, and must refuse every person's certificate, which lives an hour, 2 days later.
\`openssl ocsp\` judges every answer in the security store by a clock moved (\`faketime\`) to when it was given. pdfsig, qpdf, cmp and
veraPDF are asked what does not depend on time. EU DSS compares objects of all revisions, in the pairwise run drawn pages too.
`

const marks = {
  pairwise: ['<!-- pairwise -->', '<!-- end of pairwise -->'],
  full: ['<!-- full -->', '<!-- end of full -->'],
} as const

/** The page with one of its two sections written anew. */
export function withSection(page: string, text: string, full: boolean): string {
  const kept = (name: 'pairwise' | 'full') => {
    const [first, last] = marks[name]
    const [from, to] = [page.indexOf(first), page.indexOf(last)]
    return from < 0 || to < 0 ? '' : page.slice(from + first.length, to).trim()
  }
  const texts = { pairwise: full ? kept('pairwise') : text, full: full ? text : kept('full') }
  const written = (['pairwise', 'full'] as const).filter((name) => texts[name] !== '')
  return [intro, ...written.map((name) => `${marks[name][0]}\n\n${texts[name].trim()}\n\n${marks[name][1]}\n`)].join(
    '\n',
  )
}

/** One run as text. */
export function section(judged: readonly Judged[], about: About): string {
  const every = judged.flatMap(({ cells }) => cells)
  const date = `${about.began.toISOString().slice(0, 16)}Z`
  const command = `npm run conformance${about.full ? ' -- --full' : ''}`
  const part =
    judged.length === about.wanted ? '' : ` **Stopped before its end: ${about.wanted - judged.length} files are left.**`
  const days = [...new Set(judged.flatMap(({ on }) => on ?? []))].sort()
  const over = days.length > 1 ? ` (judged from ${days[0]} to ${days.at(-1)})` : ''
  const what = about.full
    ? `all of producer × key × digest × level with one and with three signers, and every pair of them with twelve: ${judged.length} of ${about.everything} files${over}`
    : `every pair of values, and twelve signers at the two highest levels: ${judged.length} files of ${about.everything}`
  return `## ${about.full ? 'The full product' : 'Pairwise, as in CI'}

\`${command}\` on ${date}: ${what}.${part} **${good(every)} of ${every.length} cells are as expected.**

${byLevel(judged)}

${about.full ? `${byFactor(judged)}\n\n${findings(judged)}` : everyFile(judged)}
`
}

function byLevel(judged: readonly Judged[]): string {
  const rows = levels.map((level) => {
    const own = judged.filter(({ wanted }) => wanted.level === level).flatMap(({ cells }) => cells)
    const words = judges.map((judge) => {
      const these = own.filter((cell) => cell.judge === judge)
      const expected = [...new Set(these.map((cell) => plain(cell.expected)))].join(' / ')
      return these.length === 0 ? '–' : `${expected} (${good(these)}/${these.length})`
    })
    return row([level, ...words])
  })
  return table(['level', ...judges], rows)
}

function byFactor(judged: readonly Judged[]): string {
  const factors: readonly (readonly [string, (one: Judged) => string])[] = [
    ['producer', ({ producer }) => producer],
    ['key', ({ wanted }) => wanted.kind],
    ['digest', ({ wanted }) => wanted.digest],
    ['signers', ({ wanted }) => String(wanted.signers)],
  ]
  const rows = factors.flatMap(([factor, read]) =>
    [...new Set(judged.map(read))].sort().map((value) => {
      const own = judged.filter((one) => read(one) === value)
      const cells = own.flatMap((one) => one.cells)
      return row([factor, value, String(own.length), `${good(cells)}/${cells.length}`])
    }),
  )
  return table(['factor', 'value', 'files', 'cells as expected'], rows)
}

function findings(judged: readonly Judged[]): string {
  const rows = judged.flatMap(({ producer, wanted: { kind, digest, level, signers }, cells }) =>
    cells
      .filter((cell) => !isAsExpected(cell))
      .map(({ judge, expected, seen }) =>
        row([producer, kind, digest, level, String(signers), judge, expected, short(seen)]),
      ),
  )
  if (rows.length === 0) return 'No cell is otherwise.'
  return table(['producer', 'key', 'digest', 'level', 'signers', 'judge', 'expected', 'seen'], rows)
}

function everyFile(judged: readonly Judged[]): string {
  const rows = judged.map(({ producer, wanted: { kind, digest, level, signers }, cells }) => {
    const words = judges.map((judge) => {
      const cell = cells.find((one) => one.judge === judge)
      if (cell === undefined) return '–'
      return isAsExpected(cell) ? '✓' : `**${short(cell.seen)}**`
    })
    return row([producer, kind, digest, level, String(signers), ...words])
  })
  return table(['producer', 'key', 'digest', 'level', 'signers', ...judges], rows)
}

const short = (text: string) => text.replaceAll('|', '/').slice(0, 300)
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly string[]) =>
  [row(head), row(head.map(() => '---')), ...rows].join('\n')

// docs/corpora.md as text: what has become of every file, by package, by code, and beside another build.
import { type FileRecord, outcomeOf } from './record.ts'
import { comparison, grouped, plainOf } from './table.ts'

export type About = {
  /** Commit that judged, and the one that it is compared with. */
  readonly commit: string
  readonly before: string
  /** `pypi-pypdf 7.1.1 72`: what fetch.sh printed. */
  readonly packages: readonly string[]
}

const intro = `# Other people's PDFs

Do not edit by hand: \`npm run corpora -- FOLDER --out RESULTS --against RESULTS --page docs/corpora.md\` writes this page. Every file goes
through pre-flight, two signers, seal, archive time-stamp and our own verifier. The promise: **what pre-flight accepts ends as a
document that holds**. \`test/corpora/fetch.sh FOLDER\` brings the packages below with the clients of their registries; nothing of them is
in this repository. The same bytes in two packages count once.
`

export function page(records: readonly FileRecord[], against: readonly FileRecord[], about: About): string {
  const producers = new Set(records.map(({ producer }) => producer).filter((name) => name !== ''))
  const signed = records.filter(({ earlier }) => earlier > 0)
  const bad = records.filter(({ refused, verdict }) => refused === null && verdict !== 'PASSED')
  return [
    intro,
    `Judged at ${about.commit}, beside ${about.before}: ${records.length} files of ${producers.size} producers, ${signed.length} signed by ` +
      `others. **${bad.length} accepted that did not end PASSED.**\n`,
    '## Packages\n',
    table(
      ['package', 'version', 'PDFs', 'files of its own', 'accepted', `accepted by ${about.before}`],
      about.packages.map((line) => packageRow(line, records, against)),
    ),
    '\n## Outcomes\n',
    table(['outcome', `files`, 'of these signed by others', about.before], outcomes(records, against)),
    '\n## What ends otherwise than before\n',
    '```',
    comparison(records, against),
    '```',
    '\n## Files that qpdf, poppler and PDFium open without a word\n',
    'Without form, script or encryption:\n',
    plain(records),
    '',
  ].join('\n')
}

function packageRow(line: string, records: readonly FileRecord[], against: readonly FileRecord[]): readonly string[] {
  const [name = '', version = '', count = ''] = line.split(' ')
  const own = records.filter(({ file }) => file.startsWith(`${name}/`))
  const names = new Set(own.map(({ sha256 }) => sha256))
  const accepted = (list: readonly FileRecord[]) => list.filter(({ refused }) => refused === null).length
  const before = against.filter(({ sha256 }) => names.has(sha256))
  return [name, version, count, String(own.length), String(accepted(own)), String(accepted(before))]
}

function outcomes(records: readonly FileRecord[], against: readonly FileRecord[]): readonly (readonly string[])[] {
  const before = grouped(against, outcomeOf)
  const now = grouped(records, outcomeOf)
  const names = [...new Set([...now.keys(), ...before.keys()])]
  const size = (groups: Map<string, FileRecord[]>, name: string) => groups.get(name)?.length ?? 0
  return names
    .sort((a, b) => size(now, b) - size(now, a) || a.localeCompare(b))
    .map((name) => [
      name,
      String(size(now, name)),
      String((now.get(name) ?? []).filter(({ earlier }) => earlier > 0).length),
      String(size(before, name)),
    ])
}

function plain(records: readonly FileRecord[]): string {
  const { all, refused } = plainOf(records)
  const share = all.length === 0 ? 0 : (100 * refused.length) / all.length
  const rows = refused.map((record) => [
    record.file,
    record.refused?.code ?? '',
    (record.refused?.detail ?? '').replaceAll('|', '/'),
  ])
  const asked = records.filter(({ quiet }) => quiet !== null).length
  return `Asked about ${asked} files (\`--readers\`): ${all.length} such files, ${refused.length} refused (${share.toFixed(2)} %).\n\n${table(['file', 'code', 'why'], rows)}`
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')

// `npm run coverage`: prints how much of src/kernel the tests reach, and compares what they do not reach with test/kernel/uncovered.ts.
//
// A block of lines that no test reaches and that the list does not name is a failure; so is an entry of the list that is reached by
// now. Writes docs/coverage.md. `--propose` prints entries for what is missing, for somebody to give the reason.
import { readFileSync, writeFileSync } from 'node:fs'
import { argv } from 'node:process'
import { fileURLToPath } from 'node:url'
import { uncovered } from './uncovered.ts'

/** The part of istanbul's coverage-final.json that c8 writes: every line is a statement. */
type FileCoverage = {
  readonly statementMap: Readonly<Record<string, { readonly start: { readonly line: number } }>>
  readonly s: Readonly<Record<string, number>>
}
type Block = { readonly file: string; readonly line: number; readonly begins: string; readonly lines: number }
type Room = { lines: number; reached: number }

const root = fileURLToPath(new URL('../../', import.meta.url))
const report = argv.find((word) => word.endsWith('.json')) ?? `${root}coverage/coverage-final.json`
const files = JSON.parse(readFileSync(report, 'utf8')) as Readonly<Record<string, FileCoverage>>
const rooms = new Map<string, Room>()
const blocks: Block[] = []

for (const [path, { statementMap, s }] of Object.entries(files).sort(([a], [b]) => a.localeCompare(b))) {
  const file = path.slice(path.indexOf('src/kernel/') + 'src/kernel/'.length)
  const text = readFileSync(`${root}src/kernel/${file}`, 'utf8').split('\n')
  const room = file.split('/')[0] ?? ''
  const sum = rooms.get(room) ?? { lines: 0, reached: 0 }
  rooms.set(room, sum)
  const missed = new Set<number>()
  for (const [id, { start }] of Object.entries(statementMap)) {
    sum.lines += 1
    if ((s[id] ?? 0) > 0) sum.reached += 1
    else missed.add(start.line)
  }
  for (const line of [...missed].sort((a, b) => a - b)) {
    if (missed.has(line - 1)) continue
    let lines = 1
    while (missed.has(line + lines)) lines += 1
    blocks.push({ file, line, begins: quoted(text[line - 1] ?? ''), lines })
  }
}

/** What stands between the parts of a template is left out. */
function quoted(line: string): string {
  return line.trim().replaceAll(/\$\{[^}]*\}/g, '…')
}

const idOf = ({ file, begins, lines }: { file: string; begins: string; lines: number }) => `${file} ${lines} ${begins}`
const open = new Map<string, Block[]>()
for (const block of blocks) open.set(idOf(block), [...(open.get(idOf(block)) ?? []), block])
const explained: (Block & { readonly reason: string })[] = []
const stale: string[] = []
for (const entry of uncovered) {
  const block = open.get(idOf(entry))?.shift()
  if (block === undefined) stale.push(`${entry.file}: “${entry.begins}” (${entry.lines} lines)`)
  else explained.push({ ...block, reason: entry.reason })
}
const unexplained = [...open.values()].flat()

const all = [...rooms.values()].reduce((a, b) => ({ lines: a.lines + b.lines, reached: a.reached + b.reached }))
const percent = ({ lines, reached }: Room) => `${((100 * reached) / lines).toFixed(2)} %`
const table = [...rooms].map(
  ([room, sum]) => `| ${room} | ${sum.lines} | ${sum.lines - sum.reached} | ${percent(sum)} |`,
)
const summary = `| room | lines | not reached | reached |
| --- | --- | --- | --- |
${table.join('\n')}
| all | ${all.lines} | ${all.lines - all.reached} | ${percent(all)} |`
const list = explained
  .sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
  .map(
    ({ file, line, lines, begins, reason }) =>
      `| ${file}:${line} | ${lines} | \`${begins.replaceAll('|', '\\|')}\` | ${reason} |`,
  )

console.log(summary)
for (const { file, line, lines, begins } of unexplained)
  console.log(`not reached and not explained: ${file}:${line}, ${lines} lines: ${begins}`)
for (const entry of stale) console.log(`explained, but reached or changed by now: ${entry}`)
if (argv.includes('--propose')) {
  for (const { file, begins, lines } of unexplained)
    console.log(`  { file: '${file}', lines: ${lines}, begins: ${JSON.stringify(begins)}, reason: '' },`)
}
writeFileSync(
  `${root}docs/coverage.md`,
  `# Coverage of src/kernel

Written by \`npm run coverage\` on ${new Date().toISOString().slice(0, 10)}; do not edit by hand. What no test of \`test/kernel\` and \`test/verify\` reaches, and why
(\`test/kernel/uncovered.ts\`); the program fails when the two differ.

${summary}

| place | lines | begins with | why no test reaches it |
| --- | --- | --- | --- |
${list.join('\n')}
`,
)
console.log(`\n${explained.length} passed, ${unexplained.length + stale.length} failed`)
process.exitCode = unexplained.length + stale.length === 0 ? 0 : 1

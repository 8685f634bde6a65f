// `npm run plants`: every plant before our verifier and the judges from outside, printed as a table and written to docs/plants.md.
import { writeFile } from 'node:fs/promises'
import { everyPlant, judgePlants, outside, plantTable } from './plants.ts'

const said = await judgePlants(everyPlant)
const [untouched, ...planted] = said
const missed = planted.filter(({ own }) => own.length === 0)
const falseAlarm =
  untouched !== undefined && (untouched.own.length > 0 || outside.some((judge) => untouched.others[judge].length > 0))
const byAny = planted.filter(({ others }) => outside.some((judge) => others[judge].length > 0)).length
const counts = outside.map((judge) => `${judge} ${planted.filter(({ others }) => others[judge].length > 0).length}`)
const sum = `${planted.length} plants: our own checks see ${planted.length - missed.length}, at least one judge from outside ${byAny} (${counts.join(', ')}).`
const text = `# Plants

Written by \`npm run plants\` on ${new Date().toISOString().slice(0, 10)}; do not edit by hand. Each row is a file that somebody tampered
with (\`test/kernel/checks/plants-*.ts\`), who sees it, and by which of our checks (\`docs/checks.md\`). What was there before anybody
signed, and what only Segl promises (its trail, its sheets, its seal), no program from outside can miss: there a dash is right. Those that
nobody may overlook are asserted with their reasons in \`test/conformance/plants.test.ts\`. EU DSS is asked without drawing pages.

**${sum}**

${plantTable(said)}
`
await writeFile('docs/plants.md', text)
console.log(
  `${plantTable(said)}\n\n${sum}\n\n${planted.length - missed.length} passed, ${missed.length + Number(falseAlarm)} failed`,
)
process.exitCode = missed.length === 0 && !falseAlarm ? 0 : 1

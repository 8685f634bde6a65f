// `npm run mutations -- 200000`: the long run of malformed PDFs by hand, with its figures printed.

import { argv } from 'node:process'
import { askQpdf, compared } from './mutation-qpdf.ts'
import { runMutations } from './mutation-run.ts'

const cases = Number(argv[2] ?? 200_000)
const seed = Number(argv[3] ?? 1)
const { outcomes, failures, slowest, plateau, samples } = await runMutations(cases, seed)
console.log(`${cases} cases from seed ${seed}; the slowest took ${Math.round(slowest)} ms`)
for (const [outcome, count] of Object.entries(outcomes).sort(([, a], [, b]) => b - a))
  console.log(`  ${outcome} ${count}`)
const shown = Math.ceil(plateau.length / 20)
for (const [index, { cases, covered }] of plateau.entries()) {
  if ((index + 1) % shown === 0) console.log(`after ${cases} cases ${covered} characters of the kernel's code have run`)
}
for (const line of compared(await askQpdf(samples))) console.log(line)
for (const { message, base64 } of failures) console.log(`${message}\n${base64}`)
console.log(`\n${cases - failures.length} passed, ${failures.length} failed`)
process.exitCode = failures.length === 0 ? 0 : 1

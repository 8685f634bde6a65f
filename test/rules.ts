// The house rules that no off-the-shelf linter knows, run by `npm run check`: rooms, sizes, purity, generated files.
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { importViolations, type Violation } from './rules/imports.ts'
import { sourceViolations } from './rules/sources.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const timeLimit = 120_000

/** Files that a program writes and that are committed: the program, asked with --check, tells whether they are stale. */
const generators = [
  'src/bin/openapi.ts',
  'src/bin/config-table.ts',
  'src/bin/checks-table.ts',
  'src/bin/rules-table.ts',
]

/** Each rule as a sentence, and the names of the checks that speak for it; the last takes whatever is left. */
const sentences: readonly [sentence: string, rules: RegExp][] = [
  ['dependency-cruiser looked at more than 0 modules', /^looked$/],
  ['the kernel does no I/O and uses no package', /^kernel\/.*-(core|packages)$/],
  ['the kernel, accounting, flow, sheets and texts read no clock and touch no outside world', /^clock-or-world$/],
  ['accounting, flow, sheet and text take no more from Node and from packages than they may', /-(core|packages)$/],
  ['only the two config files read the environment', /^environment$/],
  ['the BankID island is started by its own program only', /^(island|bankid-imports|bin\/bankid-imports)$/],
  ['the verifier reaches only the kernel and the texts', /^bin\/(verify|verification-lines)-imports$/],
  ['every room imports only what it may', /-imports$|^in-a-room$/],
  ['no import is hidden from the tools', /^(hidden-import|no-loaders|resolvable)$/],
  ['there are no cycles and no orphans', /^no-(cycles|orphans)$/],
  ['no file is longer than 400 lines', /^length$/],
  ['generated files are what the code says', /^generated$/],
  ['npm ci has all it needs in package-lock.json (else run .ci/complete-lock.mjs)', /^lock$/],
  ['everything else is in order', /./],
]

const { modules, violations } = await importViolations(root)
if (modules === 0) violations.push({ rule: 'looked', from: 'dependency-cruiser', to: '0 modules' })
violations.push(...(await sourceViolations(root)), ...(await staleFiles()))
let failed = 0
let rest: readonly Violation[] = violations
for (const [sentence, rules] of sentences) {
  const broken = rest.filter((one) => rules.test(one.rule))
  rest = rest.filter((one) => !broken.includes(one))
  if (broken.length > 0) failed += 1
  console.log(`${broken.length > 0 ? 'NOT OK' : 'ok'}  ${sentence}`)
  for (const { rule, from, to } of broken) console.log(`        ${rule}: ${from}${from === to ? '' : ` → ${to}`}`)
}
console.log(`${modules} modules of src looked at`)
console.log(`${sentences.length - failed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

async function staleFiles(): Promise<Violation[]> {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
  const found = generators
    .filter((program) => existsSync(join(root, program)))
    .map((program) => refusal('generated', program, [tsx, program, '--check']))
  found.push(refusal('generated', 'src/client/api.ts', ['.ci/client-types.mjs', '--check']))
  const lock = '.ci/complete-lock.mjs'
  return (await Promise.all([...found, refusal('lock', 'package-lock.json', [lock, '--check'])])).flat()
}

/** Runs a program of ours; what it says when it exits with anything but 0 is the violation. */
async function refusal(rule: string, from: string, args: readonly string[]): Promise<Violation[]> {
  try {
    await promisify(execFile)(process.execPath, [...args], { cwd: root, timeout: timeLimit })
    return []
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    return [{ rule, from, to: `${stdout}${stderr}`.trim() || String(error) }]
  }
}

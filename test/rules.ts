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
const generators = ['src/bin/openapi.ts', 'src/bin/config-table.ts']

const { modules, violations } = await importViolations(root)
if (modules === 0) violations.push({ rule: 'looked', from: 'dependency-cruiser', to: '0 modules' })
violations.push(...(await sourceViolations(root)), ...(await staleFiles()))
for (const { rule, from, to } of violations) console.error(`${rule}: ${from}${from === to ? '' : ` → ${to}`}`)
console.log(`${modules} modules looked at, ${violations.length} violations`)
process.exitCode = violations.length === 0 ? 0 : 1

async function staleFiles(): Promise<Violation[]> {
  const found: Violation[] = []
  for (const program of generators.filter((name) => existsSync(join(root, name)))) {
    try {
      const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
      await promisify(execFile)(process.execPath, [tsx, program, '--check'], { cwd: root, timeout: timeLimit })
    } catch (error) {
      const { stderr } = error as { stderr?: string }
      found.push({ rule: 'generated', from: program, to: stderr?.trim() || String(error) })
    }
  }
  return found
}

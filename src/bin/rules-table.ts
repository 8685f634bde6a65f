// Writes docs/rules.md from the accounting rules themselves; with --check it only tells whether the file is up to date.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rulesPage } from '../accounting/rules-page.ts'

const file = fileURLToPath(new URL('../../docs/rules.md', import.meta.url))

if (process.argv.includes('--check')) {
  let committed = ''
  try {
    committed = readFileSync(file, 'utf8')
  } catch {
    // reported like one that is stale
  }
  if (committed !== rulesPage()) {
    process.stderr.write('docs/rules.md is stale. Run "npm run rules" and commit it.\n')
    process.exitCode = 1
  }
} else {
  writeFileSync(file, rulesPage())
}

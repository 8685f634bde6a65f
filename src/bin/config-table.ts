// Writes docs/config.md from the configuration's own keys; with --check it only tells whether the file is up to date.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { configTable } from '../config.ts'

const file = fileURLToPath(new URL('../../docs/config.md', import.meta.url))

if (process.argv.includes('--check')) {
  let committed = ''
  try {
    committed = readFileSync(file, 'utf8')
  } catch {
    // reported like one that is stale
  }
  if (committed !== configTable()) {
    process.stderr.write('docs/config.md is stale. Run "npm run config" and commit it.\n')
    process.exitCode = 1
  }
} else {
  writeFileSync(file, configTable())
}

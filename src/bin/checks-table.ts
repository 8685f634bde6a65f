// Writes docs/checks.md from the verifier's own rules; with --check it only tells whether the file is up to date.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checks } from '../kernel/checks/index.ts'

const file = fileURLToPath(new URL('../../docs/checks.md', import.meta.url))

const table = [
  '# What the verifier checks',
  '',
  'Each rule is one file in `src/kernel/checks/`; this page is written by `npm run checks`. A rule answers PASSED, FAILED or',
  'INDETERMINATE (EN 319 102-1) for each signature of a file, and stays silent where it does not apply. The worst answer is the',
  'verdict; `ARCHIVE_TIME_STAMP` decides about the level only.',
  '',
  '| Check | What holds when it passes | Demanded by |',
  '|---|---|---|',
  ...checks.map(({ id, title, citation }) => `| \`${id}\` | ${title} | ${citation} |`),
  '',
].join('\n')

if (process.argv.includes('--check')) {
  let committed = ''
  try {
    committed = readFileSync(file, 'utf8')
  } catch {
    // reported like one that is stale
  }
  if (committed !== table) {
    process.stderr.write('docs/checks.md is stale. Run "npm run checks" and commit it.\n')
    process.exitCode = 1
  }
} else {
  writeFileSync(file, table)
}

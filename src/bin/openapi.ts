// Writes openapi.yaml from the routes; with --check, fails when the committed one is missing or stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describeApi } from '../http/describe.ts'

const path = fileURLToPath(new URL('../../openapi.yaml', import.meta.url))
const made = await describeApi()

if (!process.argv.includes('--check')) writeFileSync(path, made)
else {
  const committed = existsSync(path) ? readFileSync(path, 'utf8') : ''
  if (committed !== made) {
    const [ours, theirs] = [made.split('\n'), committed.split('\n')]
    const line = ours.findIndex((text, index) => text !== theirs[index])
    process.stderr.write(
      `openapi.yaml ${committed === '' ? 'is missing' : 'is stale'}. Run "npm run openapi" and commit it.\n` +
        `First difference, line ${line + 1}:\n- ${theirs[line] ?? ''}\n+ ${ours[line] ?? ''}\n`,
    )
    process.exitCode = 1
  }
}

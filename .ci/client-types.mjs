// Writes src/client/api.ts, the SDK's types, from openapi.yaml; with --check, fails when the committed one is missing or stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import openapiTS, { astToString } from 'openapi-typescript'

const source = new URL('../openapi.yaml', import.meta.url)
const target = new URL('../src/client/api.ts', import.meta.url)
const made = `// Made from openapi.yaml by .ci/client-types.mjs; do not edit.\n\n${astToString(await openapiTS(source, { silent: true }))}`

if (!process.argv.includes('--check')) writeFileSync(target, made)
else if (!existsSync(target) || readFileSync(target, 'utf8') !== made) {
  process.stderr.write('src/client/api.ts is missing or stale. Run "npm run openapi" and commit it.\n')
  process.exitCode = 1
}

// `npm run schemathesis [-- --minutes 20 --seed 7]`: Schemathesis (from PyPI) against the running service, with state links, judged.
//
// First every operation once, however long that takes on this machine; then, for so many minutes, what Schemathesis guesses. The same
// seed guesses the same: what CI finds is there again, and what it does not find today it does not find tomorrow by chance.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { needs } from '../../support/outside.ts'
import { seed } from './seed.ts'
import { startSegl } from './segl.ts'
import { fuzzerId, judge, type Operation, tableOf, tallyOf, unsuccessful } from './tally.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const program = join(root, '.ci/venv/bin/st')
const description = join(root, 'openapi.yaml')
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1.5' },
    examples: { type: 'string', default: '15' },
    only: { type: 'string' },
    seed: { type: 'string', default: '20261122' },
  },
})

const missing = needs(program)
if (missing !== false) {
  process.stdout.write(`Skipped: ${missing}. .ci/run installs it (.ci/requirements.txt).\n`)
  process.exit(0)
}

const operations = operationsOf(parse(readFileSync(description, 'utf8')))
const folder = mkdtempSync(join(tmpdir(), 'segl-schemathesis-'))
const segl = await startSegl(join(folder, 'data'))
const verdicts = []
try {
  const seeds = join(folder, 'seeds.json')
  writeFileSync(seeds, JSON.stringify(await seed(segl)), { mode: 0o600 })
  const tallied = () => tallyOf(readFileSync(segl.log, 'utf8').split('\n'), operations)
  const asked = operations
    .map(({ operationId }) => operationId)
    .filter((name) => [name, undefined].includes(values.only))
  const codes = [await fuzz(seeds, asked, ['--phases', 'examples'])]
  const again = unsuccessful(tallied()).filter((name) => asked.includes(name))
  if (again.length > 0) codes.push(await fuzz(seeds, again, ['--phases', 'examples']))
  const most = ['--max-time', String(Math.round(Number(values.minutes) * 60))]
  codes.push(await fuzz(seeds, asked, ['--phases', 'coverage,fuzzing,stateful', ...most]))
  const tally = tallied()
  process.stdout.write(`\n${tableOf(tally)}\n\n`)
  const share = ((100 * tally.succeeded) / Math.max(1, tally.total)).toFixed(1)
  process.stdout.write(`${tally.total} answers, ${tally.succeeded} of them 2xx: ${share} %\n`)
  verdicts.push(...judge(tally, operations), {
    sentence: 'Schemathesis found no server error, undocumented status or media type, or schema violation',
    against: codes.filter((code) => code !== 0).map((code) => `it ended with ${code}; see above`),
  })
} finally {
  await segl.stop()
  if (env['KEEP'] === undefined) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 })
  else process.stdout.write(`kept: ${folder}\n`)
}
for (const { sentence, against } of verdicts) {
  process.stdout.write(
    `${against.length === 0 ? '✔' : '✘'} ${sentence}${against.map((one) => `\n    ${one}`).join('')}\n`,
  )
}
const failed = verdicts.filter(({ against }) => against.length > 0).length
process.stdout.write(`${verdicts.length - failed} passed, ${failed} failed\n`)
process.exitCode = failed === 0 ? 0 : 1

/** One run over these operations; its output is ours. @returns its exit code */
function fuzz(seeds: string, names: readonly string[], how: readonly string[]): Promise<number | null> {
  const child = spawn(
    program,
    [
      ...['--config-file', fileURLToPath(new URL('schemathesis.toml', import.meta.url))],
      ...['run', description, '--url', segl.url],
      ...['-H', `Authorization: Bearer ${segl.key}`, '-H', `X-Request-Id: ${fuzzerId}`],
      ...['-n', values.examples, '--seed', values.seed, ...how],
      ...(names.length === operations.length ? [] : names.flatMap((name) => ['--include-operation-id', name])),
    ],
    {
      cwd: folder,
      env: {
        PATH: env['PATH'] ?? '',
        NO_COLOR: '1',
        SCHEMATHESIS_HOOKS: 'hooks',
        PYTHONPATH: fileURLToPath(new URL('.', import.meta.url)),
        PYTHONDONTWRITEBYTECODE: '1',
        SEGL_SEEDS: seeds,
        SEGL_SEED: values.seed,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  )
  return new Promise((resolve) => child.once('close', resolve))
}

type Description = {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>
}

function operationsOf({ paths }: Description): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, responses }]) => ({
      method: method.toUpperCase(),
      route: path.replace(/\{(\w+)\}/g, ':$1'),
      operationId,
      statuses: Object.keys(responses).map(Number),
    })),
  )
}

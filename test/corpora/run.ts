// `npm run corpora -- FOLDER… [--out FILE] [--against FILE] [--list] [--readers]`: every PDF below the folders goes through pre-flight,
// two signers, seal, archive time-stamp and `verify`. A run that was ended goes on where it was: what is noted in FILE is not done again.
import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { page } from './page.ts'
import type { FileRecord } from './record.ts'
import { comparison, summary } from './table.ts'

const worker = fileURLToPath(new URL('worker.ts', import.meta.url))
/** Processor-bound work on one file; the largest of the corpora takes 20 s on a busy machine. */
const timeLimit = 180_000

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    against: { type: 'string' },
    list: { type: 'boolean' },
    readers: { type: 'boolean' },
    page: { type: 'string' },
    packages: { type: 'string' },
    commit: { type: 'string' },
    before: { type: 'string' },
  },
})
if (positionals.length === 0) {
  console.error('npm run corpora -- FOLDER… [--out RESULTS.jsonl] [--against OTHER.jsonl] [--list] [--readers]')
  process.exit(64)
}

type Job = { readonly file: string; readonly path: string; readonly sha256: string }
const jobs = distinct(positionals.flatMap(pdfsBelow))
const known = new Map(noted(values.out).map((record) => [record.sha256, record]))
const records: FileRecord[] = jobs.flatMap(({ sha256 }) => known.get(sha256) ?? [])
const left = jobs.filter(({ sha256 }) => !known.has(sha256))
if (known.size > 0)
  console.log(`${records.length} of ${jobs.length} files are noted in ${values.out}; ${left.length} are left.`)
await Promise.all(Array.from({ length: Math.min(availableParallelism(), left.length) }, work))

console.log(summary(records, values.list === true))
const against = noted(values.against)
if (against.length > 0) console.log(comparison(records, against))
if (values.page) {
  const packages = values.packages ? readFileSync(values.packages, 'utf8').trim().split('\n') : []
  const about = { commit: values.commit ?? 'this build', before: values.before ?? 'the other build', packages }
  writeFileSync(values.page, page(records, against, about))
}
const good = records.filter(({ verdict }) => verdict === null || verdict === 'PASSED' || verdict === 'INDETERMINATE')
const own = good.filter(({ ownFailed }) => ownFailed.length === 0)
console.log(`${own.length} passed, ${records.length - own.length} failed`)
process.exitCode = own.length === records.length ? 0 : 1

function pdfsBelow(folder: string): { file: string; path: string }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.pdf$/i.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort()
    .map((path) => ({ file: relative(folder, path), path }))
}

/** The same bytes twice are one file. */
function distinct(files: readonly { file: string; path: string }[]): Job[] {
  const found = new Map<string, Job>()
  for (const one of files) {
    const sha256 = createHash('sha256').update(readFileSync(one.path)).digest('hex')
    if (!found.has(sha256)) found.set(sha256, { ...one, sha256 })
  }
  return [...found.values()]
}

function noted(file: string | undefined): FileRecord[] {
  if (file === undefined || !existsSync(file)) return []
  // A line that a killed run left unfinished is no record.
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  return lines.map((line): FileRecord => JSON.parse(line))
}

async function work(): Promise<void> {
  let child = fork(worker)
  for (let job = left.shift(); job !== undefined; job = left.shift()) {
    const { record, alive } = await judged(child, job)
    records.push(record)
    if (values.out) appendFileSync(values.out, `${JSON.stringify(record)}\n`)
    if (records.length % 100 === 0) console.log(`${records.length} of ${jobs.length}`)
    if (!alive) child = fork(worker)
  }
  child.kill()
}

/** What the worker says of a file; one that hangs or ends is noted as that, and replaced. */
function judged(child: ChildProcess, job: Job): Promise<{ record: FileRecord; alive: boolean }> {
  return new Promise((resolve) => {
    const lost = (why: string, alive: boolean): void => {
      child.removeAllListeners()
      clearTimeout(timer)
      if (!alive) child.kill('SIGKILL')
      resolve({ record: broken(job, why), alive })
    }
    const timer = setTimeout(() => lost('hung', false), timeLimit)
    child.once('exit', (code, signal) => lost(`the process ended with ${signal ?? code}`, false))
    child.once('message', (message: FileRecord | { crashed: string }) => {
      if ('crashed' in message) return lost(message.crashed, true)
      child.removeAllListeners()
      clearTimeout(timer)
      resolve({ record: message, alive: true })
    })
    child.send({ file: job.file, path: job.path, readers: values.readers === true })
  })
}

function broken({ file, sha256 }: Job, why: string): FileRecord {
  return {
    file,
    sha256,
    size: 0,
    producer: '',
    earlier: 0,
    findings: [],
    refused: null,
    normalised: null,
    verdict: 'broke',
    failed: [why],
    ownFailed: [why],
    milliseconds: 0,
    quiet: null,
  }
}

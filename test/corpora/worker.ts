// Takes one PDF after another through pre-flight, two signers, seal, archive time-stamp and verification; in a process of its own,
// which its parent ends when a file hangs.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { isSeglError } from '../../src/errors.ts'
import { createPreFlight } from '../../src/flow/pre-flight.ts'
import { bytesSource, earlierSignatures, isDict, isString, openPdf, textOf } from '../../src/kernel/pdf/index.ts'
import { normalisable, normalisePdf } from '../../src/normalise/index.ts'
import { wholeWay } from '../kernel/whole-way.ts'
import { openedWithoutAWord } from './readers.ts'
import type { FileRecord, Refusal } from './record.ts'

type Job = { readonly file: string; readonly path: string; readonly readers: boolean }
type Judged = Pick<FileRecord, 'verdict' | 'failed' | 'ownFailed'>

const unsigned: Judged = { verdict: null, failed: [], ownFailed: [] }

process.on('message', (job: Job) => {
  judge(job).then(
    (record) => process.send?.(record),
    (error: unknown) => {
      process.send?.({ crashed: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    },
  )
})

async function judge({ file, path, readers }: Job): Promise<FileRecord> {
  const bytes = readFileSync(path)
  const begun = performance.now()
  const { findings, refused } = await inspected(bytes)
  let normalised: FileRecord['normalised'] = null
  let judged = unsigned
  if (refused === null) judged = await signed(bytes)
  else if (findings.every(({ severity, code }) => severity !== 'refuse' || normalisable.includes(code))) {
    const rewritten = await rewrittenBytes(bytes)
    normalised = rewritten instanceof Uint8Array ? 'accepted' : rewritten
    if (rewritten instanceof Uint8Array) judged = await signed(rewritten)
  }
  return {
    file,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    ...described(bytes),
    findings: findings.map(({ code }) => code),
    refused,
    normalised,
    ...judged,
    milliseconds: Math.round(performance.now() - begun),
    quiet: readers ? await openedWithoutAWord(path) : null,
  }
}

async function inspected(bytes: Uint8Array) {
  const preFlight = createPreFlight(() => ({ ...bytesSource(bytes), close() {} }))
  const { findings } = await preFlight.inspect([])
  const first = findings.find(({ severity }) => severity === 'refuse')
  return { findings, refused: first ? { code: first.code, detail: first.detail } : null }
}

async function rewrittenBytes(bytes: Uint8Array): Promise<Uint8Array | Refusal> {
  try {
    const { bytes: rewritten } = await normalisePdf(bytesSource(bytes))
    const { refused } = await inspected(rewritten)
    return refused ?? rewritten
  } catch (error) {
    if (!isSeglError(error)) throw error
    return { code: error.code, detail: error.detail }
  }
}

async function signed(bytes: Uint8Array): Promise<Judged> {
  const { broke, verdict = null, failed } = await wholeWay(bytes, { insist: true })
  if (broke) return { verdict: 'broke', failed: [`${broke.step}: ${broke.code}, ${broke.detail}`], ownFailed: [] }
  return { verdict, failed, ownFailed: failed.filter((line) => !line.includes('(earlier)')) }
}

/** What the file says of itself, as far as it can be read. */
function described(bytes: Uint8Array): Pick<FileRecord, 'producer' | 'earlier'> {
  try {
    const file = openPdf(bytesSource(bytes))
    const info = file.resolve(file.trailer.get('Info'))
    const producer = isDict(info) ? file.resolve(info.get('Producer')) : undefined
    const earlier = earlierSignatures(file)?.count ?? 0
    return { producer: isString(producer) && !file.encrypted ? family(textOf(producer)) : '', earlier }
  } catch (error) {
    if (!isSeglError(error)) throw error
    return { producer: '', earlier: 0 }
  }
}

/** The program without its version: `Acrobat Distiller` of `Acrobat Distiller 9.0.0 (Windows)`. */
const family = (producer: string): string =>
  producer
    .replace(/[;(].*$/s, '')
    .replace(/[\s,_-]*(?:v|version)?[\s._-]?\d[\w.+-]*/gi, '')
    .trim()
    .slice(0, 60)

// The outside judges of a signed file, each a program that knows nothing of Segl's code: pyHanko, EU DSS, pdfsig, qpdf and cmp.
import { execFile } from 'node:child_process'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const repository = fileURLToPath(new URL('../../', import.meta.url))
const timeLimit = 600_000
/** For each file of a batch, on a machine that is busy with something else. */
const timePerFile = 60_000

/** What the judges stand on; a test names them to `needs`. */
export const programs = {
  python: join(repository, '.ci/venv/bin/python'),
  java: 'java',
  dssJar: join(repository, 'test/conformance/dss/target/dss-judge-1.jar'),
  pdfsig: 'pdfsig',
  verapdf: join(repository, 'test/conformance/verapdf/target/libraries'),
  qpdf: 'qpdf',
  cmp: 'cmp',
} as const

/** A JVM of few seconds: optimising, collecting in threads and telling jstat of it take half of their processor time. */
const briefly = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-XX:-UsePerfData']

export const forge = join(repository, 'test/conformance/forge.py')

/** A file to be judged. `signers` counts people; one seal and a last document time-stamp are demanded besides. */
export interface Case {
  readonly file: string
  readonly original?: string
  readonly trust: string
  readonly signers: number
  /** Validation times, RFC 3339 UTC. Empty means now. */
  readonly at: readonly string[]
  /** pyHanko reads hybrid-reference files only with its strictness off. */
  readonly strict: boolean
  /** Whether EU DSS compares drawn pages, beside objects; yes when absent. */
  readonly visual?: boolean
}

/** One judge's word on one file at one time; passed exactly when there are no reasons against it. */
export interface Verdict {
  readonly judge: string
  readonly file: string
  readonly at: string
  readonly passed: boolean
  readonly reasons: readonly string[]
  /** What pyHanko and EU DSS say of each signature. */
  readonly signatures?: readonly {
    readonly kind: 'signer' | 'seal'
    readonly indication: string
    readonly level?: string
    readonly modification?: string | null
    readonly coverage?: string
  }[]
}

interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs a program; resolves with its exit code also when that is not 0. Rejects when it cannot be run or is too slow. */
export function run(program: string, args: readonly string[], timeout = timeLimit): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const options = {
      timeout,
      maxBuffer: 1 << 26,
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    }
    execFile(program, [...args], options, (error, out, err) => {
      if (error === null) resolve({ code: 0, out, err })
      else if (typeof error.code === 'number') resolve({ code: error.code, out, err })
      else reject(new Error(`${program} did not finish: ${error.message}`))
    })
  })
}

/**
 * pyHanko, strict, from the file and the root alone: AdES LTA validation, harmless changes, complete coverage. `clock`: what time its
 * whole process believes it is (faketime); it looks at the system's clock too, beside the validation time.
 */
export async function pyhanko(what: Case | readonly Case[], clock?: Date): Promise<Verdict[]> {
  const cases = 'file' in what ? [what] : what
  const script = join(repository, 'test/conformance/pyhanko_judge.py')
  const asking = cases.flatMap((one) => [...asked(one), ...(one.strict ? [] : ['--strict', 'off'])])
  const start = clock === undefined ? [] : ['faketime', `@${Math.floor(clock.getTime() / 1000)}`]
  const [program = '', ...rest] = [...start, programs.python, script, ...asking]
  return spoken(await run(program, rest, limitFor(cases)), 'pyhanko', cases)
}

/** EU DSS, offline, for many files in one start of the JVM: TOTAL_PASSED and PAdES-BASELINE-LTA. */
export async function dss(cases: readonly Case[]): Promise<Verdict[]> {
  const libraries = join(repository, 'test/conformance/dss/target/libraries/*')
  const classPath = `${programs.dssJar}:${libraries}`
  const asking = cases.flatMap((one) => [...asked(one), ...(one.visual === false ? ['--visual', 'off'] : [])])
  const outcome = await run(programs.java, [...briefly, '-cp', classPath, 'segl.Judge', ...asking], limitFor(cases))
  return spoken(outcome, 'dss', cases)
}

/** pdfsig of poppler: every signer and the seal "Signature is Valid". Its exit code says nothing, so its text is read. */
export async function pdfsig(one: Case): Promise<Verdict[]> {
  const { out, err } = await run(programs.pdfsig, ['-nocert', one.file])
  // Slots that nobody needed are listed too, in these words.
  const isEmpty = (block: string) => block.includes('The signature form field is not signed.')
  const blocks = out
    .split(/^Signature #\d+:$/m)
    .slice(1)
    .filter((block) => !isEmpty(block))
  const timestamps = blocks.filter((block) => /^ *- Signature Type: (unknown|ETSI\.RFC3161)$/m.test(block))
  const signatures = blocks.filter((block) => !timestamps.includes(block))
  const reasons: string[] = []
  if (signatures.length !== one.signers + 1) {
    reasons.push(`${signatures.length} signatures, expected ${one.signers} signers and 1 seal`)
  }
  for (const block of signatures) {
    const field = /Signature Field Name: (.*)/.exec(block)?.[1] ?? 'a signature'
    const word = /Signature Validation: (.*)/.exec(block)?.[1] ?? 'nothing'
    if (word !== 'Signature is Valid.') reasons.push(`${field}: pdfsig says ${word}`)
    if (!/Signature Type: ETSI\.CAdES\.detached/.test(block)) reasons.push(`${field}: not ETSI.CAdES.detached`)
  }
  const whole = blocks.filter((block) => /^ *- Total document signed$/m.test(block))
  if (whole.length !== 1 || !timestamps.includes(whole[0] ?? '')) {
    reasons.push('no document time-stamp that covers the total document')
  }
  if (blocks.length === 0 && err !== '') reasons.push(err.trim())
  return [verdict('pdfsig', one, reasons)]
}

/** veraPDF: PDF/A of the flavour, for many files in one start of the JVM. */
export async function verapdf(files: readonly { file: string; flavour: string }[]): Promise<Verdict[]> {
  const folder = join(repository, 'test/conformance/verapdf')
  const asks = files.flatMap(({ file, flavour }) => [flavour, file])
  const start = [...briefly, '-cp', `${folder}/target/libraries/*`, `${folder}/Judge.java`]
  const { out, err } = await run(programs.java, [...start, ...asks], limitFor(files))
  const lines = out.split('\n').filter((line) => line.startsWith('{'))
  if (lines.length !== files.length)
    throw new Error(`verapdf spoke of ${lines.length} of ${files.length} files: ${err}`)
  return lines.map((line) => ({ at: new Date().toISOString(), ...(JSON.parse(line) as Omit<Verdict, 'at'>) }))
}

/** qpdf: structure and streams without an error or a warning. */
export async function qpdf(one: Case): Promise<Verdict[]> {
  const { code, out, err } = await run(programs.qpdf, ['--check', one.file])
  return [verdict('qpdf', one, code === 0 ? [] : [`${out}\n${err}`.trim().split('\n').slice(-3).join(' ')])]
}

/** cmp: the upload is the byte-for-byte beginning of the signed file. */
export async function prefix(one: Case): Promise<Verdict[]> {
  if (one.original === undefined) return [verdict('prefix', one, ['no original to compare with'])]
  const { size } = await stat(one.original)
  if (size === 0) return [verdict('prefix', one, ['the original is empty'])]
  const { code, out, err } = await run(programs.cmp, ['-n', String(size), one.original, one.file])
  return [verdict('prefix', one, code === 0 ? [] : [`${out}${err}`.trim()])]
}

/** Asks everyone about every file. */
export async function judgeAll(cases: readonly Case[]): Promise<Verdict[]> {
  const verdicts = (await Promise.all([dss(cases), pyhanko(cases)])).flat()
  for (const one of cases) {
    verdicts.push(...(await pdfsig(one)), ...(await qpdf(one)))
    if (one.original !== undefined) verdicts.push(...(await prefix(one)))
  }
  return verdicts
}

/** Whether the file is of the hybrid kind (ISO 32000-2 §7.5.8.4): a classic trailer that names an xref stream. */
export async function isHybrid(file: string): Promise<boolean> {
  const text = (await readFile(file)).toString('latin1')
  const trailers = text.matchAll(/\btrailer\b((?:(?!startxref).)*)startxref/gs)
  return [...trailers].some(([, trailer]) => /\/XRefStm\s+\d+/.test(trailer ?? ''))
}

const limitFor = (batch: readonly unknown[]) => timeLimit + batch.length * timePerFile

function asked(one: Case): string[] {
  const times = one.at.flatMap((at) => ['--at', at])
  return [one.file, '--trust', one.trust, '--signers', String(one.signers), ...times]
}

/** Reads the JSON lines of a judge; a judge that does not speak about every file and time has failed as a judge. */
function spoken(outcome: Outcome, judge: string, cases: readonly Case[]): Verdict[] {
  const lines = outcome.out.split('\n').filter((line) => line.startsWith('{'))
  const verdicts = lines.map((line) => JSON.parse(line) as Verdict)
  const expected = cases.reduce((sum, one) => sum + Math.max(1, one.at.length), 0)
  const exit = verdicts.every((one) => one.passed) ? 0 : 1
  if (verdicts.length !== expected || outcome.code !== exit) {
    throw new Error(`${judge} gave ${verdicts.length} of ${expected} verdicts, exit ${outcome.code}: ${outcome.err}`)
  }
  return verdicts
}

function verdict(judge: string, one: Case, reasons: readonly string[]): Verdict {
  return { judge, file: one.file, at: new Date().toISOString(), passed: reasons.length === 0, reasons }
}

// `npm run bench:sign [-- --sizes 100K,1M,20M --rounds 9]`: ours at each level, its rivals and the physical limit, interleaved.
import { readFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { fifthSignature } from './fifth.ts'
import { limit, type Operation, openBench } from './ours.ts'
import { javaRivals, libpdf, pyhankoRival, signpdfRival } from './rivals.ts'
import { type Subject, subjectsOf } from './subjects.ts'

type Contender = {
  readonly name: string
  /** Which limit it is compared with. */
  readonly against: string
  /** Milliseconds that it took for one document. */
  readonly measure: (subject: Subject) => Promise<number>
  /** Works in a process of its own, so this one's processor time says nothing. */
  readonly elsewhere?: boolean
  /** Milliseconds of warming up. */
  readonly warmUp?: number
  /** At least this share of the limit is asked for, by size. */
  readonly target?: Readonly<Record<string, number>>
}

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100K,1M,20M' },
    rounds: { type: 'string', default: '9' },
    /** Milliseconds that each contender works in a round. */
    slice: { type: 'string', default: '60' },
    only: { type: 'string' },
  },
})
const bytesOf: Readonly<Record<string, number>> = { '100K': 100_000, '1M': 1_000_000, '20M': 20_000_000 }
const rounds = Number(values.rounds)
const slice = Number(values.slice)

const timed =
  (operation: Operation) =>
  async (subject: Subject): Promise<number> => {
    const began = performance.now()
    await operation(subject)
    return performance.now() - began
  }
const median = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN

console.log(`${new Date().toISOString()} · ${cpus().length} × ${cpus()[0]?.model} · Node ${process.version}`)
for (const size of values.sizes.split(',')) await benchOf(size)
if (values.only === undefined || values.only === 'fifth') await fifthSignature()

async function benchOf(size: string): Promise<void> {
  const bytes = bytesOf[size]
  if (bytes === undefined) throw new Error(`--sizes knows ${Object.keys(bytesOf).join(', ')}`)
  const { all, close } = await subjectsOf(bytes, bytes > 5_000_000 ? 6 : bytes > 500_000 ? 40 : 200)
  const folder = all[0]?.folder ?? ''
  const bench = openBench(folder)
  const { 'ecdsa-p256': ec, 'rsa-pkcs1-2048': rsa, 'rsa-pss-3072': pss } = bench.identities
  const loaded = new Map(all.map(({ path }) => [path, readFileSync(path)]))
  const python = pyhankoRival(rsa, folder)
  const java = javaRivals(rsa, folder)
  const line = (name: string, against: string, operation: Operation, target?: Contender['target']): Contender => ({
    name,
    against,
    measure: timed(operation),
    ...(target && { target }),
  })
  const elsewhere = (name: string, measure: Contender['measure'], warmUp: number): Contender => ({
    name,
    against: rsa2048,
    measure,
    elsewhere: true,
    warmUp,
  })
  const [p256, rsa2048, pss3072, lta] = ['limit P-256', 'limit RSA-2048', 'limit PSS-3072', 'limit B-LTA'] as const
  const large = { '20M': 0.8 }
  const contenders: Contender[] = [
    line(p256, p256, limit(loaded, ec.key)),
    line('ours B-B P-256', p256, bench.signed('ecdsa-p256'), { '100K': 0.5, ...large }),
    line('  from two blobs', p256, bench.signed('ecdsa-p256', { parts: true })),
    line('  with self-check', p256, bench.signed('ecdsa-p256', { selfCheck: true }), { '100K': 0.35 }),
    // Ours reads pieces that the processor's cache holds, and beats the plain limit with it where that waits for memory.
    line('limit P-256, copied', p256, limit(loaded, ec.key, { copied: true })),
    // What no self-check can beat: the limit and one verification.
    line('limit + verify P-256', p256, limit(loaded, ec.key, { verified: true })),
    line('  with durable write', p256, bench.signed('ecdsa-p256', { selfCheck: true, durable: true })),
    line('ours B-T P-256', 'limit B-T', bench.timestamped),
    line('limit B-T', 'limit B-T', limit(loaded, ec.key, { signatures: 2 })),
    line('ours B-LTA P-256', lta, bench.archived, { '100K': 0.3 }),
    // Two passes over the file, and signatures of the signer, two time-stamps and three OCSP answers.
    line(lta, lta, limit(loaded, ec.key, { hashes: 2, signatures: 6 })),
    line(rsa2048, rsa2048, limit(loaded, rsa.key)),
    line('ours B-B RSA-2048', rsa2048, bench.signed('rsa-pkcs1-2048'), { '100K': 0.7, ...large }),
    line(pss3072, pss3072, limit(loaded, pss.key, { pss: true })),
    line('ours B-B PSS-3072', pss3072, bench.signed('rsa-pss-3072')),
    line('@libpdf/core P-256', p256, await libpdf(ec, 'EC')),
    line('@libpdf/core RSA-2048', rsa2048, await libpdf(rsa, 'RSA')),
    line('@signpdf RSA-2048', rsa2048, signpdfRival(rsa, folder)),
    ...(python ? [elsewhere('pyHanko RSA-2048', ({ path }) => python.milliseconds(path), 1500)] : []),
    // A JVM compiles late.
    ...(java
      ? [
          elsewhere('PDFBox RSA-2048', ({ path }) => java.milliseconds(`pdfbox ${path}`), 6000),
          elsewhere('EU DSS RSA-2048', ({ path }) => java.milliseconds(`dss ${path}`), 6000),
        ]
      : []),
  ].filter(
    ({ name }) =>
      values.only === undefined || values.only.split(',').some((one) => name.includes(one)) || name.startsWith('limit'),
  )
  if (!python) console.log('pyHanko is left out: .ci/run makes its environment')
  if (!java)
    console.log('PDFBox and EU DSS are left out: they need Java and the libraries that .ci/run fetches for the judge')
  const load = loadavg()[0] ?? 0
  try {
    print(size, all[0]?.size ?? 0, await race(contenders, all), contenders, [load, loadavg()[0] ?? 0])
  } finally {
    python?.close()
    java?.close()
    bench.authority.close()
    close()
  }
}

/** Milliseconds for a document: the median of each round, the processor time of each round, and the fastest of all. */
type Results = Map<string, { readonly rounds: number[]; readonly processor: number[]; fastest: number }>

/** Milliseconds per document and contender, one median per round; each document is another than the one before. */
async function race(contenders: readonly Contender[], all: readonly Subject[]): Promise<Results> {
  let next = 0
  const document = (): Subject => {
    const subject = all[next++ % all.length]
    if (subject === undefined) throw new Error('There are no documents')
    return subject
  }
  const count = new Map<string, number>()
  for (const { name, measure, warmUp = 1500 } of contenders) {
    // As in a service that has run for some seconds. By time and not by documents: V8 compiles beside the work, on a thread that
    // needs its time however fast a document is signed.
    const each: number[] = []
    for (const began = performance.now(); each.length === 0 || performance.now() - began < warmUp; ) {
      each.push(await measure(document()))
    }
    const once = median(each.slice(each.length >> 1))
    count.set(name, Math.max(1, Math.min(500, Math.round(slice / once))))
  }
  const results: Results = new Map(
    contenders.map(({ name }) => [name, { rounds: [], processor: [], fastest: Number.POSITIVE_INFINITY }]),
  )
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, measure } of contenders) {
      const each: number[] = []
      const before = process.cpuUsage()
      for (let turn = 0; turn < (count.get(name) ?? 1); turn += 1) each.push(await measure(document()))
      const own = results.get(name)
      const { user, system } = process.cpuUsage(before)
      own?.rounds.push(median(each))
      own?.processor.push((user + system) / 1000 / each.length)
      if (own) own.fastest = Math.min(own.fastest, ...each)
    }
  }
  return results
}

function print(
  size: string,
  bytes: number,
  results: Results,
  contenders: readonly Contender[],
  load: readonly number[],
): void {
  console.log(`\n${size}: ${bytes} bytes, ${rounds} rounds, load ${load.map((one) => one.toFixed(1)).join(' → ')}\n`)
  console.log(
    '| | ms | per second | of its limit | lowest–highest round | fastest of fastest | by processor time | asked |\n|---|---|---|---|---|---|---|---|',
  )
  for (const { name, against, target, elsewhere } of contenders) {
    const own = results.get(name)?.rounds ?? []
    const limits = results.get(against)?.rounds ?? []
    // Round by round, so that what else the machine does hits both.
    const ratios = own.map((one, round) => (limits[round] ?? Number.NaN) / one)
    const ratio = median(ratios)
    const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`
    const fastest = (results.get(against)?.fastest ?? Number.NaN) / (results.get(name)?.fastest ?? Number.NaN)
    // Median against median: a process that has to wait for its turn still uses the same processor time.
    const used = median(results.get(name)?.processor ?? [])
    const processor = median(results.get(against)?.processor ?? []) / used
    const byProcessor = elsewhere ? '–' : processor.toFixed(2)
    const asked = target?.[size]
    const verdict = asked === undefined ? '' : `${asked} ${ratio >= asked ? 'reached' : 'MISSED'}`
    const milliseconds = median(own)
    const cells = [milliseconds.toFixed(3), (1000 / milliseconds).toFixed(0)]
    console.log(
      `| ${[name, ...cells, ratio.toFixed(3), spread, fastest.toFixed(2), byProcessor, verdict].join(' | ')} |`,
    )
  }
}

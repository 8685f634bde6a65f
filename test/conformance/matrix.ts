// `npm run conformance`: every kind of file, signed at every level, before every outside judge; writes docs/conformance.md.
//
//   npm run conformance -- --pairwise [--out FILE]  what CI runs: every pair of values at least once
//   npm run conformance -- [--samples FOLDER]       the full product, at all three times, by hand: many hours
//   … --limit N                                     the first N rows only, and the page says so
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { keyKinds, openAuthority } from './authority.ts'
import { cells } from './expected.ts'
import { digests, levels, type Producer, producers, signedFile, type Wanted } from './files.ts'
import { type Case, dss, pdfsig, prefix, pyhanko, qpdf, verapdf } from './judges.ts'
import { openssl } from './openssl.ts'
import { isAsExpected, type Judged, page } from './page.ts'
import { pairwise, product } from './pairwise.ts'

const day = 86_400_000
const signerCounts = [1, 3, 12] as const
/** Days after signing at which pyHanko and EU DSS are asked. */
const days = [0, 2, 400] as const
const { values } = parseArgs({
  options: {
    pairwise: { type: 'boolean', default: false },
    samples: { type: 'string' },
    limit: { type: 'string' },
    out: { type: 'string', default: 'docs/conformance.md' },
  },
})
async function main(): Promise<number> {
  const all = values.samples === undefined ? producers : [...producers, ...(await samples(values.samples))]
  const sizes = [all.length, keyKinds.length, digests.length, levels.length, signerCounts.length]
  const chosen = values.pairwise ? few(all.length) : product(sizes)
  const rows = chosen.slice(0, Number(values.limit ?? chosen.length))
  const folder = await mkdtemp(join(tmpdir(), 'segl-matrix-'))
  const began = new Date()
  // Two minutes ago, so that the last signature of twelve is not in the judges' future.
  const now = new Date(began.getTime() - 120_000)
  const authority = openAuthority(new Date(now.getTime() - 900 * day))
  try {
    const root = join(folder, 'root.pem')
    const chain = join(folder, 'chain.pem')
    await writeFile(root, authority.rootPem)
    const between = [...authority.chain, ...(['tsa', 'tsa2'] as const).map((name) => authority.tsa(name).certificate)]
    await writeFile(chain, between.map(pem).join(''))
    const files: { producer: Producer; wanted: Wanted; one: Case; signedAt: Date; asked: readonly number[] }[] = []
    for (const [index, row] of rows.entries()) {
      const [p = 0, k = 0, d = 0, l = 0, s = 0, t] = row
      const [producer, kind, digest, level, signers] = [all[p], keyKinds[k], digests[d], levels[l], signerCounts[s]]
      if (!producer || !kind || !digest || !level || !signers) throw new Error('A row names what there is not')
      const asked = t === undefined ? days : [days[t] ?? 0]
      const at = asked.map((later) => new Date(began.getTime() + later * day).toISOString())
      const wanted = { kind, digest, level, signers }
      const upload = await producer.bytes()
      const [original, file] = [join(folder, `${index}.original.pdf`), join(folder, `${index}.pdf`)]
      await writeFile(original, upload)
      await writeFile(file, await signedFile(upload, wanted, authority, now))
      const signedAt = level === 'renewed twice' ? new Date(now.getTime() - 800 * day + 30_000) : now
      const strict = producer.hybrid !== true
      files.push({ producer, wanted, signedAt, asked, one: { file, original, trust: root, signers, at, strict } })
    }
    console.log(`${files.length} files signed in ${seconds(began)} s`)
    const verdicts = await dss(files.map(({ one }) => one))
    console.log(`EU DSS has spoken after ${seconds(began)} s`)
    const claiming = files.flatMap(({ producer: { flavour }, one }) =>
      flavour === undefined ? [] : [{ file: one.file, flavour }],
    )
    if (claiming.length > 0) verdicts.push(...(await verapdf(claiming)))
    const judged: Judged[] = []
    await twoAtATime(files, async ({ producer, wanted, one, signedAt, asked }, lane) => {
      const own = verdicts.filter(({ file }) => file === one.file)
      own.push(...(await pyhanko(one)), ...(await pdfsig(one)), ...(await qpdf(one)), ...(await prefix(one)))
      const work = await mkdtemp(join(folder, `lane${lane}-`))
      const bytes = await readFile(one.file)
      const words = await openssl(bytes, work, {
        root,
        chain,
        signedAt: new Date(signedAt.getTime() + 20_000),
        at: began,
      })
      const seen = { verdicts: own, openssl: words }
      judged.push({ producer: producer.name, wanted, days: asked, cells: cells(wanted, producer, seen) })
    })
    console.log(`All have spoken after ${seconds(began)} s`)
    const about = { began, pairwise: values.pairwise, product: product(sizes).length }
    judged.sort((a, b) => levels.indexOf(a.wanted.level) - levels.indexOf(b.wanted.level))
    await writeFile(values.out, page(judged, { ...about, complete: rows.length === chosen.length }))
    const every = judged.flatMap(({ producer, wanted, cells }) => cells.map((cell) => ({ producer, wanted, cell })))
    const wrong = every.filter(({ cell }) => !isAsExpected(cell))
    for (const { producer, wanted, cell } of wrong) {
      const { kind, digest, level, signers } = wanted
      console.log(`${producer}, ${kind}, ${digest}, ${level}, ${signers} signers: ${cell.judge} says ${cell.seen},`)
      console.log(`  expected ${cell.expected}`)
    }
    console.log(`\n${every.length - wrong.length} passed, ${wrong.length} failed`)
    return wrong.length === 0 ? 0 : 1
  } finally {
    authority.close()
    await rm(folder, { recursive: true })
  }
}

/**
 * Every pair of producer, key, digest, level, signers and time. Twelve signers cost the judges minutes, so they come only at the two
 * highest levels, where everything below is in them too.
 */
function few(producerCount: number): (readonly number[])[] {
  const small = pairwise([producerCount, keyKinds.length, digests.length, levels.length, 2, days.length])
  return [[2, 0, 0, 3, 2, 2], [0, 3, 1, 4, 2, 1], ...small]
}

const seconds = (since: Date) => Math.round((Date.now() - since.getTime()) / 1000)

async function twoAtATime<T>(items: readonly T[], work: (item: T, lane: number) => Promise<void>): Promise<void> {
  const rest = [...items]
  const lane = async (number: number): Promise<void> => {
    for (let item = rest.shift(); item !== undefined; item = rest.shift()) await work(item, number)
  }
  await Promise.all([lane(0), lane(1)])
}

/** Further uploads, by file name; those that pre-flight refuses are not for this folder. */
async function samples(folder: string): Promise<Producer[]> {
  const names = (await readdir(folder)).filter((name) => /^a(0\d|10).*\.pdf$/.test(name)).sort()
  return names.map((name) => ({
    name,
    bytes: () => readFile(join(folder, name)),
    ...(name.includes('hybrid') && { hybrid: true as const }),
    ...(/pdfa\d[abu]/.test(name) && { flavour: /pdfa(\d[abu])/.exec(name)?.[1] ?? '' }),
  }))
}

function pem(der: Uint8Array): string {
  const lines = Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n')
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`
}

process.exitCode = await main()

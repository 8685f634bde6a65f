// `npm run conformance`: every kind of file, signed at every level, before every outside judge; writes docs/conformance.md.
//
//   npm run conformance [-- --out FILE]                what CI runs: every pair of values at least once
//   npm run conformance -- --full [--state FILE]       the full product, by hand: hours; goes on where it was stopped
//                                                      (twelve signers, which cost minutes a file: every pair of the rest)
//   npm run conformance -- --full --state FILE --page  only writes down what a full run has judged so far
//   … --samples FOLDER                                 further uploads, by file name
//   … --limit N                                        the first N rows only, and the page says so
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { keyKinds, openAuthority } from './authority.ts'
import { type Asked, judgeBatch } from './batch.ts'
import { digests, levels, type Producer, producers } from './files.ts'
import { isAsExpected, type Judged, section, withSection } from './page.ts'
import { pairwise, product, shuffled } from './pairwise.ts'

const day = 86_400_000
const signerCounts = [1, 3, 12] as const
/** What a file costs the judges, in signatures. */
const weightOf = ({ wanted }: Asked) => wanted.signers + 3
const { values } = parseArgs({
  options: {
    // The default; CI says it in words.
    pairwise: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    state: { type: 'string', default: join(tmpdir(), 'segl-conformance.jsonl') },
    page: { type: 'boolean', default: false },
    samples: { type: 'string' },
    limit: { type: 'string' },
    out: { type: 'string', default: 'docs/conformance.md' },
  },
})

const nameOf = (producer: string, { kind, digest, level, signers }: Asked['wanted']) =>
  `${producer}, ${kind}, ${digest}, ${level}, ${signers} signers`

async function main(): Promise<number> {
  const all = values.samples === undefined ? producers : [...producers, ...(await samples(values.samples))]
  const chosen = values.full ? everything(all.length) : few(all.length)
  const limited = chosen.slice(0, Number(values.limit ?? chosen.length)).map((row) => asked(row, all))
  // The dear ones last, otherwise in no order: what a stopped run has judged is then a fair sample.
  const rows = shuffled(limited).sort((a, b) => a.wanted.signers - b.wanted.signers)
  const began = new Date()
  const earlier = values.full ? await remembered() : []
  const judged = new Map(earlier.map((one) => [nameOf(one.producer, one.wanted), one]))
  const open = rows.filter(({ producer, wanted }) => !judged.has(nameOf(producer.name, wanted)))
  if (!values.page) {
    const folder = await mkdtemp(join(tmpdir(), 'segl-matrix-'))
    try {
      await inLanes(batches(open), folder, began, async (done) => {
        const on = new Date().toISOString().slice(0, 10)
        const dated = done.map((one) => ({ ...one, on }))
        for (const one of dated) judged.set(nameOf(one.producer, one.wanted), one)
        if (values.full) await appendFile(values.state, dated.map((one) => `${JSON.stringify(one)}\n`).join(''))
        const words = [...judged.values()].flatMap(({ cells }) => cells)
        const bad = words.filter((cell) => !isAsExpected(cell)).length
        const seconds = Math.round((Date.now() - began.getTime()) / 1000)
        console.log(
          `${judged.size} of ${rows.length} files, ${words.length} cells, ${bad} not as expected, ${seconds} s`,
        )
      })
    } finally {
      await rm(folder, { recursive: true })
    }
  }
  const results = rows.flatMap(({ producer, wanted }) => judged.get(nameOf(producer.name, wanted)) ?? [])
  results.sort((a, b) => levels.indexOf(a.wanted.level) - levels.indexOf(b.wanted.level))
  const about = { began, full: values.full, wanted: chosen.length, everything: everything(all.length).length }
  await mkdir(dirname(values.out), { recursive: true })
  await writeFile(values.out, withSection(await textOf(values.out), section(results, about), values.full))
  const every = results.flatMap(({ producer, wanted, cells }) => cells.map((cell) => ({ producer, wanted, cell })))
  const wrong = every.filter(({ cell }) => !isAsExpected(cell))
  for (const { producer, wanted, cell } of wrong) {
    console.log(`${nameOf(producer, wanted)}: ${cell.judge} says ${cell.seen},\n  expected ${cell.expected}`)
  }
  console.log(`\n${every.length - wrong.length} passed, ${wrong.length} failed`)
  return wrong.length === 0 && every.length > 0 ? 0 : 1
}

/**
 * Every pair of producer, key, digest, level and signers. Twelve signers cost the judges minutes, so they come only at the two
 * highest levels, where everything below is in them too.
 */
function few(producerCount: number): (readonly number[])[] {
  const small = pairwise([producerCount, keyKinds.length, digests.length, levels.length, 2])
  return [[2, 0, 0, 3, 2], [0, 3, 1, 4, 2], ...small]
}

/**
 * One and three signers with everything else; twelve with every pair of everything else: they cost the judges minutes a file, and
 * what twelve add to three is more of the same objects.
 */
function everything(producerCount: number): (readonly number[])[] {
  const sizes = [producerCount, keyKinds.length, digests.length, levels.length]
  return [...product([...sizes, 2]), ...pairwise(sizes).map((row) => [...row, 2])]
}

function asked(row: readonly number[], all: readonly Producer[]): Asked {
  const [p = 0, k = 0, d = 0, l = 0, s = 0] = row
  const [producer, kind, digest, level, signers] = [all[p], keyKinds[k], digests[d], levels[l], signerCounts[s]]
  if (!producer || !kind || !digest || !level || !signers) throw new Error('A row names what there is not')
  return { producer, wanted: { kind, digest, level, signers } }
}

/** A small matrix in one batch for each lane; of a large one no more than a stopped run may lose. */
function batches(rows: readonly Asked[]): Asked[][] {
  const parts: Asked[][] = []
  const most = Math.min(150, rows.reduce((sum, row) => sum + weightOf(row), 0) / 2 + 5)
  let weight = most
  for (const row of rows) {
    const own = weightOf(row)
    if (weight + own > most) {
      parts.push([])
      weight = 0
    }
    parts.at(-1)?.push(row)
    weight += own
  }
  return parts
}

/** Two batches at a time, each lane with an authority of its own, whose clock signing moves. */
async function inLanes(
  parts: readonly Asked[][],
  folder: string,
  began: Date,
  tell: (judged: readonly Judged[]) => Promise<void>,
): Promise<void> {
  const rest = [...parts]
  const lane = async (): Promise<void> => {
    const authority = openAuthority(new Date(began.getTime() - 900 * day))
    try {
      for (let part = rest.shift(); part !== undefined; part = rest.shift()) {
        await tell(await judgeBatch(part, authority, folder, !values.full))
      }
    } finally {
      authority.close()
    }
  }
  await Promise.all([lane(), lane()])
}

/** What an earlier full run has written down. */
async function remembered(): Promise<Judged[]> {
  const lines = (await textOf(values.state)).split('\n').filter((line) => line.endsWith('}'))
  return lines.map((line) => JSON.parse(line) as Judged)
}

const textOf = async (file: string) => readFile(file, 'utf8').catch(() => '')

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

process.exitCode = await main()

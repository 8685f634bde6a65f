// Which judge sees which tampering: every plant that our own verifier is tested with, before the judges from outside too.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { complaints, judge } from '../kernel/checks/judge.ts'
import type { Plant } from '../kernel/checks/plant.ts'
import { certificatePlants } from '../kernel/checks/plants-certificates.ts'
import { fillingPlants } from '../kernel/checks/plants-filling.ts'
import { foreignPlants } from '../kernel/checks/plants-foreign.ts'
import { laterPlants } from '../kernel/checks/plants-later.ts'
import { othersPlants } from '../kernel/checks/plants-others.ts'
import { preparedPlants } from '../kernel/checks/plants-prepared.ts'
import { signaturePlants } from '../kernel/checks/plants-signature.ts'
import { trailPlants } from '../kernel/checks/plants-trail.ts'
import { signedFile } from '../kernel/checks/signed-file.ts'
import { clock, pki } from '../kernel/checks/world.ts'
import { type Case, dss, pdfsig, pyhanko, qpdf, type Verdict } from './judges.ts'

export const outside = ['pyhanko', 'dss', 'pdfsig', 'qpdf'] as const
export type Outside = (typeof outside)[number]

export const everyPlant: readonly Plant[] = [
  ...preparedPlants,
  ...laterPlants,
  ...othersPlants,
  ...fillingPlants,
  ...signaturePlants,
  ...foreignPlants,
  ...certificatePlants,
  ...trailPlants,
]

/** A file, and what each has against it; nothing means that it passed. */
export type Said = {
  readonly name: string
  readonly own: readonly string[]
  readonly others: Readonly<Record<Outside, readonly string[]>>
}

/** The plants before everybody; the first is a file that nobody touched. */
export async function judgePlants(plants: readonly Plant[]): Promise<Said[]> {
  const folder = await mkdtemp(join(tmpdir(), 'segl-plants-'))
  try {
    const trust = join(folder, 'root.pem')
    await writeFile(trust, pki.rootPem)
    const untouched = { name: 'nothing', file: () => signedFile() }
    const files: { name: string; own: readonly string[]; one: Case; signed: Date }[] = []
    for (const [index, { name, file }] of [untouched, ...plants].entries()) {
      const bytes = await file()
      const own = complaints(await judge(bytes)).map((line) => line.replace(/ .*/, ''))
      const place = join(folder, `${index}.pdf`)
      await writeFile(place, bytes)
      const one = { file: place, trust, signers: 2, at: [], strict: true, visual: false }
      files.push({ name, own: [...new Set(own)], one, signed: clock.now })
    }
    const verdicts: Verdict[] = await dss(
      files.map(({ one, signed }) => ({ ...one, at: [later(signed).toISOString()] })),
    )
    for (const group of within20Minutes(files)) {
      // pyHanko looks at the system's clock too, and what is signed may be neither in its future nor long past.
      const now = later(new Date(Math.max(...group.map(({ signed }) => signed.getTime()))))
      verdicts.push(
        ...(await pyhanko(
          group.map(({ one }) => one),
          now,
        )),
      )
    }
    for (const { one } of files) verdicts.push(...(await pdfsig(one)), ...(await qpdf(one)))
    return files.map(({ name, own, one }) => {
      const against = (name: Outside) =>
        verdicts.filter(({ judge, file }) => judge === name && file === one.file).flatMap(({ reasons }) => reasons)
      const others = {
        pyhanko: against('pyhanko'),
        dss: against('dss'),
        pdfsig: against('pdfsig'),
        qpdf: against('qpdf'),
      }
      return { name, own, others }
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** The world of the plants has a clock of its own, and some plants move it by hours. */
function within20Minutes<T extends { readonly signed: Date }>(files: readonly T[]): T[][] {
  const groups: T[][] = []
  let first = Number.NEGATIVE_INFINITY
  for (const file of files) {
    if (file.signed.getTime() - first > 20 * 60_000) {
      groups.push([])
      first = file.signed.getTime()
    }
    groups.at(-1)?.push(file)
  }
  return groups
}

const later = (time: Date) => new Date(time.getTime() + 30_000)

/** As a table in Markdown: our own checks by id, and who else sees it. */
export function plantTable(said: readonly Said[]): string {
  const rows = said.map(({ name, own, others }) => {
    const words = outside.map((judge) => (others[judge].length === 0 ? '–' : 'caught'))
    return `| ${[name, own.join(', ') || '–', ...words].join(' | ')} |`
  })
  const head = ['plant', 'our own checks', 'pyHanko', 'EU DSS', 'pdfsig', 'qpdf']
  return [`| ${head.join(' | ')} |`, `| ${head.map(() => '---').join(' | ')} |`, ...rows].join('\n')
}

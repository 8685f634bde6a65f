// Signs some rows of the matrix, has every judge speak about them at all times, and deletes the files again.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writePem } from '../../src/kernel/der/index.ts'
import type { Authority } from './authority.ts'
import { cells } from './expected.ts'
import { type Producer, renewedAfter, signedFile, type Wanted } from './files.ts'
import { type Case, dss, pdfsig, prefix, pyhanko, qpdf, verapdf } from './judges.ts'
import { openssl } from './openssl.ts'
import type { Judged } from './page.ts'

const day = 86_400_000
/** Days after signing at which pyHanko, EU DSS and `openssl ts` are asked. */
export const days = [0, 2, 400] as const

export type Asked = { readonly producer: Producer; readonly wanted: Wanted }

/**
 * One JVM for EU DSS, one for veraPDF and one Python for pyHanko speak about the whole batch. `visual`: whether EU DSS compares
 * drawn pages too. `authority` is for this batch alone while it runs: signing moves its clock.
 */
export async function judgeBatch(
  asked: readonly Asked[],
  authority: Authority,
  place: string,
  visual: boolean,
): Promise<Judged[]> {
  const folder = await mkdtemp(join(place, 'batch-'))
  try {
    const [root, chain] = [join(folder, 'root.pem'), join(folder, 'chain.pem')]
    await writeFile(root, authority.rootPem)
    const stampers = (['tsa', 'tsa2'] as const).map((name) => authority.tsa(name).certificate)
    await writeFile(chain, [...authority.chain, ...stampers].map((der) => writePem(der, 'CERTIFICATE')).join(''))
    const files: (Asked & { readonly one: Case; readonly signedAt: Date; readonly at: readonly Date[] })[] = []
    for (const [index, { producer, wanted }] of asked.entries()) {
      // Two minutes ago, so that the last signature of twelve is not in the judges' future.
      const now = new Date(Date.now() - 120_000)
      const upload = await producer.bytes()
      const [original, file] = [join(folder, `${index}.original.pdf`), join(folder, `${index}.pdf`)]
      await writeFile(original, upload)
      await writeFile(file, await signedFile(upload, wanted, authority, now))
      const signedAt = new Date(now.getTime() - (wanted.level === 'renewed twice' ? renewedAfter : 0) + 20_000)
      const at = days.map((later) => new Date(Date.now() + later * day))
      const asking = { at: at.map((time) => time.toISOString()), strict: producer.hybrid !== true, visual }
      const one = { file, original, trust: root, signers: wanted.signers, ...asking }
      files.push({ producer, wanted, signedAt, at, one })
    }
    const claiming = files.flatMap(({ producer: { flavour }, one }) =>
      flavour === undefined ? [] : [{ file: one.file, flavour }],
    )
    const cases = files.map(({ one }) => one)
    const verdicts = [...(await dss(cases)), ...(await pyhanko(cases))]
    if (claiming.length > 0) verdicts.push(...(await verapdf(claiming)))
    const judged: Judged[] = []
    for (const { producer, wanted, one, signedAt, at } of files) {
      const own = verdicts.filter(({ file }) => file === one.file)
      own.push(...(await pdfsig(one)), ...(await qpdf(one)), ...(await prefix(one)))
      const given = { root, chain, issuers: authority.chain, signedAt, at }
      const words = await openssl(await readFile(one.file), folder, given)
      const seen = { verdicts: own, openssl: words, times: days.length }
      judged.push({ producer: producer.name, wanted, cells: cells(wanted, producer, seen) })
    }
    return judged
  } finally {
    await rm(folder, { recursive: true })
  }
}

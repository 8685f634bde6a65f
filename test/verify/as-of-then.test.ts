// Years later, with a moved clock: signers whose certificates have ended or were revoked since, and files renewed again and again.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { makeCrl } from '../../src/bankid/crl.ts'
import { createFaults } from '../../src/bankid/faults.ts'
import { createResponder } from '../../src/bankid/ocsp.ts'
import { readArchived } from '../../src/kernel/pades/index.ts'
import { bytesSource } from '../../src/kernel/pdf/index.ts'
import { buildOcspRequest, parseCertificate } from '../../src/kernel/x509/index.ts'
import { type Case, dss, programs, pyhanko, type Verdict } from '../conformance/judges.ts'
import type { Document } from '../kernel/checks/signed-file.ts'
import type { Identity } from '../kernel/checks/world.ts'
import { needs } from '../support/outside.ts'

const day = 86_400_000
// Long enough ago that the last judgement is not in the future: pyHanko knows no proof of existence from there.
process.env['WORLD_BEGINS'] = new Date(Date.now() - 1300 * day).toISOString()
const { clock, pki } = await import('../kernel/checks/world.ts')
const { archive, signedDocument } = await import('../kernel/checks/signed-file.ts')
const { revocable } = await import('../kernel/checks/plants-certificates.ts')
const { complaints, judge } = await import('../kernel/checks/judge.ts')
const begin = clock.now

const folder = mkdtempSync(join(tmpdir(), 'segl-as-of-then-'))
const later = (milliseconds: number): Date => {
  clock.now = new Date(clock.now.getTime() + milliseconds)
  return clock.now
}

const responder = createResponder(pki, () => clock.now, createFaults())

/** As the OCSP responder answers now. */
const answerAbout = ({ certificate }: Identity): Uint8Array =>
  responder.answer(
    buildOcspRequest({
      certificate: parseCertificate(certificate),
      issuer: parseCertificate(pki.certificateOf('persons')),
    }),
  )

/** As flow stores it: lists of the authorities that last, and about people what was answered at the time. */
const data = (ocsps: readonly Uint8Array[]) => ({
  certificates: (['root', 'persons', 'organisations', 'tsa'] as const).map((name) => pki.certificateOf(name)),
  crls: (['root', 'organisations'] as const).map((name) => makeCrl(pki, name, () => clock.now)),
  ocsps,
})

/** With certificates of an hour. The first one is revoked two minutes later; with `told` the file itself says so. */
function signedByTwo({ revoked = false, told = false } = {}): Promise<Document> {
  const [first, second] = [revocable(), revocable()]
  const answers = () => [first.identity, second.identity].map(answerAbout)
  let then: readonly Uint8Array[] = []
  return signedDocument({
    first: first.identity,
    second: second.identity,
    beforeSeal: (document) => {
      then = answers()
      later(60_000)
      if (revoked) first.revoke()
      later(60_000)
      return document
    },
    validationData: () => data(told ? answers() : then),
  })
}

/** By what the file itself says, as a process does that knows nothing of the one before. */
const renewed = ({ bytes }: Document): Document =>
  archive({ bytes, state: readArchived(bytesSource(bytes)).state }, { validationData: () => data([]) })

async function renewedTwice(revoked: boolean): Promise<Document> {
  let document = await signedByTwo({ revoked })
  for (let time = 0; time < 2; time += 1) {
    later(400 * day)
    document = renewed(document)
  }
  return document
}

type Story = {
  readonly name: string
  readonly file: () => Promise<Document>
  readonly judgedAfter: readonly number[]
  /** What pyHanko says instead. */
  readonly pyhanko?: RegExp
}
const stories: readonly Story[] = [
  { name: 'signers whose certificates ended an hour later', file: () => signedByTwo(), judgedAfter: [0, 2, 400] },
  { name: 'a signer revoked since', file: () => signedByTwo({ revoked: true }), judgedAfter: [0, 2, 400] },
  {
    name: 'a signer revoked since, which the file tells',
    file: () => signedByTwo({ revoked: true, told: true }),
    judgedAfter: [0, 400],
    // Measured: 0.36.2 builds no past path through an answer that says "revoked", be it of a time long after the time-stamp.
    pyhanko: /^Segl-Sig-01: INDETERMINATE CERTIFICATE_CHAIN_GENERAL_FAILURE/,
  },
  { name: 'a file renewed twice, from the file alone', file: () => renewedTwice(false), judgedAfter: [0, 400] },
  { name: 'a signer revoked since, renewed twice', file: () => renewedTwice(true), judgedAfter: [0, 400] },
]

describe('as of then', () => {
  const trust = join(folder, 'root.pem')
  const made: { readonly one: Case; readonly document: Document; readonly at: readonly Date[] }[] = []
  let words: readonly Verdict[] = []

  before(async () => {
    writeFileSync(trust, pki.rootPem)
    for (const [index, { file, judgedAfter }] of stories.entries()) {
      clock.now = new Date(begin.getTime() + index * day)
      const document = await file()
      const path = join(folder, `${index}.pdf`)
      writeFileSync(path, document.bytes)
      const at = judgedAfter.map((days) => new Date(clock.now.getTime() + days * day + 60_000))
      const one = { file: path, trust, signers: 2, at: at.map((time) => time.toISOString()), strict: true }
      made.push({ one, document, at })
    }
    if (!needs(programs.java, programs.dssJar)) words = await dss(made.map(({ one }) => one))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  for (const [index, { name, pyhanko: otherwise }] of stories.entries()) {
    test(`${name}: valid to our own verifier`, async () => {
      const { document, at } = made[index] ?? assert.fail()
      for (const time of at) {
        const report = await judge(document.bytes, time)
        assert.deepEqual(complaints(report), [], time.toISOString())
        assert.equal(report.verdict, 'PASSED')
      }
    })

    test(`${name}: ${otherwise ? 'undecided' : 'valid'} to pyHanko`, { skip: needs(programs.python) }, async () => {
      const { one, at } = made[index] ?? assert.fail()
      const verdicts = await pyhanko(one)
      if (otherwise) {
        for (const { reasons } of verdicts)
          assert.ok(reasons.length === 1 && otherwise.test(reasons[0] ?? ''), reasons[0])
        return
      }
      assert.deepEqual(
        verdicts.map(({ reasons }) => reasons),
        at.map(() => []),
      )
    })

    test(`${name}: valid to EU DSS`, { skip: needs(programs.java, programs.dssJar) }, () => {
      const { one, at } = made[index] ?? assert.fail()
      assert.deepEqual(
        words.filter(({ file }) => file === one.file).map(({ reasons }) => reasons),
        at.map(() => []),
      )
    })
  }

  test('what renewing needs can be read from a file: the state is the one that was stored', () => {
    const { document } = made[0] ?? assert.fail()
    const { state, renewal } = readArchived(bytesSource(document.bytes))
    const { slots: _, seal: __, resources: ___, dss: store, ...stored } = document.state
    const { slots: ____, seal: _____, resources: ______, dss: found, ...read } = state
    const { entries, ...lists } = found
    assert.equal(entries, '/Type /DSS')
    assert.deepEqual(lists, store)
    assert.deepEqual({ ...read, lastPage: stored.lastPage }, stored)
    assert.ok(renewal && renewal.due < renewal.ends)
  })
})

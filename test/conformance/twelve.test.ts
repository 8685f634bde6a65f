// Twelve people on one document, RSA and EC mixed: at each revision every signature so far is intact, trusted and left in peace.
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type Report, verify } from '../../src/kernel/checks/index.ts'
import { parseSignedData, parseTimestampToken } from '../../src/kernel/cms/index.ts'
import { writePem } from '../../src/kernel/der/index.ts'
import { appendValidationData } from '../../src/kernel/pades/index.ts'
import { bytesSource, openPdf, signatures } from '../../src/kernel/pdf/index.ts'
import { parseCertificate } from '../../src/kernel/x509/index.ts'
import { trailOf } from '../kernel/checks/signed-file.ts'
import { type Algorithm, type Authority, openAuthority } from '../kernel/pades/authority.ts'
import { algorithmOf, type Document, prepare, sign, stored, timestamp } from '../kernel/pades/ceremony.ts'
import { auditAppearance, plainSheet, signatureAppearance } from '../kernel/pades/sheet.ts'
import { needs } from '../support/outside.ts'
import { type Case, dss, pdfsig, programs, pyhanko } from './judges.ts'
import { verifyCms, verifyToken, withoutPadding } from './openssl.ts'

const kinds: readonly Algorithm[] = ['ecdsa-p256', 'rsa-2048', 'ecdsa-p384', 'rsa-pss-3072']
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const pem = (der: Uint8Array) => writePem(der, 'CERTIFICATE')
const harmless = ['NONE', 'LTA_UPDATES', 'FORM_FILLING']

let folder = ''
let root = ''
let chain = ''
let authority: Authority

/** The file after each of the twelve, and at the end. */
type Ceremony = { readonly revisions: readonly Buffer[]; readonly final: Buffer }

/** `slots`: in which order they sign; `interim`: whether validation data follows each signature; `at`: what time a signer claims. */
async function ceremony(slots: readonly number[], interim: boolean, at: (turn: number) => Date): Promise<Ceremony> {
  const upload = await readFile(new URL('../fixtures/contract.pdf', import.meta.url))
  const people = await Promise.all(
    slots.map((slot) => authority.issue(`Person ${slot}`, kinds[slot % kinds.length] ?? 'ecdsa-p256')),
  )
  let document: Document = prepare(upload, plainSheet(12))
  const preparedSha256 = sha256(document.bytes)
  const told: { revision: number; revisionSha256: string; cmsSha256: string }[] = []
  const revisions: Buffer[] = []
  for (const [turn, slot] of slots.entries()) {
    const identity = people[turn] ?? assert.fail()
    const asked = { slot, name: `Person ${slot}`, signingTime: at(turn), appearance: signatureAppearance(`${slot}`) }
    document = sign(document, authority, identity, algorithmOf(kinds[slot % kinds.length] ?? 'ecdsa-p256'), asked)
    const cms = signatures(openPdf(bytesSource(document.bytes))).find(({ field }) =>
      field.name.endsWith(String(slot).padStart(2, '0')),
    )
    const revision = 2 + turn * (interim ? 2 : 1)
    const der = withoutPadding(cms?.contents ?? assert.fail())
    told.push({ revision, revisionSha256: sha256(document.bytes), cmsSha256: sha256(der) })
    if (interim) document = remember(document, identity.certificate)
    revisions.push(document.bytes)
  }
  const seal = await authority.issue('Segl Test AS', 'ecdsa-p256', 'organisation')
  document = sign(document, authority, seal, algorithmOf('ecdsa-p256'), {
    slot: 'seal',
    name: 'Segl Test AS',
    signingTime: new Date(),
    appearance: auditAppearance('Audit trail'),
    trail: Buffer.from(trailOf(upload, preparedSha256, told)),
  })
  // EU DSS calls a signature B-T behind which the security store has not grown.
  return { revisions, final: timestamp(remember(document, seal.certificate), authority).bytes }
}

/** What is known about a signer, put into the security store. */
function remember(document: Document, certificate: Uint8Array): Document {
  const certificates = [...authority.chain, authority.tsaCertificate, certificate]
  const { increment, state } = appendValidationData(document.state, { certificates, crls: authority.crls, ocsps: [] })
  return { bytes: Buffer.concat([document.bytes, increment]), state: stored(state) }
}

async function caseOf(bytes: Buffer, name: string, signers: number): Promise<Case> {
  const file = join(folder, `${name}.pdf`)
  await writeFile(file, bytes)
  return { file, trust: root, signers, at: [], strict: true, visual: false }
}

const judged = (bytes: Buffer): Promise<Report> =>
  verify({ source: bytesSource(bytes), trustAnchors: [parseCertificate(authority.root)], at: new Date() })

/** By pyHanko: each covers its revision, and what came after it is allowed. */
async function leftInPeace(cases: readonly Case[]): Promise<void> {
  const verdicts = await pyhanko(cases)
  for (const [turn, verdict] of verdicts.entries()) {
    const seen = verdict.signatures ?? []
    assert.equal(seen.length, turn + 1)
    for (const one of seen) {
      assert.ok(harmless.includes(one.modification ?? ''), `revision ${turn + 1}: ${one.modification}`)
      assert.match(one.coverage ?? '', /^ENTIRE_(FILE|REVISION)$/)
      assert.doesNotMatch(one.indication, /FAILED/)
    }
  }
}

/** At the end everybody is valid, for every judge. */
async function allValid(bytes: Buffer, name: string): Promise<void> {
  const one = await caseOf(bytes, name, 12)
  for (const verdict of [...(await pyhanko(one)), ...(await dss([one])), ...(await pdfsig(one))]) {
    assert.deepEqual(verdict.reasons, [], verdict.judge)
  }
  const report = await judged(bytes)
  const against = report.signatures.flatMap(({ field, checks }) =>
    checks.filter(({ verdict }) => verdict === 'FAILED').map(({ id, detail }) => `${field} ${id} ${detail}`),
  )
  assert.deepEqual(against, [])
  assert.deepEqual(
    report.signatures.map(({ level }) => level),
    [...Array.from({ length: 13 }, () => 'B-LTA'), null],
  )
}

describe('twelve signers of one document, RSA and EC mixed', {
  skip: needs(programs.python, programs.java, programs.dssJar, 'pdfsig', 'openssl'),
}, () => {
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'segl-twelve-'))
    authority = await openAuthority()
    root = join(folder, 'root.pem')
    await writeFile(root, pem(authority.root))
    chain = join(folder, 'chain.pem')
    await writeFile(chain, [...authority.chain, authority.tsaCertificate].map(pem).join(''))
  })
  after(async () => {
    authority?.close()
    if (folder !== '') await rm(folder, { recursive: true })
  })

  it('in sequence, with validation data after each: at each revision all so far are valid for EU DSS, and for us', async () => {
    const slots = Array.from({ length: 12 }, (_, index) => index + 1)
    const { revisions, final } = await ceremony(slots, true, () => new Date())
    const cases = await Promise.all(revisions.map((bytes, turn) => caseOf(bytes, `sequence-${turn}`, turn)))
    await leftInPeace(cases)
    const verdicts = await dss(cases)
    for (const [turn, { signatures: seen = [], reasons }] of verdicts.entries()) {
      assert.equal(seen.length, turn + 1)
      for (const { indication, level } of seen)
        assert.match(`${indication} ${level}`, /^TOTAL_PASSED PAdES-BASELINE-LT$/)
      assert.ok(!reasons.some((reason) => reason.includes('changes after it')), reasons.join('\n'))
    }
    for (const [turn, bytes] of revisions.entries()) {
      const report = await judged(bytes)
      assert.equal(report.signatures.length, turn + 1)
      for (const { field, level, verdict, checks } of report.signatures) {
        const against = checks.filter((check) => check.verdict === 'FAILED').map(({ id }) => id)
        assert.deepEqual([field, level, verdict, against], [field, 'B-LT', 'PASSED', []])
      }
    }
    await allValid(final, 'sequence')
  })

  it('in parallel, all claiming one time and in no order: at each revision each is trusted at its time-stamp', async () => {
    const slots = [7, 3, 12, 1, 10, 5, 8, 2, 11, 6, 9, 4]
    const claimed = new Date()
    const { revisions, final } = await ceremony(slots, false, () => claimed)
    const cases = await Promise.all(revisions.map((bytes, turn) => caseOf(bytes, `parallel-${turn}`, turn)))
    await leftInPeace(cases)
    for (const [turn, bytes] of revisions.entries()) {
      const one = cases[turn] ?? assert.fail()
      const [verdict] = await pdfsig(one)
      assert.deepEqual(verdict?.reasons, ['no document time-stamp that covers the total document'])
      const found = signatures(openPdf(bytesSource(bytes)))
      assert.equal(found.length, turn + 1)
      for (const { field, contents, byteRange } of found) {
        const [start = 0, length = 0, rest = 0, restLength = 0] = byteRange ?? []
        const [cms, content, token, signature] = ['cms', 'content', 'token', 'signature'].map((name) =>
          join(folder, name),
        )
        assert.ok(cms && content && token && signature)
        const der = withoutPadding(contents ?? assert.fail())
        const [signer] = parseSignedData(der).signerInfos
        const stamp = signer?.signatureTimestamps[0] ?? assert.fail(`${field.name} has no time-stamp`)
        await writeFile(cms, der)
        await writeFile(
          content,
          Buffer.concat([bytes.subarray(start, start + length), bytes.subarray(rest, rest + restLength)]),
        )
        await writeFile(token, stamp)
        await writeFile(signature, signer?.signature ?? '')
        const stamped = new Date(parseTimestampToken(stamp).genTime)
        assert.equal(await verifyToken(token, signature, { root, chain }, stamped), 'ok', field.name)
        assert.equal(await verifyCms(cms, content, root, stamped), 'ok', field.name)
      }
    }
    await allValid(final, 'parallel')
  })
})

// Uploads that others have signed (made by pyHanko): Segl's signers, seal and time-stamp leave the earlier signatures as they were.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { isSeglError } from '../../../src/errors.ts'
import { writePem } from '../../../src/kernel/der/index.ts'
import { prepareSigned } from '../../../src/kernel/pades/index.ts'
import { bytesSource, openPdf, type PlacedSlot, pagesOf, preflight, serialise } from '../../../src/kernel/pdf/index.ts'
import { dss, pdfsig, programs, pyhanko, qpdf } from '../../conformance/judges.ts'
import { needs } from '../../support/outside.ts'
import { type Authority, openAuthority } from './authority.ts'
import { algorithmOf, type Document, sign, stored, timestamp } from './ceremony.ts'
import { auditAppearance, drawnWith, signatureAppearance } from './sheet.ts'

const folder = mkdtempSync(join(tmpdir(), 'segl-signed-before-'))
const maker = new URL('../../conformance/signed_before.py', import.meta.url).pathname

/** Earlier signers whose signatures pyHanko and EU DSS call B-LTA in the end. */
const accepted: readonly (readonly [name: string, earlier: number])[] = [
  ['approval', 1],
  ['approval-vri', 1],
  ['approval-invisible', 1],
  ['certified-2', 1],
  ['certified-3', 1],
  ['locks-one', 1],
]
const places: readonly PlacedSlot[] = [
  { slot: 1, page: 1, x: 320, y: 600, width: 200, height: 50, description: 'Siri' },
  { slot: 2, page: 1, x: 320, y: 660, width: 200, height: 50 },
]
const refused = ['certified-1', 'locks-all', 'locks-others', 'locked-permission-1']

describe('an upload that others have signed', { skip: needs(programs.python, 'openssl') }, () => {
  let authority: Authority
  const trust = join(folder, 'roots.pem')
  const upload = (name: string) => readFileSync(join(folder, `${name}.pdf`))

  before(async () => {
    execFileSync(programs.python, [maker, folder])
    authority = await openAuthority()
    writeFileSync(trust, writePem(authority.root, 'CERTIFICATE') + readFileSync(join(folder, 'before.pem'), 'utf8'))
  })
  after(() => {
    authority?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  /** Two signers, seal and archive time-stamp of ours behind it. */
  async function signedOn(bytes: Buffer, placed: readonly PlacedSlot[] = []): Promise<Document> {
    let document: Document = { bytes, state: stored(prepareSigned(bytesSource(bytes), 3, placed)) }
    for (const [index, name] of ['Siri Nordmann', 'Per Nordmann'].entries()) {
      const appearance = signatureAppearance(name)
      const request = { slot: index + 1, name, signingTime: new Date(), appearance, drawnWith }
      const identity = await authority.issue(name, 'ecdsa-p256')
      document = sign(document, authority, identity, algorithmOf('ecdsa-p256'), request)
    }
    const organisation = await authority.issue('Segl Test AS', 'ecdsa-p256', 'organisation')
    const trail = Buffer.from('{"order":"x","events":[]}')
    const sealing = {
      slot: 'seal',
      name: 'Segl',
      signingTime: new Date(),
      appearance: auditAppearance('x'),
      trail,
    } as const
    document = sign(document, authority, organisation, algorithmOf('ecdsa-p256'), sealing)
    return timestamp(document, authority)
  }

  const files = [
    ...accepted.map(([name, earlier]) => ({ name, earlier, shown: false })),
    // Who certified a document lets nobody be shown.
    ...accepted
      .filter(([name]) => !name.startsWith('certified'))
      .map(([name, earlier]) => ({ name, earlier, shown: true })),
  ]
  for (const { name, earlier, shown } of files) {
    describe(shown ? `${name}, with two signatures that are shown` : name, () => {
      const file = join(folder, `${name}.${shown ? 'shown' : 'signed'}.pdf`)
      const one = { file, trust, signers: earlier + 2, at: [], strict: true }
      before(async () => writeFileSync(file, (await signedOn(upload(name), shown ? places : [])).bytes))

      test('pyHanko: AdESPassed.OK for everybody, the earlier ones too, FORM_FILLING or better', async () => {
        const [verdict] = await pyhanko(one)
        assert.deepEqual(verdict?.reasons, [])
        assert.equal(verdict?.signatures?.length, earlier + 3)
      })

      test('EU DSS: TOTAL_PASSED, PAdES-BASELINE-LTA for everybody', {
        skip: needs(programs.java, programs.dssJar),
      }, async () => {
        const [verdict] = await dss([one])
        assert.deepEqual(verdict?.reasons, [])
      })

      test('pdfsig and qpdf: every signature valid, no warning', { skip: needs('pdfsig', 'qpdf') }, async () => {
        for (const judge of [pdfsig, qpdf]) assert.deepEqual((await judge(one))[0]?.reasons, [])
      })

      test('the upload is the beginning of the file; its pages are what they were where nothing is shown', () => {
        const [was, is] = [upload(name), readFileSync(file)]
        assert.ok(is.subarray(0, was.length).equals(was))
        const pages = (bytes: Buffer) => [...pagesOf(openPdf(bytesSource(bytes)))].map(({ dict }) => serialise(dict))
        if (shown) assert.notDeepEqual(pages(is), pages(was))
        else assert.deepEqual(pages(is), pages(was))
      })
    })
  }

  for (const name of refused) {
    test(`${name} is CHANGES_FORBIDDEN, with the place of the signature that says so`, () => {
      const bytes = upload(name)
      const [finding, ...others] = preflight(bytesSource(bytes)).findings.filter(
        ({ severity }) => severity === 'refuse',
      )
      assert.deepEqual(others, [])
      assert.equal(finding?.code, 'CHANGES_FORBIDDEN')
      assert.match(bytes.subarray(finding?.offset, (finding?.offset ?? 0) + 9).toString('latin1'), /^<30[0-9a-f]{6}/i)
      assert.throws(
        () => prepareSigned(bytesSource(bytes), 1),
        (error) => isSeglError(error, 'CHANGES_FORBIDDEN') && error.offset === finding?.offset,
      )
    })
  }

  for (const name of ['certified-2', 'certified-3']) {
    test(`${name} lets nobody be shown: SIGNATURE_PLACE_INVALID; pre-flight says so`, () => {
      const bytes = upload(name)
      assert.ok(preflight(bytesSource(bytes)).findings.some(({ code }) => code === 'EARLIER_CERTIFICATION'))
      assert.throws(
        () => prepareSigned(bytesSource(bytes), 2, places),
        (error) => isSeglError(error, 'SIGNATURE_PLACE_INVALID'),
      )
    })
  }

  test('a finished document of Segl is ALREADY_SIGNED: its seal ends the order', async () => {
    const { bytes } = await signedOn(upload('approval'))
    const codes = preflight(bytesSource(bytes)).findings.filter(({ severity }) => severity === 'refuse')
    assert.deepEqual(
      codes.map(({ code }) => code),
      ['ALREADY_SIGNED'],
    )
  })

  test('pre-flight accepts the others and says that the signatures are kept', () => {
    for (const [name] of accepted) {
      const { accepted: signable, findings } = preflight(bytesSource(upload(name)))
      assert.ok(signable, name)
      assert.ok(findings.some(({ code, severity }) => code === 'EARLIER_SIGNATURES' && severity === 'warn'))
    }
  })
})

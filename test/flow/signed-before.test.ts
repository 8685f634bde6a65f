// An order over a document that others have signed: from the upload to B-LTA, and what those signatures forbid.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Order } from '../../src/client/index.ts'
import { verify } from '../../src/kernel/checks/index.ts'
import { readPem } from '../../src/kernel/der/index.ts'
import { bytesSource, formFields, isArray, isRef, openPdf, pagesOf } from '../../src/kernel/pdf/index.ts'
import { parseCertificate } from '../../src/kernel/x509/index.ts'
import { people } from '../../src/visitor/visitor.ts'
import { dss, pdfsig, programs, pyhanko, qpdf } from '../conformance/judges.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { needs } from '../support/outside.ts'
import { type Accountant, accountant, linkOf, visitor } from './actors.ts'

const folderOf = (name: string) => `../verify/fixtures/signed-before/${name}`
const fixture = (name: string) => fileURLToPath(new URL(folderOf(name), import.meta.url))

/** Fields of ours that pages list among their annotations. */
function fieldsOnPages(bytes: Buffer): number {
  const file = openPdf(bytesSource(bytes))
  const ours = formFields(file).flatMap(({ name, ref }) => (/^Segl-Sig-/.test(name) && ref ? [ref.number] : []))
  return [...pagesOf(file)].flatMap(({ dict }) => {
    const list = file.resolve(dict.get('Annots'))
    return (isArray(list) ? list : []).filter((one) => isRef(one) && ours.includes(one.number))
  }).length
}

describe('an order over a document that others have signed', () => {
  let segl: Installation
  let books: Accountant
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'segl-signed-before-'))
    segl = await startInstallation()
    books = accountant(segl, (await segl.newTenant()).apiKey)
  })
  after(async () => {
    await segl?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const pair = [
    { bankid: 'attestant', group: 1 },
    { bankid: 'approver', group: 2 },
  ]
  const rootPem = async () => (await fetch(`${segl.bankidUrl}/certs/root.pem`)).text()

  async function signedByBoth(
    name: string,
    signers: readonly object[] = [],
  ): Promise<{ readonly order: Order; readonly document: string; readonly bytes: Buffer }> {
    const document = await books.upload(folderOf(name))
    const given = signers.length === 0 ? {} : { signers }
    const opened = await books.order(pair, { documents: [{ id: document }], ...given })
    await visitor(segl, 'attestant').sign(linkOf(opened))
    const next = await books.until(opened.id, ({ signers }) => signers[1]?.state === 'ready', 'the turn of the second')
    await visitor(segl, 'approver').sign(linkOf(next, 1))
    const order = await books.reaches(opened.id, 'completed')
    return { order, document, bytes: await books.download(`/v1/documents/${document}/signed`) }
  }

  /** Both signers, one below the other on the first page. */
  async function shown(): Promise<readonly object[]> {
    const everybody = await people(segl.bankidUrl)
    return pair.map(({ bankid, group }, index) => {
      const person = everybody.find(({ role }) => role === bankid)
      assert.ok(person)
      const place = { page: 1, x: 320, y: 600 + 60 * index, width: 200, height: 50 }
      const who = { name: person.name, person: { nationalIdentityNumber: person.number } }
      return { role: 'approver', group, ...who, signaturePlacements: [place] }
    })
  }

  for (const [name, place] of [
    ['approval', 'invisibly'],
    ['approval', 'on its first page'],
    ['certified-2', 'invisibly'],
  ] as const) {
    it(`${name}: is signed ${place} by both and sealed; every judge finds their signature and ours whole`, {
      skip: needs(programs.python, programs.java, programs.dssJar, 'pdfsig', 'qpdf'),
    }, async () => {
      const isShown = place !== 'invisibly'
      const { document, bytes } = await signedByBoth(name, isShown ? await shown() : [])
      const upload = await readFile(`${fixture(name)}.pdf`)
      assert.ok(bytes.subarray(0, upload.length).equals(upload), 'the upload is the prefix')

      assert.equal(fieldsOnPages(bytes), isShown ? 2 : 0)

      const anchors = readPem(await rootPem(), 'CERTIFICATE').map((der) => parseCertificate(der))
      const report = await verify({ source: bytesSource(bytes), trustAnchors: anchors, at: new Date() })
      assert.equal(report.verdict, 'PASSED', JSON.stringify(report.signatures))
      assert.deepEqual(
        report.signatures.filter(({ earlier }) => !earlier).map(({ kind, level }) => [kind, level]),
        [
          ['signer', 'B-LTA'],
          ['signer', 'B-LTA'],
          ['seal', 'B-LTA'],
          ['timestamp', null],
        ],
      )
      const file = join(folder, `${name}.pdf`)
      const trust = join(folder, 'roots.pem')
      await writeFile(file, bytes)
      await writeFile(trust, (await rootPem()) + (await readFile(fixture('before.pem'), 'utf8')))
      const one = { file, trust, signers: 3, at: [], strict: true }
      for (const judge of [pyhanko, pdfsig, qpdf]) assert.deepEqual((await judge(one))[0]?.reasons, [])
      assert.deepEqual((await dss([one]))[0]?.reasons, [])

      const { body } = await books.call('GET', `/v1/documents/${document}`)
      const { revisions } = body as object as { readonly revisions: readonly { readonly kind: string }[] }
      assert.deepEqual(
        revisions.map(({ kind }) => kind),
        ['upload', 'signature', 'signature', 'seal', 'archive'],
      )
    })
  }

  it('lets nobody be shown behind a certification: SIGNATURE_PLACE_INVALID with its pointer, before anybody is asked', async () => {
    const document = await books.upload(folderOf('certified-2'))
    const body = { title: 'Avtale', documents: [{ id: document }], signers: await shown() }
    const answer = await books.call('POST', '/v1/orders', body)
    const errors = answer.body['errors'] as readonly { readonly pointer: string; readonly code: string }[]
    assert.equal(answer.status, 422, JSON.stringify(answer.body))
    assert.deepEqual(
      errors.map((one) => [one.pointer, one.code]),
      [0, 1].map((index) => [`/signers/${index}/signaturePlacements/0`, 'SIGNATURE_PLACE_INVALID']),
    )
  })

  it('tells with the document that the signatures are kept and nothing is appended to its pages', async () => {
    const id = await books.upload(folderOf('approval'))
    const { body } = await books.call('GET', `/v1/documents/${id}`)
    assert.match(JSON.stringify(body), /EARLIER_SIGNATURES/)
  })

  it('is refused by code, with the place, where a certification allows nothing after it', async () => {
    await assert.rejects(books.upload(folderOf('certified-1')), /"code":"CHANGES_FORBIDDEN".*byte \d+/)
  })

  it('is refused with check and place where such a signature is broken, or its validation data cannot be read', async () => {
    await assert.rejects(
      books.upload(folderOf('earlier-broken-digest')),
      /"code":"ALREADY_SIGNED".*"check":"CMS_SIGNATURE"/,
    )
    await assert.rejects(books.upload(folderOf('earlier-dss-bad-stream')), /"code":"MALFORMED_PDF".*byte \d+/)
  })

  it('lets the one who ordered it end it when one has signed: what is there is sealed', async () => {
    const document = await books.upload(folderOf('approval'))
    const opened = await books.order(pair, { documents: [{ id: document }] })
    await visitor(segl, 'attestant').sign(linkOf(opened))
    await books.until(opened.id, ({ signers }) => signers[1]?.state === 'ready', 'the turn of the second')
    assert.equal((await books.call('POST', `/v1/orders/${opened.id}/cancel`)).status, 200)
    await books.reaches(opened.id, 'cancelled')
    const bytes = await books.revision(document, 3)
    const anchors = readPem(await rootPem(), 'CERTIFICATE').map((der) => parseCertificate(der))
    const report = await verify({ source: bytesSource(bytes), trustAnchors: anchors, at: new Date() })
    assert.equal(report.verdict, 'PASSED', JSON.stringify(report.signatures))
  })
})

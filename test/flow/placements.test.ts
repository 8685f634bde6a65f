// A signature that is shown on a page of the document: from the order to the finished file, and what is refused, with its pointer.
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { verify } from '../../src/kernel/checks/index.ts'
import { readPem } from '../../src/kernel/der/index.ts'
import { bytesSource, formFields, openPdf, pagesOf } from '../../src/kernel/pdf/index.ts'
import { parseCertificate } from '../../src/kernel/x509/index.ts'
import { people } from '../../src/visitor/visitor.ts'
import { dss, pdfsig, programs, pyhanko, qpdf } from '../conformance/judges.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { needs } from '../support/outside.ts'
import { type Accountant, accountant, linkOf, visitor } from './actors.ts'

const place = { page: 1, x: 320, y: 700, width: 220, height: 56 }

describe('a signature on a page of the document', () => {
  let segl: Installation
  let books: Accountant
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'segl-placements-'))
    segl = await startInstallation()
    books = accountant(segl, (await segl.newTenant()).apiKey)
  })
  after(async () => {
    await segl?.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Signers of an order, each with his places. */
  async function signers(...places: readonly (readonly object[])[]) {
    const everybody = await people(segl.bankidUrl)
    return ['attestant', 'approver'].slice(0, places.length).map((role, index) => {
      const person = everybody.find((one) => one.role === role)
      assert.ok(person)
      const signaturePlacements = places[index]
      const who = { role: 'approver', name: person.name, person: { nationalIdentityNumber: person.number } }
      return { ...who, ...(signaturePlacements?.length && { signaturePlacements }) }
    })
  }

  it('lies there when it is signed; every judge accepts the file, and the sheet tells the page', async () => {
    const document = await books.upload('contract')
    const opened = await books.order([], { documents: [{ id: document }], signers: await signers([place]) })
    assert.deepEqual(opened.signers[0]?.signaturePlacements, [{ document: null, ...place }])
    await visitor(segl, 'attestant').sign(linkOf(opened))
    await books.reaches(opened.id, 'completed')
    const signed = await books.download(`/v1/documents/${document}/signed`)

    const file = openPdf(bytesSource(signed))
    const field = formFields(file).find(({ name }) => name === 'Segl-Sig-01')
    const [first] = pagesOf(file)
    assert.deepEqual(field?.dict.get('P'), first?.ref)

    const rootPem = await (await fetch(`${segl.bankidUrl}/certs/root.pem`)).text()
    const trustAnchors = readPem(rootPem, 'CERTIFICATE').map((der) => parseCertificate(der))
    const report = await verify({ source: bytesSource(signed), trustAnchors, at: new Date() })
    assert.equal(report.verdict, 'PASSED', JSON.stringify(report.signatures))
    const path = join(folder, 'signed.pdf')
    const trust = join(folder, 'root.pem')
    await writeFile(path, signed)
    await writeFile(trust, rootPem)
    const one = { file: path, trust, signers: 1, at: [], strict: true }
    if (!needs(programs.python, 'pdfsig', 'qpdf')) {
      for (const judge of [pyhanko, pdfsig, qpdf]) assert.deepEqual((await judge(one))[0]?.reasons, [])
    }
    if (!needs(programs.java, programs.dssJar)) assert.deepEqual((await dss([one]))[0]?.reasons, [])
  })

  it('is refused with a pointer: outside the page, on no page, too small, over another, twice, in no document to sign', async () => {
    const document = await books.upload('contract')
    const other = '0193f0c2-5b1e-7a44-9c3d-2f6f1f0f8a11'
    const refused: readonly (readonly [readonly (readonly object[])[], string])[] = [
      [[[{ ...place, x: 500 }]], '/signers/0/signaturePlacements/0'],
      [[[{ ...place, page: 99 }]], '/signers/0/signaturePlacements/0/page'],
      [[[{ ...place, height: 10 }]], '/signers/0/signaturePlacements/0'],
      [[[place], [{ ...place, y: 720 }]], '/signers/1/signaturePlacements/0'],
      [[[place, { ...place, y: 100 }]], '/signers/0/signaturePlacements/1'],
      [[[{ ...place, document: other }]], '/signers/0/signaturePlacements/0/document'],
    ]
    for (const [places, pointer] of refused) {
      const body = { title: 'Avtale', documents: [{ id: document }], signers: await signers(...places) }
      const answer = await books.call('POST', '/v1/orders', body)
      const errors = answer.body['errors'] as readonly { readonly pointer: string; readonly code: string }[]
      assert.equal(answer.status, 422, JSON.stringify(answer.body))
      assert.deepEqual(
        errors.map((one) => [one.pointer, one.code]),
        [[pointer, 'SIGNATURE_PLACE_INVALID']],
      )
    }
  })
})

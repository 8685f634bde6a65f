// An upload with form fields, rewritten because its sender asked for that: signed, sealed, and both files on record.
import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { verify } from '../../src/kernel/checks/index.ts'
import { readPem } from '../../src/kernel/der/index.ts'
import { bytesSource } from '../../src/kernel/pdf/index.ts'
import { parseCertificate } from '../../src/kernel/x509/index.ts'
import { dss, pdfsig, programs, pyhanko, qpdf } from '../conformance/judges.ts'
import { attacks, damagedFiles, officeFiles } from '../normalise/structures.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { needs } from '../support/outside.ts'
import { type Accountant, accountant, linkOf, visitor } from './actors.ts'

const fixture = (name: string) => new URL(`../kernel/pdf/fixtures/${name}.pdf`, import.meta.url)
const pdfMaker = officeFiles['PDFMaker: two sections, one startxref'] ?? new Uint8Array()
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
type Answer = {
  readonly id: string
  readonly code: string
  readonly detail: string
  readonly normaliseHelps?: boolean
  readonly offset?: number
  readonly sha256: string
  readonly size: number
  readonly original: {
    readonly sha256: string
    readonly size: number
    readonly changes: string[]
    readonly fields: number
  } | null
  readonly findings: readonly { readonly code: string; readonly severity: string }[]
}

describe('an upload that is rewritten on request', () => {
  let segl: Installation
  let books: Accountant
  let apiKey: string
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'segl-normalise-'))
    segl = await startInstallation()
    apiKey = (await segl.newTenant()).apiKey
    books = accountant(segl, apiKey)
  })
  after(async () => {
    await segl?.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function upload(bytes: Uint8Array, normalise: unknown): Promise<{ status: number; body: Answer }> {
    const metadata = { kind: 'contract', title: 'Kundeskjema', parties: [{ name: 'A' }, { name: 'B' }], normalise }
    const form = new FormData()
    form.set('metadata', new Blob([JSON.stringify(metadata)], { type: 'application/json' }))
    form.set('file', new Blob([new Uint8Array(bytes)], { type: 'application/pdf' }), 'skjema.pdf')
    const headers = { authorization: `Bearer ${apiKey}`, 'idempotency-key': randomUUID() }
    const response = await fetch(`${segl.seglUrl}/v1/documents`, { method: 'POST', headers, body: form })
    return { status: response.status, body: (await response.json()) as Answer }
  }

  it('is signed by everybody; every judge accepts it, and both hashes are in row, answer, trail and file', async () => {
    const sent = await readFile(fixture('form-fields'))
    const { status, body } = await upload(sent, true)
    assert.equal(status, 201, JSON.stringify(body))
    assert.deepEqual(body.original, {
      sha256: sha256(sent),
      size: sent.length,
      changes: ['FORM_FLATTENED'],
      fields: 31,
    })
    assert.deepEqual(
      body.findings.filter(({ severity }) => severity === 'refuse'),
      [],
    )
    assert.ok((await books.original(body.id)).equals(sent), 'the original is what was sent')
    const rewritten = await books.revision(body.id, 0)
    assert.equal(sha256(rewritten), body.sha256)
    assert.notEqual(body.sha256, sha256(sent))

    const opened = await books.order([{ bankid: 'attestant' }], { documents: [{ id: body.id }] })
    await visitor(segl, 'attestant').sign(linkOf(opened))
    await books.reaches(opened.id, 'completed')
    const signed = await books.download(`/v1/documents/${body.id}/signed`)
    assert.ok(signed.subarray(0, rewritten.length).equals(rewritten), 'the rewritten file is the prefix')

    const audit = (await books.call('GET', `/v1/orders/${opened.id}/audit`)).body as {
      readonly documents: readonly Answer[]
      readonly events: readonly { readonly type: string; readonly data: { readonly documents?: readonly object[] } }[]
    }
    assert.equal(audit.documents[0]?.original?.sha256, sha256(sent))
    const received = audit.events.find(({ type }) => type === 'order.received')?.data.documents?.[0]
    assert.deepEqual(received && { ...received, document: '' }, {
      document: '',
      role: 'sign',
      uploadSha256: body.sha256,
      originalSha256: sha256(sent),
      normalised: ['FORM_FLATTENED'],
      size: rewritten.length,
    })
    assert.ok(signed.includes(sha256(sent)), 'the machine-readable trail in the seal names the original')

    const rootPem = await (await fetch(`${segl.bankidUrl}/certs/root.pem`)).text()
    const trustAnchors = readPem(rootPem, 'CERTIFICATE').map((der) => parseCertificate(der))
    const report = await verify({ source: bytesSource(signed), trustAnchors, at: new Date() })
    assert.equal(report.verdict, 'PASSED', JSON.stringify(report.signatures))
    const file = join(folder, 'signed.pdf')
    const trust = join(folder, 'root.pem')
    await writeFile(file, signed)
    await writeFile(trust, rootPem)
    const one = { file, trust, signers: 1, at: [], strict: true }
    if (!needs(programs.python, 'pdfsig', 'qpdf')) {
      for (const judge of [pyhanko, pdfsig, qpdf]) assert.deepEqual((await judge(one))[0]?.reasons, [])
    }
    if (!needs(programs.java, programs.dssJar)) assert.deepEqual((await dss([one]))[0]?.reasons, [])
  })

  it('is refused without the request, and keeps every byte where there is nothing to rewrite', async () => {
    const refused = await upload(await readFile(fixture('form-fields')), false)
    assert.deepEqual([refused.status, refused.body.code], [422, 'FORM_FIELDS'])
    const plain = await readFile(fixture('xref-stream'))
    const kept = await upload(plain, true)
    assert.deepEqual([kept.status, kept.body.original, kept.body.sha256], [201, null, sha256(plain)])
  })

  it('loses its hybrid cross-reference, and with it the warning', async () => {
    const { status, body } = await upload(await readFile(fixture('hybrid')), true)
    assert.deepEqual([status, body.original?.changes], [201, ['XREF_REWRITTEN']])
    assert.ok(body.findings.every(({ code }) => code !== 'HYBRID_XREF'))
  })

  it('stays refused when it is encrypted or carries scripts of its own, and nothing of it is kept', async () => {
    for (const [name, code] of [
      ['encrypted', 'ENCRYPTED'],
      ['javascript', 'JAVASCRIPT'],
    ] as const) {
      const { status, body } = await upload(await readFile(fixture(name)), true)
      assert.deepEqual([status, body.code], [422, code])
    }
    const hash = sha256(await readFile(fixture('javascript')))
    assert.equal(await segl.client.revision.count({ where: { blobSha256: hash } }), 0)
  })

  it('is told at its refusal whether `normalise` would help, and that is true', async () => {
    const refused: (readonly [Uint8Array, string, boolean])[] = [
      [await readFile(fixture('form-fields')), 'FORM_FIELDS', true],
      [pdfMaker, 'MALFORMED_PDF', true],
      [damagedFiles['nothing after the trailer'] ?? pdfMaker, 'TRUNCATED', true],
      [attacks['an object twice in one revision, the first one first'] ?? pdfMaker, 'MALFORMED_PDF', false],
      [await readFile(fixture('encrypted')), 'ENCRYPTED', false],
      [await readFile(fixture('javascript')), 'JAVASCRIPT', false],
    ]
    for (const [bytes, code, helps] of refused) {
      const { status, body } = await upload(bytes, false)
      assert.deepEqual([status, body.code, body.normaliseHelps], [422, code, helps])
      assert.match(body.detail, helps ? /With `normalise` this file is accepted/ : /`normalise` does not help/)
      assert.equal((await upload(bytes, true)).status, helps ? 201 : 422)
    }
  })

  it('of Acrobat PDFMaker is repaired, signed and sealed, and every judge accepts it', async () => {
    const { status, body } = await upload(pdfMaker, true)
    assert.deepEqual([status, body.original?.changes], [201, ['STRUCTURE_REPAIRED', 'XREF_REWRITTEN']])
    assert.equal(body.original?.sha256, sha256(pdfMaker))
    const opened = await books.order([{ bankid: 'attestant' }], { documents: [{ id: body.id }] })
    await visitor(segl, 'attestant').sign(linkOf(opened))
    await books.reaches(opened.id, 'completed')
    const rootPem = await (await fetch(`${segl.bankidUrl}/certs/root.pem`)).text()
    const trustAnchors = readPem(rootPem, 'CERTIFICATE').map((der) => parseCertificate(der))
    const signed = await books.download(`/v1/documents/${body.id}/signed`)
    assert.equal((await verify({ source: bytesSource(signed), trustAnchors, at: new Date() })).verdict, 'PASSED')
    const [file, trust] = [join(folder, 'office.pdf'), join(folder, 'office.pem')]
    await writeFile(file, signed)
    await writeFile(trust, rootPem)
    const one = { file, trust, signers: 1, at: [], strict: true }
    if (!needs(programs.python, 'pdfsig', 'qpdf')) {
      for (const judge of [pyhanko, pdfsig, qpdf]) assert.deepEqual((await judge(one))[0]?.reasons, [])
    }
  })

  it('that could be read in two ways is refused with its place and what was found', async () => {
    const { status, body } = await upload(attacks['a definition inside the data of a stream'] ?? pdfMaker, true)
    assert.deepEqual([status, body.code, body.normaliseHelps], [422, 'NOT_NORMALISABLE', false])
    assert.ok(Number(body.offset) > 0)
    assert.ok(body.findings.some(({ code }) => code === 'MALFORMED_PDF'))
  })

  it('is not rewritten for a wish that is neither true nor false', async () => {
    const { status, body } = await upload(await readFile(fixture('hybrid')), 'yes')
    assert.deepEqual([status, body.code], [422, 'METADATA_INVALID'])
  })
})

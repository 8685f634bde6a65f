// An order that stays open for long: what is signed is proven meanwhile, and those who sign later and the seal leave that whole.
import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Order } from '../../src/client/index.ts'
import { verify } from '../../src/kernel/checks/index.ts'
import { readPem } from '../../src/kernel/der/index.ts'
import { bytesSource } from '../../src/kernel/pdf/index.ts'
import { parseCertificate } from '../../src/kernel/x509/index.ts'
import { people } from '../../src/visitor/visitor.ts'
import { down } from '../adapters/trust-services/proxy.ts'
import { dss, pdfsig, programs, pyhanko, qpdf } from '../conformance/judges.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { needs } from '../support/outside.ts'
import { type Accountant, accountant, assertWhole, eventually, linkOf, visitor } from './actors.ts'

const day = 86_400_000
const signedBefore = '../verify/fixtures/signed-before'

describe('an order that stays open for long', () => {
  let segl: Installation
  let books: Accountant
  let folder: string
  let place = ''

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'segl-augment-'))
    segl = await startInstallation({
      die(step, phase) {
        if (place !== `${step} ${phase}`) return
        place = ''
        throw new Error(`broken off at ${step} ${phase}`)
      },
    })
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
  const key = (order: Order) => ({ step_subjectId: { step: 'augment', subjectId: order.id } })
  const task = (order: Order) => segl.client.task.findUniqueOrThrow({ where: key(order) })
  const augmented = (order: Order) =>
    segl.client.auditEvent.count({ where: { orderId: order.id, type: 'order.augmented' } })
  const documentOf = (order: Order): string => order.documents[0]?.id ?? assert.fail('a document')
  const rootPem = async () => (await fetch(`${segl.bankidUrl}/certs/root.pem`)).text()

  async function signedByFirst(more: Readonly<Record<string, unknown>> = {}): Promise<Order> {
    const order = await books.order(pair, more)
    await visitor(segl, 'attestant').sign(linkOf(order))
    return books.until(order.id, ({ signers }) => signers[1]?.state === 'ready', 'the turn of the second')
  }

  /** As if the thirty days had passed. */
  async function monthPasses(order: Order): Promise<void> {
    await segl.client.task.update({
      where: key(order),
      data: { dueAt: new Date(Date.now() - 1000), updatedAt: new Date(0) },
    })
  }

  async function happens(order: Order, times: number): Promise<void> {
    await eventually('a time-stamp', async () => (await augmented(order)) >= times)
  }

  async function kinds(order: Order): Promise<readonly string[]> {
    const { body } = await books.call('GET', `/v1/documents/${documentOf(order)}`)
    return (body as object as { readonly revisions: readonly { readonly kind: string }[] }).revisions.map(
      ({ kind }) => kind,
    )
  }

  async function report(bytes: Buffer) {
    const trustAnchors = readPem(await rootPem(), 'CERTIFICATE').map((der) => parseCertificate(der))
    return verify({ source: bytesSource(bytes), trustAnchors, at: new Date() })
  }

  const secondSigns = async (order: Order): Promise<Order> => {
    await visitor(segl, 'approver').sign(linkOf(order, 1))
    return books.reaches(order.id, 'completed')
  }

  it('is to be time-stamped thirty days after the first signature that waits, and not when it ends before', async () => {
    const order = await signedByFirst()
    const { state, dueAt } = await task(order)
    assert.equal(state, 'due')
    assert.ok(Math.abs(dueAt.getTime() - Date.now() - 30 * day) < day / 2, dueAt.toISOString())
    await secondSigns(order)
    assert.equal((await task(order)).state, 'done')
    assert.equal(await augmented(order), 0)
  })

  for (const [what, documents] of [
    ['a document of its own', undefined],
    ['a document that others had signed, with both shown on its page', 'approval'],
  ] as const) {
    it(`${what}: is proven between the signatures, and everybody is B-LTA in the end, before every judge, now and in 2 and 400 days`, {
      skip: needs(programs.python, programs.java, programs.dssJar, 'pdfsig', 'qpdf'),
    }, async () => {
      const everybody = await people(segl.bankidUrl)
      const signers = pair.map(({ bankid, group }, index) => {
        const person = everybody.find(({ role }) => role === bankid)
        const who = { name: person?.name, person: { nationalIdentityNumber: person?.number } }
        const signaturePlacements = [{ page: 1, x: 320, y: 600 + 60 * index, width: 200, height: 50 }]
        return { role: 'approver', group, ...who, signaturePlacements }
      })
      const order = await signedByFirst(
        documents && { documents: [{ id: await books.upload(`${signedBefore}/${documents}`) }], signers },
      )
      await monthPasses(order)
      await happens(order, 1)
      const begun = documents ? ['upload'] : ['upload', 'prepared']
      assert.deepEqual(await kinds(order), [...begun, 'signature', 'archive'])
      const between = await books.revision(documentOf(order), begun.length + 1)
      const first = (await report(between)).signatures.find(({ kind, earlier }) => kind === 'signer' && !earlier)
      assert.equal(first?.level, 'B-LTA', 'proven while the order is open')

      const completed = await secondSigns(order)
      assert.deepEqual(await kinds(order), [...begun, 'signature', 'archive', 'signature', 'seal', 'archive'])
      if (!documents) await assertWhole(segl.client, completed, books)
      const bytes = await books.download(`/v1/documents/${documentOf(order)}/signed`)
      assert.ok(bytes.subarray(0, between.length).equals(between), 'appended, not rewritten')
      const judged = await report(bytes)
      assert.equal(judged.verdict, 'PASSED', JSON.stringify(judged.signatures))
      assert.deepEqual(
        judged.signatures.filter(({ earlier }) => !earlier).map(({ kind, level }) => [kind, level]),
        [
          ['signer', 'B-LTA'],
          ['timestamp', null],
          ['signer', 'B-LTA'],
          ['seal', 'B-LTA'],
          ['timestamp', null],
        ],
      )
      const [file, trust] = [join(folder, `${documents}.pdf`), join(folder, `${documents}.pem`)]
      const theirs = documents ? await readFile(new URL(`${signedBefore}/before.pem`, import.meta.url), 'utf8') : ''
      await writeFile(file, bytes)
      await writeFile(trust, (await rootPem()) + theirs)
      const at = [0, 2, 400].map((days) => new Date(Date.now() + days * 86_400_000).toISOString())
      const one = { file, trust, signers: documents ? 3 : 2, at, strict: true }
      for (const judge of [pyhanko, pdfsig, qpdf, (file: typeof one) => dss([file])]) {
        for (const { judge: by, at: when, reasons } of await judge(one)) assert.deepEqual(reasons, [], `${by}, ${when}`)
      }
    })
  }

  for (const phase of ['begin', 'act', 'commit']) {
    it(`is proven once, also when that broke off at ${phase}`, async () => {
      const order = await signedByFirst()
      place = `augment ${phase}`
      await monthPasses(order)
      await happens(order, 1)
      assert.equal(place, '', 'it broke off')
      assert.deepEqual(await kinds(order), ['upload', 'prepared', 'signature', 'archive'])
      const { state, dueAt } = await task(order)
      assert.equal(state, 'due', 'that time-stamp is renewed, too, if the order stays open')
      assert.ok(dueAt.getTime() > Date.now() + 30 * day, dueAt.toISOString())
      const completed = await secondSigns(order)
      await assertWhole(segl.client, completed, books)
      assert.equal((await report(await books.download(`/v1/documents/${documentOf(order)}/signed`))).verdict, 'PASSED')
    })
  }

  it('waits while somebody is approving: his signature goes in as he saw the document', async () => {
    const order = await signedByFirst()
    const person = visitor(segl, 'approver')
    const approving = await person.wait(await person.logIn(await person.setOut(linkOf(order, 1))))
    await monthPasses(order)
    await eventually('a later date', async () => (await task(order)).dueAt.getTime() > Date.now())
    assert.equal(await augmented(order), 0)
    assert.equal((await books.read(order.id)).sealing.lastError, null)
    await person.wait(await person.approve(approving))
    await books.reaches(order.id, 'completed')
    assert.deepEqual(await kinds(order), ['upload', 'prepared', 'signature', 'signature', 'seal', 'archive'])
  })

  it('stays open and can be signed while no authority tells the time for that', async () => {
    const order = await signedByFirst()
    for (const path of ['/tsa', '/tsa2']) segl.backchannel.faults.set(path, down)
    await monthPasses(order)
    const waiting = await books.until(order.id, ({ sealing }) => sealing.lastError !== null, 'the reason')
    assert.equal(waiting.state, 'open')
    assert.equal(waiting.sealing.lastError?.code, 'TRUST_SERVICE_UNAVAILABLE')
    segl.backchannel.faults.clear()
    assert.equal((await books.call('POST', `/v1/orders/${order.id}/retry`)).status, 200)
    await happens(order, 1)
    assert.equal((await books.read(order.id)).sealing.lastError, null)
    await secondSigns(order)
  })
})

// What our own verifier rejects is not given out as finished: who asks is told which check, what was signed is kept, and it goes on later.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { after, describe, it } from 'node:test'
import type { Order } from '../../src/client/index.ts'
import { verify } from '../../src/kernel/checks/index.ts'
import { readPem } from '../../src/kernel/der/index.ts'
import { bytesSource } from '../../src/kernel/pdf/index.ts'
import { parseCertificate } from '../../src/kernel/x509/index.ts'
import { down } from '../adapters/trust-services/proxy.ts'
import { startInstallation } from '../support/installation.ts'
import { accountant, assertWhole, eventually, linkOf, visitor } from './actors.ts'
import { blobFile } from './end-of-storage.ts'

const segl = await startInstallation()
const books = accountant(segl, (await segl.newTenant()).apiKey)
after(() => segl.close())

const pair = [
  { bankid: 'attestant', group: 1 },
  { bankid: 'approver', group: 2 },
]
const documentOf = ({ documents }: Order): string => documents[0]?.id ?? assert.fail('a document')
const retry = async ({ id }: Order) => assert.equal((await books.call('POST', `/v1/orders/${id}/retry`)).status, 200)
const typesOf = async (orderId: string) =>
  (await segl.client.event.findMany({ where: { orderId } })).map(({ type }) => type)
const rejected = (order: Order) =>
  segl.client.revision.findMany({ where: { documentId: documentOf(order), number: { lt: -1 } } })

/** Somebody's disk: one byte of white space between objects of the prepared revision, which every signature covers, is another. */
async function damaged(order: Order): Promise<{ readonly repair: () => Promise<void> }> {
  const { blobSha256 } = await segl.client.revision.findFirstOrThrow({
    where: { documentId: documentOf(order), kind: 'prepared' },
  })
  const path = blobFile(segl, blobSha256)
  const whole = await readFile(path)
  const at = whole.indexOf('\nendobj\n') + '\nendobj'.length
  assert.equal(whole[at], 10)
  const bytes = Buffer.from(whole)
  bytes[at] = 32
  await writeFile(path, bytes)
  return { repair: () => writeFile(path, whole) }
}

/** It waits in `sealing`, because nobody vouches for the certificate of the seal. */
async function heldInSealing(order: Order, close: () => Promise<unknown>): Promise<void> {
  segl.backchannel.faults.set('/ocsp', async (body, pass) => {
    const { state } = await segl.client.signingOrder.findUniqueOrThrow({ where: { id: order.id } })
    return state === 'sealing' ? { status: 503, type: 'text/plain', body: Buffer.from('down') } : pass(body)
  })
  segl.backchannel.faults.set('/crl', down)
  await close()
  await books.until(order.id, ({ state, failures }) => state === 'sealing' && failures.length > 0, 'waiting in sealing')
}

async function sealingOfAll(): Promise<Order> {
  const order = await books.order([{ bankid: 'approver' }])
  const him = visitor(segl, 'approver')
  const approval = await him.logIn(await him.setOut(linkOf(order)))
  await heldInSealing(order, () => him.approve(approval))
  return order
}

async function signedByFirst(): Promise<Order> {
  const order = await books.order(pair)
  await visitor(segl, 'attestant').sign(linkOf(order))
  return books.until(order.id, ({ signers }) => signers[1]?.state === 'ready', 'the turn of the second')
}

async function assertPasses(order: Order, number: number): Promise<void> {
  const root = readPem(await (await fetch(`${segl.bankidUrl}/certs/root.pem`)).text(), 'CERTIFICATE')
  const report = await verify({
    source: bytesSource(await books.revision(documentOf(order), number)),
    trustAnchors: root.map((der) => parseCertificate(der)),
    at: new Date(),
  })
  assert.equal(report.verdict, 'PASSED', JSON.stringify(report.signatures))
}

/** As if its time had come. */
const becomesDue = ({ id }: Order, step: string) =>
  segl.client.task.update({
    where: { step_subjectId: { step, subjectId: id } },
    data: { dueAt: new Date(Date.now() - 1000), updatedAt: new Date(0) },
  })

describe('a finished document that our own verifier rejects', () => {
  it('fails the order with the check; its signatures are kept unsealed, no signer is told that all is well, and retry goes on', async () => {
    const order = await sealingOfAll()
    const { repair } = await damaged(order)
    segl.backchannel.faults.clear()
    await retry(order)
    const failed = await books.reaches(order.id, 'failed')
    const [failure] = failed.failures
    assert.deepEqual(
      [failure?.step, failure?.code, failure?.check, failure?.class, failure?.nextTry],
      ['seal', 'FINISHED_FILE_REJECTED', 'CMS_SIGNATURE', 'person', null],
    )
    assert.equal(failed.sealing.lastError?.code, 'FINISHED_FILE_REJECTED')
    assert.match(failed.sealing.lastError?.detail ?? '', /CMS_SIGNATURE at the signature in the field Segl-Sig-01/)
    assert.deepEqual([failed.outcome, failed.completedAt, failed.signers[0]?.state], ['completed', null, 'signed'])
    const told = await segl.client.auditEvent.findFirstOrThrow({ where: { orderId: order.id, type: 'order.failed' } })
    assert.deepEqual(told.data, { step: 'seal', code: 'FINISHED_FILE_REJECTED', attempt: 1, check: 'CMS_SIGNATURE' })
    assert.ok((await typesOf(order.id)).includes('order.failed'))
    assert.ok(!(await typesOf(order.id)).includes('order.completed'))

    const page = await visitor(segl, 'approver').open(linkOf(order))
    assert.match(page.html, /Your signature is kept.*could not be completed/s)
    assert.doesNotMatch(page.html, /Everyone has signed/)

    const signed = await books.call('GET', `/v1/documents/${documentOf(order)}/signed`)
    assert.deepEqual([signed.status, signed.body['code']], [409, 'NOT_SIGNED_YET'])
    assert.match(String(signed.body['detail']), /kept, unsealed.*revisions\/2/)
    const { body } = await books.call('GET', `/v1/documents/${documentOf(order)}`)
    assert.equal(body['sealed'], false)
    assert.ok((await books.revision(documentOf(order), 2)).length > 0)

    const kept = await rejected(order)
    assert.deepEqual(kept.map(({ number, kind }) => [number, kind]).sort(), [
      [-2, 'rejected'],
      [-3, 'rejected'],
    ])
    for (const { blobSha256, length } of kept)
      assert.equal((await stat(blobFile(segl, blobSha256))).size, Number(length), 'its bytes are there')

    const anew = await books.order([{ bankid: 'approver' }], { replaces: order.id })
    const linked = async ({ id }: Order) => (await books.call('GET', `/v1/orders/${id}`)).body
    assert.equal((await linked(anew))['replaces'], order.id)
    assert.equal((await linked(order))['replacedBy'], anew.id)
    await assert.rejects(books.order([{ bankid: 'approver' }], { replaces: anew.id }), /"pointer":"\/replaces"/)
    await assert.rejects(books.order([{ bankid: 'approver' }], { replaces: randomUUID() }), /NOT_FOUND/)

    await repair()
    await retry(order)
    const done = await books.reaches(order.id, 'completed')
    await assertWhole(segl.client, done, books)
    await assertPasses(done, 4)
    assert.equal((await rejected(order)).length, 2)
    assert.equal((await books.call('GET', `/v1/documents/${documentOf(order)}`)).body['sealed'], true)
    assert.match((await visitor(segl, 'approver').open(linkOf(order))).html, /Everyone has signed/)
  })

  it('fails also an order that ends before everybody has signed, which ends as it should when it is tried again', async () => {
    const order = await signedByFirst()
    await heldInSealing(order, () => books.call('POST', `/v1/orders/${order.id}/cancel`))
    const { repair } = await damaged(order)
    segl.backchannel.faults.clear()
    await retry(order)
    const failed = await books.reaches(order.id, 'failed')
    assert.deepEqual([failed.outcome, failed.failures[0]?.check], ['cancelled', 'CMS_SIGNATURE'])
    assert.ok(!(await typesOf(order.id)).includes('order.cancelled'))
    await repair()
    await retry(order)
    const ended = await books.reaches(order.id, 'cancelled')
    await assertWhole(segl.client, ended, books)
    await assertPasses(ended, 4)
  })

  it('is no time-stamp between signatures: the order stays open, says so, and is stamped when it is tried again', async () => {
    const order = await signedByFirst()
    const { repair } = await damaged(order)
    await becomesDue(order, 'augment')
    const failing = await books.until(order.id, ({ failures }) => failures[0]?.class === 'person', 'a person is needed')
    assert.deepEqual(
      [failing.state, failing.failures[0]?.step, failing.failures[0]?.check],
      ['open', 'augment', 'CMS_SIGNATURE'],
    )
    await eventually('telling of it', async () => (await typesOf(order.id)).includes('order.failing'))
    assert.equal((await rejected(order)).length, 1)
    await repair()
    await retry(order)
    const augmented = () => segl.client.auditEvent.count({ where: { orderId: order.id, type: 'order.augmented' } })
    await eventually('a time-stamp', async () => (await augmented()) > 0)
    await visitor(segl, 'approver').sign(linkOf(order, 1))
    await assertWhole(segl.client, await books.reaches(order.id, 'completed'), books)
  })

  it('is no renewal: the order keeps its state and file, says so, and is renewed when it is tried again', async () => {
    const open = await books.order([{ bankid: 'approver' }])
    await visitor(segl, 'approver').sign(linkOf(open))
    const order = await books.reaches(open.id, 'completed')
    const { repair } = await damaged(order)
    await becomesDue(order, 'renew')
    const failing = await books.until(order.id, ({ failures }) => failures[0]?.class === 'person', 'a person is needed')
    assert.deepEqual([failing.state, failing.failures[0]?.step], ['completed', 'renew'])
    const { body } = await books.call('GET', `/v1/documents/${documentOf(order)}`)
    assert.equal((body['revisions'] as readonly unknown[]).length, 5)
    await repair()
    await retry(order)
    await eventually('the renewal', async () => (await typesOf(order.id)).includes('order.renewed'))
    await assertPasses(order, 5)
  })
})

describe('a finished document whose proof is incomplete', () => {
  it('waits in `sealing` with the reason, is built anew by itself, and completes when the proof is there', async () => {
    const order = await sealingOfAll()
    const stored = await segl.client.validationData.findMany({ where: { orderId: order.id } })
    assert.ok(stored.length > 0)
    await segl.client.validationData.deleteMany({ where: { orderId: order.id, kind: { in: ['ocsp', 'crl'] } } })
    segl.backchannel.faults.clear()
    await retry(order)
    const waiting = await books.until(
      order.id,
      ({ sealing }) => sealing.lastError?.code === 'FINISHED_FILE_UNPROVEN',
      'the reason',
    )
    const [failure] = waiting.failures
    assert.deepEqual([waiting.state, failure?.class, failure?.check], ['sealing', 'trustService', 'CERTIFICATE_PATH'])
    assert.ok(failure?.nextTry, 'it is tried again by itself')
    // Details of a path name its certificates, and so the person.
    assert.doesNotMatch(failure.detail, /CN=|Nordmann/)
    await segl.client.validationData.createMany({ data: stored, skipDuplicates: true })
    const done = await books.reaches(order.id, 'completed')
    assert.deepEqual([done.sealing.lastError, done.failures], [null, []])
    await assertWhole(segl.client, done, books)
    await assertPasses(done, 4)
  })
})

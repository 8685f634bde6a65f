// A step that no trying helps: the order fails, everybody who asks is told, and one call puts it back where it stood.
import assert from 'node:assert/strict'
import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { Order } from '../../src/client/index.ts'
import { down } from '../adapters/trust-services/proxy.ts'
import { type Installation, startInstallation } from '../support/installation.ts'
import { type Accountant, accountant, assertWhole, linkOf, visitor } from './actors.ts'

describe('an order that failed', () => {
  let segl: Installation
  let books: Accountant

  before(async () => {
    segl = await startInstallation()
    books = accountant(segl, (await segl.newTenant()).apiKey)
  })
  after(() => segl?.close())

  const blobOf = (sha256: string) => join(segl.dataDir, 'blobs', sha256.slice(0, 2), sha256.slice(2))
  /** The week of tries is over: the next one is the last. */
  const lastTry = async ({ id }: Order, step: string) => {
    await books.until(id, ({ failures }) => failures.some((one) => one.step === step), `${step} fails`)
    const { count } = await segl.client.task.updateMany({
      where: { orderId: id, step, state: { in: ['due', 'running'] } },
      data: { attempt: 25, state: 'due', dueAt: new Date(0), updatedAt: new Date(0), lockedUntil: null },
    })
    assert.equal(count, 1)
  }
  const feedOf = async ({ id }: Order): Promise<readonly string[]> => {
    const events = await segl.client.event.findMany({ where: { orderId: id }, orderBy: { position: 'asc' } })
    return events.map(({ type, state }) => `${type} ${state}`)
  }
  const trailOf = (order: Order, type: string) =>
    segl.client.auditEvent.findMany({ where: { orderId: order.id, type }, orderBy: { sequence: 'asc' } })
  const post = (order: Order, what: string) => books.call('POST', `/v1/orders/${order.id}/${what}`)

  /** An order whose document was lost before anybody could prepare it. */
  async function withoutFile(
    more: object = {},
  ): Promise<{ readonly order: Order; readonly found: () => Promise<void> }> {
    const document = await books.upload()
    const { uploadSha256 } = await segl.client.document.findUniqueOrThrow({ where: { id: document } })
    const path = blobOf(uploadSha256)
    await rename(path, `${path}.lost`)
    const { body } = await books.call('POST', '/v1/orders', {
      title: 'Bilag 9',
      language: 'en',
      documents: [{ id: document }],
      signers: [{ role: 'approver', name: 'Kari Nordmann', language: 'en' }],
      ...more,
    })
    return { order: body as object as Order, found: () => rename(`${path}.lost`, path) }
  }

  it('fails when its document cannot be prepared for a week, says why to everybody, and comes back by one call', async () => {
    const deadline = new Date(Date.now() + 3600_000).toISOString()
    const { order, found } = await withoutFile({ deadline })
    await lastTry(order, 'prepare')
    const failed = await books.reaches(order.id, 'failed')
    const [failure] = failed.failures
    assert.deepEqual(
      [failed.outcome, failed.completedAt, failure?.step, failure?.class, failure?.nextTry],
      [null, null, 'prepare', 'person', null],
    )
    assert.match(failure?.detail ?? '', /missing or damaged/)
    assert.match(failed.sealing.lastError?.detail ?? '', /missing or damaged/)
    assert.deepEqual(await feedOf(order), ['order.received received', 'order.failed failed'])
    const [told] = await trailOf(order, 'order.failed')
    assert.deepEqual(told?.data, { step: 'prepare', code: 'INTERNAL', attempt: 26 })
    const { body: list } = await books.call('GET', '/v1/orders?state=failed')
    assert.ok(JSON.stringify(list).includes(order.id))
    assert.match((await visitor(segl, 'approver').open(linkOf(order))).html, /the sender has to look at/)

    // Nothing happens by itself: not even the end of its deadline.
    const past = new Date(Date.now() - 1000)
    await segl.client.signingOrder.update({ where: { id: order.id }, data: { deadline: past } })
    await segl.client.task.updateMany({ where: { orderId: order.id, step: 'expire' }, data: { dueAt: past } })
    await pause(3000)
    assert.equal((await books.read(order.id)).state, 'failed')
    await segl.client.signingOrder.update({ where: { id: order.id }, data: { deadline } })

    await found()
    assert.equal((await post(order, 'retry')).status, 200)
    const open = await books.reaches(order.id, 'open')
    assert.deepEqual([open.failures, open.sealing.lastError], [[], null])
    assert.ok((await feedOf(order)).includes('order.retried received'))
    const again = await segl.client.task.findFirstOrThrow({ where: { orderId: order.id, step: 'expire' } })
    assert.deepEqual([again.state, again.dueAt.toISOString()], ['due', deadline])
    await visitor(segl, 'approver').sign(linkOf(open))
    assert.equal((await books.reaches(order.id, 'completed')).state, 'completed')
  })

  it('may fail again, which is told again, and can be cancelled', async () => {
    const { order, found } = await withoutFile()
    for (const _ of [1, 2]) {
      await lastTry(order, 'prepare')
      await books.reaches(order.id, 'failed')
      assert.equal((await post(order, 'retry')).status, 200)
      await books.reaches(order.id, 'received')
    }
    await lastTry(order, 'prepare')
    await books.reaches(order.id, 'failed')
    assert.equal((await feedOf(order)).filter((type) => type === 'order.failed failed').length, 3)
    const cancelled = await post(order, 'cancel')
    assert.deepEqual([cancelled.status, cancelled.body['state']], [200, 'cancelled'])
    assert.equal((await post(order, 'retry')).status, 409)
    assert.equal(await segl.client.task.count({ where: { orderId: order.id, state: { not: 'done' } } }), 0)
    await found()
  })

  it('fails with its signatures when nobody vouches for certificates for a week; it is closed, not cancelled, then', async () => {
    const order = await books.order([{ bankid: 'approver' }])
    const him = visitor(segl, 'approver')
    const approval = await him.logIn(await him.setOut(linkOf(order)))
    const sealing = async () =>
      (await segl.client.signingOrder.findUniqueOrThrow({ where: { id: order.id } })).state === 'sealing'
    segl.backchannel.faults.set('/ocsp', async (body, pass) =>
      (await sealing()) ? { status: 503, type: 'text/plain', body: Buffer.from('down') } : pass(body),
    )
    segl.backchannel.faults.set('/crl', down)
    await him.approve(approval)
    await lastTry(order, 'seal')
    const failed = await books.reaches(order.id, 'failed')
    assert.deepEqual([failed.outcome, failed.signers[0]?.state], ['completed', 'signed'])
    assert.equal(failed.failures[0]?.code, 'TRUST_SERVICE_UNAVAILABLE')
    const { status, body } = await post(order, 'cancel')
    assert.deepEqual([status, body['code'], body['state']], [409, 'STATE_CONFLICT', 'failed'])

    segl.backchannel.faults.clear()
    assert.equal((await post(order, 'retry')).status, 200)
    const done = await books.reaches(order.id, 'completed')
    assert.ok((await feedOf(order)).includes('order.retried sealing'))
    await assertWhole(segl.client, done, books)
  })

  it('leaves an order open whose signer’s signature is stuck, and says that somebody has to look', async () => {
    const order = await books.order([{ bankid: 'approver' }])
    const him = visitor(segl, 'approver')
    const approval = await him.logIn(await him.setOut(linkOf(order)))
    segl.backchannel.faults.set('/ocsp', down)
    segl.backchannel.faults.set('/crl', down)
    await him.approve(approval)
    await lastTry(order, 'sign')
    await books.until(order.id, ({ failures }) => failures[0]?.class === 'person', 'a person is needed')
    await books.until(order.id, () => true, 'again')
    assert.equal((await books.read(order.id)).state, 'open')
    assert.ok((await feedOf(order)).includes('order.failing open'))
    const [told] = await trailOf(order, 'order.failing')
    assert.equal(told?.signerId, order.signers[0]?.id)
    segl.backchannel.faults.clear()
    assert.equal((await post(order, 'retry')).status, 200)
    await assertWhole(segl.client, await books.reaches(order.id, 'completed'), books)
  })

  it('is failed also when the worker died between the dead letter and telling of it', async () => {
    const { order, found } = await withoutFile()
    await books.until(order.id, ({ failures }) => failures.length > 0, 'prepare fails')
    // What that worker left behind: the dead letter and the task that was written with it.
    await segl.client.task.updateMany({
      where: { orderId: order.id, step: 'prepare' },
      data: { state: 'dead', failureClass: 'person', lockedUntil: null },
    })
    const { tenantId, epoch } = await segl.client.task.findFirstOrThrow({ where: { orderId: order.id } })
    const now = new Date(0)
    await segl.client.task.create({
      data: {
        id: order.id,
        tenantId,
        orderId: order.id,
        subjectType: 'order',
        subjectId: order.id,
        step: 'fail',
        epoch,
        state: 'due',
        dueAt: now,
        updatedAt: now,
      },
    })
    await books.reaches(order.id, 'failed')
    await found()
    await post(order, 'retry')
    await books.reaches(order.id, 'open')
  })
})

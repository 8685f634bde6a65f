// A step that no trying helps: the order fails, everybody who asks is told, and one call puts it back where it stood.
import assert from 'node:assert/strict'
import { rename } from 'node:fs/promises'
import { after, describe, it } from 'node:test'
import { createSegl, type Order } from '../../src/client/index.ts'
import { deleteOrder } from '../../src/flow/storage.ts'
import { down } from '../adapters/trust-services/proxy.ts'
import { startInstallation } from '../support/installation.ts'
import { accountant, assertWhole, codeOn, eventually, linkOf, refreshOf, visitor } from './actors.ts'
import { assertChained, blobFile, openStorage } from './end-of-storage.ts'

const segl = await startInstallation()
const { tenantId, apiKey } = await segl.newTenant()
const books = accountant(segl, apiKey)
const kept = openStorage(segl, books)
after(async () => {
  await kept.close()
  await segl.close()
})

/** The week of tries is over: the next one is the last. */
async function lastTry({ id }: Order, step: string): Promise<void> {
  await books.until(id, ({ failures }) => failures.some((one) => one.step === step), `${step} fails`)
  const { count } = await segl.client.task.updateMany({
    where: { orderId: id, step, state: { in: ['due', 'running'] } },
    data: { attempt: 25, state: 'due', dueAt: new Date(0), updatedAt: new Date(0), lockedUntil: null },
  })
  assert.equal(count, 1)
}

/** What a worker left behind, or the clock brought about: a step of the order that is due. */
async function makeDue({ id }: Order, step: string): Promise<void> {
  const { tenantId, epoch } = await segl.client.task.findFirstOrThrow({ where: { orderId: id } })
  const due = { state: 'due', dueAt: new Date(0), updatedAt: new Date(0) }
  const subject = { orderId: id, subjectType: 'order', subjectId: id, step }
  await segl.client.task.upsert({
    where: { step_subjectId: { step, subjectId: id } },
    create: { ...due, ...subject, id: crypto.randomUUID(), tenantId, epoch },
    update: due,
  })
}
const stateOf = async ({ id }: Order, step: string) =>
  (await segl.client.task.findFirst({ where: { orderId: id, step } }))?.state ?? 'none'

/** What the feed tells of the order, as soon as everything of it is in the feed. */
async function feedOf({ id: orderId }: Order): Promise<readonly string[]> {
  await eventually(
    'the feed',
    async () => (await segl.client.event.count({ where: { orderId, position: null } })) === 0,
  )
  const { body } = await books.call('GET', '/v1/events?limit=1000')
  const events = body['events'] as { readonly order: string; readonly type: string; readonly state: string }[]
  return events.filter(({ order }) => order === orderId).map(({ type, state }) => `${type} ${state}`)
}
const trailOf = (order: Order, type: string) =>
  segl.client.auditEvent.findMany({ where: { orderId: order.id, type }, orderBy: { sequence: 'asc' } })
const post = (order: Order, what: string, body?: object) => books.call('POST', `/v1/orders/${order.id}/${what}`, body)
const listed = async ({ id }: Order, filter: string): Promise<boolean> =>
  JSON.stringify((await books.call('GET', `/v1/orders?${filter}`)).body).includes(id)

/** An order whose document was lost before anybody could prepare it. */
async function withoutFile(more: object = {}): Promise<{ readonly order: Order; readonly found: () => Promise<void> }> {
  const document = await books.upload()
  const { uploadSha256 } = await segl.client.document.findUniqueOrThrow({ where: { id: document } })
  const path = blobFile(segl, uploadSha256)
  await rename(path, `${path}.lost`)
  const { status, body } = await books.call('POST', '/v1/orders', {
    title: 'Bilag 9',
    language: 'en',
    documents: [{ id: document }],
    signers: [{ role: 'approver', name: 'Håkon Rødseth', language: 'en' }],
    ...more,
  })
  assert.equal(status, 201, JSON.stringify(body))
  return { order: body as object as Order, found: () => rename(`${path}.lost`, path) }
}

/** The same, and it has failed. */
async function failed(more: object = {}): ReturnType<typeof withoutFile> {
  const { order, found } = await withoutFile(more)
  await lastTry(order, 'prepare')
  return { order: await books.reaches(order.id, 'failed'), found }
}

/** An order that everybody has signed, and that failed while it was being closed, since nobody vouches for certificates. */
async function failedInTheEnd(): Promise<{ readonly failed: Order; readonly link: string }> {
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
  return { failed: await books.reaches(order.id, 'failed'), link: linkOf(order) }
}

describe('an order that failed', () => {
  it('did so since its document could not be prepared for a week; it says why to everybody, and comes back by one call', async () => {
    const deadline = new Date(Date.now() + 3600_000).toISOString()
    const { order, found } = await withoutFile({ deadline })
    await lastTry(order, 'prepare')
    const client = createSegl({ url: segl.seglUrl, key: apiKey })
    const failed = await client.orders.waitFor(order.id)
    const [failure] = failed.failures
    assert.deepEqual(
      [failed.state, failed.outcome, failed.completedAt, failure?.step, failure?.class, failure?.nextTry],
      ['failed', null, null, 'prepare', 'person', null],
    )
    assert.match(failure?.detail ?? '', /missing or damaged/)
    assert.match(failed.sealing.lastError?.detail ?? '', /missing or damaged/)
    assert.deepEqual(await feedOf(order), ['order.received received', 'order.failed failed'])
    const [told] = await trailOf(order, 'order.failed')
    assert.deepEqual(told?.data, { step: 'prepare', code: 'INTERNAL', attempt: 26 })
    for (const filter of ['state=failed', 'failing=true']) assert.ok(await listed(order, filter), filter)
    for (const filter of ['state=cancelled', 'failing=false']) assert.ok(!(await listed(order, filter)), filter)

    await found()
    assert.equal((await post(order, 'retry')).status, 200)
    const open = await books.reaches(order.id, 'open')
    assert.deepEqual([open.failures, open.sealing.lastError], [[], null])
    assert.ok((await feedOf(order)).includes('order.retried received'))
    const again = await segl.client.task.findFirstOrThrow({ where: { orderId: order.id, step: 'expire' } })
    assert.deepEqual([again.state, again.dueAt.toISOString()], ['due', deadline])
    await visitor(segl, 'approver').sign(linkOf(open))
    assert.equal((await client.orders.waitFor(order.id)).state, 'completed')
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
    assert.equal((await feedOf(order)).at(-1), 'order.cancelled cancelled')
    assert.ok(!(await listed(order, 'failing=true')))
    assert.equal(await segl.client.task.count({ where: { orderId: order.id, state: { not: 'done' } } }), 0)
    await found()
  })

  it('tells its signer that the sender has to look at it; his link stays good, and so does a new one', async () => {
    const { order, found } = await failed()
    const [signer] = order.signers
    assert.equal(signer?.state, 'waiting')
    const page = await visitor(segl, 'approver').open(linkOf(order))
    assert.equal(page.status, 200)
    assert.match(page.html, /The signing has stopped.*the sender has to look at.*your link works again.*get in touch/s)
    // Nobody waits before a page until somebody else has put something right.
    assert.deepEqual([page.forms.size, refreshOf(page)], [0, undefined])
    const played = await books.call('POST', `/v1/test/signers/${signer?.id}/sign`, { as: 'approver' })
    assert.deepEqual([played.status, played.body['code'], played.body['state']], [409, 'STATE_CONFLICT', 'failed'])

    const { status, body } = await post(order, `signers/${signer?.id}/links`)
    assert.equal(status, 201, JSON.stringify(body))
    const link = String(body['url'])
    assert.match((await visitor(segl, 'approver').open(link)).html, /The signing has stopped/)
    assert.equal(codeOn(await visitor(segl, 'approver').open(linkOf(order))), 'LINK_VOID')
    await found()
    await post(order, 'retry')
    await books.reaches(order.id, 'open')
    assert.ok((await visitor(segl, 'approver').open(link)).forms.has('begin'))
  })

  it('is what a link over several says, when the others have ended', async () => {
    const signers = [{ role: 'approver', name: 'Kari Nordmann', person: { birthDate: '1980-01-01' }, language: 'en' }]
    const [one, other] = [await withoutFile({ signers }), await withoutFile({ signers })]
    const ids = [one, other].map(({ order }) => order.signers[0]?.id)
    const session = await books.call('POST', '/v1/signing-sessions', { signers: ids, language: 'en' })
    assert.equal(session.status, 201, JSON.stringify(session.body))
    const seen = async () => (await visitor(segl, 'approver').open(String(session.body['url']))).title
    await post(one.order, 'cancel')
    assert.match(await seen(), /not open yet/)
    await lastTry(other.order, 'prepare')
    await books.reaches(other.order.id, 'failed')
    assert.match(await seen(), /The signing has stopped/)
    await post(other.order, 'cancel')
    assert.match(await seen(), /The signing is closed/)
    await other.found()
  })

  it('may have a signer replaced before it is tried again', async () => {
    const { order, found } = await failed()
    const replaced = await post(order, `signers/${order.signers[0]?.id}/replace`, { name: 'Ola Nordmann' })
    assert.deepEqual([replaced.status, replaced.body['state']], [200, 'failed'], JSON.stringify(replaced.body))
    await found()
    await post(order, 'retry')
    const open = await books.reaches(order.id, 'open')
    assert.deepEqual(
      open.signers.map(({ name, state }) => [name, state]),
      [
        ['Håkon Rødseth', 'replaced'],
        ['Ola Nordmann', 'ready'],
      ],
    )
  })

  it('does not expire and reminds nobody; a deadline that has passed takes effect when it is put back', async () => {
    const deadline = new Date(Date.now() + 3600_000)
    const { order, found } = await failed({ deadline, reminders: { afterDays: 1, everyDays: 1, maximum: 3 } })
    for (const step of ['expire', 'remind']) assert.ok(['done', 'none'].includes(await stateOf(order, step)), step)
    await segl.client.signingOrder.update({ where: { id: order.id }, data: { deadline: new Date(0) } })
    for (const step of ['expire', 'remind']) {
      await makeDue(order, step)
      // A worker has taken it up, and found nothing to do.
      await eventually(`${step} is done`, async () => (await stateOf(order, step)) === 'done')
    }
    assert.equal((await books.read(order.id)).state, 'failed')
    assert.deepEqual(await feedOf(order), ['order.received received', 'order.failed failed'])

    assert.equal((await post(order, 'retry')).status, 200)
    const expired = await books.reaches(order.id, 'expired')
    assert.equal(expired.signers[0]?.state, 'expired')
    assert.deepEqual((await feedOf(order)).slice(2), ['order.retried received', 'order.expired expired'])
    await found()
  })

  it('is neither deleted nor has anybody erased, since it can be brought back; cancelled it may go at once', async () => {
    const { order, found } = await failed()
    const before = await segl.client.revision.count({ where: { document: { orderId: order.id } } })
    for (const refused of [await kept.remove(order), await kept.erase(order)]) {
      assert.deepEqual([refused.status, refused.body['code'], refused.body['state']], [409, 'STATE_CONFLICT', 'failed'])
      assert.match(String(refused.body['detail']), /`retry`.*Cancel it first/)
    }
    assert.equal(await segl.client.revision.count({ where: { document: { orderId: order.id } } }), before)
    const signed = await books.call('GET', `/v1/documents/${order.documents[0]?.id}/signed`)
    assert.deepEqual([signed.status, signed.body['code'], signed.body['state']], [409, 'NOT_SIGNED_YET', 'failed'])
    assert.match(String(signed.body['detail']), /failed: `failures` says why/)
    assert.equal((await kept.storage(order))['keptUntil'], null)
    await found()
    await kept.endIn(9)
    await post(order, 'retry')
    await books.reaches(order.id, 'open')

    const other = await failed()
    await post(other.order, 'cancel')
    assert.equal((await kept.remove(other.order)).status, 200)
    await other.found()
  })

  it('is failed also when the worker died between the dead letter and telling of it', async () => {
    const { order, found } = await withoutFile()
    await books.until(order.id, ({ failures }) => failures.length > 0, 'prepare fails')
    // What that worker left behind: the dead letter and the task that was written with it.
    await segl.client.task.updateMany({
      where: { orderId: order.id, step: 'prepare' },
      data: { state: 'dead', failureClass: 'person', lockedUntil: null },
    })
    await makeDue(order, 'fail')
    await books.reaches(order.id, 'failed')
    await found()
    await post(order, 'retry')
    await books.reaches(order.id, 'open')
  })
})

describe('an order that failed while it was being closed', () => {
  it('keeps its signatures, is neither cancelled nor deleted, and is closed when it is tried again', async () => {
    const { failed, link } = await failedInTheEnd()
    assert.deepEqual([failed.outcome, failed.signers[0]?.state], ['completed', 'signed'])
    assert.equal(failed.failures[0]?.code, 'TRUST_SERVICE_UNAVAILABLE')
    for (const refused of [await post(failed, 'cancel'), await kept.remove(failed), await kept.erase(failed)]) {
      assert.deepEqual([refused.status, refused.body['code'], refused.body['state']], [409, 'STATE_CONFLICT', 'failed'])
      assert.match(String(refused.body['detail']), /being closed.*`retry`/)
    }
    assert.match((await visitor(segl, 'approver').open(link)).html, /You have signed/)
    await kept.endIn(0)
    assert.equal((await kept.storage(failed))['keptUntil'], null)

    segl.backchannel.faults.clear()
    assert.equal((await post(failed, 'retry')).status, 200)
    const done = await books.reaches(failed.id, 'completed')
    assert.ok((await feedOf(failed)).includes('order.retried sealing'))
    await assertWhole(segl.client, done, books)
    await kept.endIn(0)
    assert.equal((await kept.storage(failed))['keptUntil'], '2029-06-30')
  })

  it('goes by nobody’s hand but its owner’s when its time of storage is over and it still stands there', async () => {
    const { failed } = await failedInTheEnd()
    segl.backchannel.faults.clear()
    await kept.endIn(9)
    assert.equal((await books.read(failed.id)).state, 'failed')
    const { ports } = kept.inYears(9)
    const { deletedAt } = await deleteOrder(ports, { tenantId, id: failed.id }, { key: 'k' })
    assert.notEqual(deletedAt, null)
    assert.equal((await post(failed, 'retry')).body['code'], 'ORDER_DELETED')
    assert.equal((await assertChained(segl, failed)).at(-1)?.type, 'order.deleted')
  })
})

describe('an order of which a signer’s step failed', () => {
  it('stays open, says that somebody has to look, and goes on when it is tried again', async () => {
    const order = await books.order([{ bankid: 'approver' }])
    const him = visitor(segl, 'approver')
    const approval = await him.logIn(await him.setOut(linkOf(order)))
    segl.backchannel.faults.set('/ocsp', down)
    segl.backchannel.faults.set('/crl', down)
    await him.approve(approval)
    await lastTry(order, 'sign')
    await books.until(order.id, ({ failures }) => failures[0]?.class === 'person', 'a person is needed')
    const told = () => trailOf(order, 'order.failing')
    await eventually('telling of it', async () => (await told()).length > 0)
    assert.equal((await books.read(order.id)).state, 'open')
    assert.ok((await feedOf(order)).includes('order.failing open'))
    assert.equal((await told())[0]?.signerId, order.signers[0]?.id)
    segl.backchannel.faults.clear()
    assert.equal((await post(order, 'retry')).status, 200)
    await assertWhole(segl.client, await books.reaches(order.id, 'completed'), books)
  })
})

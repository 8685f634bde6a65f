// The life of an order over the API: activation, deadlines and reminders by a moved clock, replaced signers.
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createStore, createTasks } from '../../src/adapters/store/index.ts'
import { SeglError } from '../../src/errors.ts'
import { failureOf } from '../../src/flow/failure.ts'
import type { StepName } from '../../src/flow/model.ts'
import type { Message } from '../../src/flow/ports/notify.ts'
import { workTask } from '../../src/flow/work.ts'
import { openServices } from '../flow/lives/doubles.ts'
import { needs } from '../support/outside.ts'
import { startApi, upload } from './harness.ts'
import { callsOf, kari, ola } from './order-calls.ts'

const harness = await startApi()
after(() => harness.close())
const tenant = await harness.tenant()
const { send, act, read, trail, opened } = callsOf(harness, tenant)

/** What a worker does at that moment: whatever is due by then, until nothing is. Answers the messages that it sent. */
async function workAt(orderId: string, at: string): Promise<readonly Message[]> {
  const sent: Message[] = []
  const offset = Date.parse(at) - Date.now()
  const now = () => new Date(Date.now() + offset)
  const { ports } = harness.deps
  const options = { client: harness.client, vault: ports.vault, jobs: ports.jobs, clockOffsetMs: offset }
  const worker = {
    ...ports,
    ...(await services)(now),
    store: createStore(options),
    notify: { send: async (message: Message) => void sent.push(message) },
  }
  for (let turn = 0; turn < 20; turn += 1) {
    const [task] = await harness.client.task.findMany({
      where: { orderId, state: 'due', dueAt: { lte: now() } },
      orderBy: { dueAt: 'asc' },
    })
    if (!task) return sent
    const report = await workTask(worker, createTasks(harness.client, offset), {
      step: task.step as StepName,
      subjectId: task.subjectId,
    })
    assert.notEqual(report.result, 'failed', JSON.stringify(report))
  }
  throw new Error('there is always something to do')
}
const skip = needs('openssl')
const services = skip ? Promise.reject(new Error('needs openssl')) : openServices()
services.catch(() => {})

test('a date is a day in Oslo: a deadline lasts until its end, an order begins at eight', async () => {
  const order = await opened({ activateAt: '2099-03-29', deadline: '2099-10-25' })
  assert.deepEqual(
    [order.state, order.activateAt, order.deadline],
    ['scheduled', '2099-03-29T06:00:00.000Z', '2099-10-25T22:59:59.999Z'],
  )
  for (const [more, pointer] of [
    [{ deadline: '2020-01-01' }, '/deadline'],
    [{ activateAt: '2020-01-01' }, '/activateAt'],
    [{ activateAt: '2099-02-01', deadline: '2099-01-31' }, '/deadline'],
  ] as const) {
    const wrong = await send('POST', '/v1/orders', {
      title: 'x',
      documents: [{ id: await upload(harness, tenant) }],
      signers: [kari, ola],
      ...more,
    })
    assert.deepEqual([wrong.statusCode, wrong.json().errors[0].pointer], [400, pointer], wrong.body)
  }
})

test('a scheduled order begins when its time has come, on the morning of the shorter day', { skip }, async () => {
  const { id, signers } = await opened({ activateAt: '2027-03-28', deadline: '2027-04-30' })
  assert.ok(
    signers.every(({ url }: { url?: string }) => url !== undefined),
    'its links can be sent before',
  )
  await workAt(id, '2027-03-28T05:50:00Z')
  assert.equal((await read(id)).state, 'scheduled')
  await workAt(id, '2027-03-28T06:00:01Z')
  const open = await read(id)
  assert.deepEqual([open.state, open.signers[0].state], ['open', 'ready'])
})

test('a deadline ends an order at midnight, on the night of the longer day', { skip }, async () => {
  const { id } = await opened({ deadline: '2027-10-31' })
  await workAt(id, '2027-10-31T22:50:00Z')
  assert.equal((await read(id)).state, 'open')
  await workAt(id, '2027-10-31T23:00:01Z')
  const ended = await read(id)
  assert.deepEqual([ended.state, ended.signers[0].state], ['expired', 'expired'])
})

test('an order whose deadline passes before anybody worked on it expires all the same', { skip }, async () => {
  const { id } = await opened({ activateAt: '2027-05-03', deadline: '2027-05-04' })
  await workAt(id, '2027-05-06T12:00:00Z')
  assert.equal((await read(id)).state, 'expired')
})

test('those whose turn it is are reminded by day, at the same hour across the change of time, as often as asked', {
  skip,
}, async () => {
  const { id } = await opened({
    activateAt: '2027-03-26T16:30:00Z',
    reminders: { afterDays: 2, everyDays: 1, maximum: 2 },
  })
  const told = await workAt(id, '2027-03-26T16:30:01Z')
  assert.deepEqual(
    told.filter(({ kind }) => kind === 'reminded'),
    [],
  )
  // Half past five in the afternoon: 16:30 UTC on Friday, 15:30 UTC on Sunday the 28th.
  assert.deepEqual(await workAt(id, '2027-03-28T15:20:00Z'), [])
  // Two days after the invitation, which may have taken a while.
  const first = await workAt(id, '2027-03-28T15:39:00Z')
  // Kari named no address: for her the event is the message.
  assert.deepEqual(
    first.map(({ kind, language, to, number }) => [kind, language, to.email, number]),
    [['reminded', 'nn', 'ola@example.no', 1]],
  )
  const after = await read(id)
  assert.deepEqual(
    after.signers.map(({ remindersSent }: { remindersSent: number }) => remindersSent),
    [1, 1],
  )
  // The worker was away until the evening: nobody is woken, the second one comes in the morning.
  assert.deepEqual(await workAt(id, '2027-03-29T20:00:00Z'), [])
  assert.deepEqual(await workAt(id, '2027-03-30T05:50:00Z'), [])
  assert.equal((await workAt(id, '2027-03-30T06:00:10Z')).length, 1)
  assert.deepEqual(await workAt(id, '2027-04-30T12:00:00Z'), [], 'two are enough')
  const events = await harness.client.event.findMany({ where: { orderId: id, type: 'signer.reminded' } })
  assert.equal(events.length, 4, 'an event for each reminder of each signer')
})

test('a signer is replaced on a spare slot, twice; a third time there is none left', async () => {
  const order = await opened()
  const [, second] = order.signers
  const replace = (signer: string, name: string, who = tenant) =>
    send('POST', `/v1/orders/${order.id}/signers/${signer}/replace`, { name, person: { birthDate: '1980-02-03' } }, who)
  const stranger = await harness.tenant()
  assert.equal((await replace(second.id, 'Per Hansen', stranger)).statusCode, 404)

  const once = await replace(second.id, 'Per Hansen')
  assert.equal(once.statusCode, 200, once.body)
  const [, old, added] = once.json().signers
  assert.deepEqual([old.state, old.url], ['replaced', undefined])
  assert.deepEqual(
    [added.state, added.role, added.group, added.language, added.replaces, added.person.matchedBy],
    ['waiting', 'party', 1, 'nn', second.id, 'nameAndBirthDate'],
  )
  assert.deepEqual(
    (await replace(second.id, 'Per Hansen')).json().signers,
    once.json().signers,
    'the same again changes nothing',
  )

  const twice = (await replace(added.id, 'Pål Hansen')).json()
  const third = await replace(twice.signers.at(-1).id, 'Ida Hansen')
  assert.deepEqual([third.statusCode, third.json().code], [409, 'NO_SLOT_LEFT'])
  const slots = await harness.client.signer.findMany({ where: { orderId: order.id }, orderBy: { position: 'asc' } })
  assert.deepEqual(
    slots.map(({ slot }) => slot),
    [1, 2, 3, 4],
  )
  const event = (await trail(order.id)).find(({ type }: { type: string }) => type === 'signer.replaced')
  assert.deepEqual([event.actor, event.data.signer, event.data.successor], ['tenant', second.id, added.id])
  assert.equal(event.personal.name, 'Per Hansen')
})

test('a way to log in that cannot reach the level is refused', async () => {
  const documents = [{ id: await upload(harness, tenant) }]
  const signers = [{ ...kari, methods: ['passkey'] }, ola]
  const wrong = await send('POST', '/v1/orders', { title: 'Avtale', documents, signers })
  assert.deepEqual([wrong.statusCode, wrong.json().errors[0].pointer], [422, '/signers/0/methods'])
  const right = [{ ...kari, methods: ['passkey', 'mobile'], level: 'substantial' }, ola]
  const made = await send('POST', '/v1/orders', { title: 'Avtale', documents, signers: right })
  assert.deepEqual([made.statusCode, made.json().signers[0].methods], [201, ['passkey', 'mobile']])
})

test('a step that failed is shown with its class, reason and next try, listed, and tried again by one call', {
  skip,
}, async () => {
  const own = await harness.tenant()
  const open = async () => {
    const documents = [{ id: await upload(harness, own) }]
    return (await send('POST', '/v1/orders', { title: 'Avtale', documents, signers: [kari, ola] }, own)).json()
  }
  const [waits, dead, well] = [await open(), await open(), await open()]
  const failingIds = async (failing: boolean) => {
    const answer = await harness.api.inject({
      method: 'GET',
      url: `/v1/orders?failing=${failing}`,
      headers: own.headers,
    })
    return answer
      .json()
      .orders.map(({ id }: { id: string }) => id)
      .sort()
  }
  const fails = async (id: string, error: SeglError) => {
    const double = (await services)(() => new Date())
    const pdf = { ...double.pdf, prepare: () => Promise.reject(error) }
    const tasks = createTasks(harness.client, 0)
    return workTask({ ...harness.deps.ports, ...double, pdf }, tasks, { step: 'prepare', subjectId: id })
  }
  const began = Date.now()
  await fails(waits.id, new SeglError('TRUST_SERVICE_UNAVAILABLE', 'It does not answer.'))
  await fails(dead.id, new SeglError('MALFORMED_PDF', 'The file is broken.'))

  const [first] = (await read(waits.id, own)).failures
  assert.deepEqual(
    [first.step, first.signer, first.class, first.code, first.detail, first.attempt],
    ['prepare', null, 'trustService', 'TRUST_SERVICE_UNAVAILABLE', 'It does not answer.', 1],
  )
  assert.ok(Date.parse(first.nextTry) > began)
  const [second] = (await read(dead.id, own)).failures
  assert.deepEqual([second.class, second.code, second.nextTry], ['person', 'MALFORMED_PDF', null])
  assert.deepEqual((await read(well.id, own)).failures, [])
  assert.deepEqual(await failingIds(true), [waits.id, dead.id].sort())
  assert.deepEqual(await failingIds(false), [well.id])

  const again = await act(`/v1/orders/${dead.id}/retry`, own)
  assert.equal(again.statusCode, 200, again.body)
  await workAt(dead.id, new Date(Date.now() + 1000).toISOString())
  const mended = await read(dead.id, own)
  assert.deepEqual([mended.state, mended.failures], ['open', []])
  assert.deepEqual(await failingIds(true), [waits.id])
})

test('what failed is tried again for days, at longer and longer intervals, and then waits for a person', () => {
  const away = new SeglError('TRUST_SERVICE_UNAVAILABLE', 'It does not answer.')
  const pauses: number[] = []
  for (let attempt = 1; ; attempt += 1) {
    const { failureClass, retryAfterSeconds } = failureOf(away, attempt, false)
    if (retryAfterSeconds === null) {
      assert.equal(failureClass, 'person')
      break
    }
    assert.equal(failureClass, 'trustService')
    pauses.push(retryAfterSeconds)
  }
  const days = pauses.reduce((sum, pause) => sum + pause, 0) / 86_400
  assert.ok(days > 5 && days < 14, `${days} days`)
  assert.ok((pauses[0] ?? 0) < 3 && Math.max(...pauses) <= 1.25 * 86_400)
  const classes = (['INTERNAL', 'TIMESTAMP_TOO_LATE', 'MALFORMED_PDF', 'SECRET_WRONG'] as const).map(
    (code) => failureOf(new SeglError(code, 'x'), 1, true).failureClass,
  )
  assert.deepEqual(classes, ['retry', 'askSigner', 'person', 'person'])
})

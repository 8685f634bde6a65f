// The sender is told by mail how his order ended, once, however often a worker or a mail server fails meanwhile.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, describe, it } from 'node:test'
import { createMail, openMailbox } from '../../src/adapters/notify/mail.ts'
import { createStore, createTasks } from '../../src/adapters/store/index.ts'
import { SeglError } from '../../src/errors.ts'
import type { StepName } from '../../src/flow/model.ts'
import type { Ports } from '../../src/flow/ports/index.ts'
import type { Message, SenderMessage } from '../../src/flow/ports/notify.ts'
import { runStep } from '../../src/flow/run.ts'
import { workTask } from '../../src/flow/work.ts'
import { startApi, upload } from './harness.ts'
import { callsOf, kari, order as orderBody } from './order-calls.ts'

const harness = await startApi()
const folder = mkdtempSync(join(tmpdir(), 'segl-sender-mail-'))
after(async () => {
  await harness.close()
  rmSync(folder, { recursive: true, force: true })
})
const tenant = await harness.tenant()
const { send, act, read, trail, opened, create, get } = callsOf(harness, tenant)

const settings = { from: 'Segl <segl@localhost>', publicUrl: 'http://127.0.0.1:8080', simulated: true }
let mails: string
beforeEach(() => {
  mails = join(folder, randomUUID())
})
const inFolder = () => createMail({ ...settings, smtpUrl: null, folder: mails })
const kept = async () => (await openMailbox(mails).list()).map(({ to, subject }) => [to, subject])

const minutes = (count: number) => count * 60_000
const days = (count: number) => minutes(count * 24 * 60)

/** A worker whose clock is so many milliseconds ahead. */
function worker(change: Partial<Ports> = {}, ahead = 0): Ports {
  const { ports } = harness.deps
  const store = createStore({ client: harness.client, vault: ports.vault, jobs: ports.jobs, clockOffsetMs: ahead })
  return { ...ports, store, notify: inFolder(), ...change }
}

/** Does whatever is due by then, until nothing is. */
async function work(orderId: string, change: Partial<Ports> = {}, ahead = 0): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    const by = new Date(Date.now() + ahead)
    const task = await harness.client.task.findFirst({ where: { orderId, state: 'due', dueAt: { lte: by } } })
    if (!task) return
    const { step, subjectId } = task
    await workTask(worker(change, ahead), createTasks(harness.client, ahead), { step: step as StepName, subjectId })
  }
  throw new Error('there is always something to do')
}

/** No trying mends it: the order fails. */
const pdf = {
  prepare: () => Promise.reject(new SeglError('CONFIG_INVALID', 'Not set up.')),
} as Partial<Ports['pdf']> as Ports['pdf']
const told = async (id: string) =>
  (await trail(id)).flatMap(({ type, data }: { type: string; data: { state: string; number: number } }) =>
    /^order\.sender/.test(type) ? [[type, data.state, data.number]] : [],
  )

describe('mail to the sender', () => {
  const notify = { email: 'regnskap@example.com' }

  it('is asked for with the order, of the usual states and in its language, and is a fact of the order', async () => {
    const order = await opened({ language: 'nn', notify })
    const usual = { ...notify, language: 'nn', states: ['completed', 'declined', 'expired', 'failed'] }
    assert.deepEqual(order.notify, usual)
    const own = { ...notify, language: 'en', states: ['cancelled'] }
    assert.deepEqual((await opened({ notify: own })).notify, own)
    assert.equal((await opened()).notify, null)
    const reader = await tenant.key('reader')
    assert.deepEqual((await get(`/v1/orders/${order.id}`, reader)).json().notify, usual)
  })

  for (const [wrong, pointer] of [
    [{ email: 'nobody' }, '/notify/email'],
    [{ email: 'a@example.com\r\nBcc: b@example.com' }, '/notify/email'],
    [{ language: 'nb' }, '/notify/email'],
    [{ ...notify, states: [] }, '/notify/states'],
    [{ ...notify, states: ['open'] }, '/notify/states/0'],
    [{ ...notify, language: 'sv' }, '/notify/language'],
    [{ ...notify, title: true }, '/notify/title'],
  ] as const) {
    it(`is refused with its place: ${JSON.stringify(wrong)}`, async () => {
      const answer = await create(orderBody([await upload(harness, tenant)], { notify: wrong }))
      assert.equal(answer.statusCode, 400, answer.body)
      assert.ok(
        answer.json().errors.some((one: { pointer: string }) => one.pointer === pointer),
        answer.body,
      )
    })
  }

  it('may be changed and removed while the order is a draft', async () => {
    const draft = await opened({ draft: true, notify })
    const url = `/v1/orders/${draft.id}`
    const other = await send('PATCH', url, { notify: { email: 'other@example.com', states: ['failed'] } })
    assert.deepEqual(other.json().notify, { email: 'other@example.com', language: 'nb', states: ['failed'] })
    assert.equal((await send('PATCH', url, { title: 'Ny' })).json().notify.email, 'other@example.com')
    assert.equal((await send('PATCH', url, { notify: null })).json().notify, null)
  })

  it('is sent once the order has ended, and told in the trail without the address', async () => {
    const { id } = await opened({ notify: { ...notify, states: ['cancelled'] }, signers: [kari] })
    await work(id, { pdf })
    assert.deepEqual(await kept(), [], 'failed is not among the states')
    await act(`/v1/orders/${id}/cancel`)
    await work(id)
    assert.deepEqual(await kept(), [['regnskap@example.com', 'Avbrutt: Avtale']])
    assert.deepEqual(await told(id), [['order.senderTold', 'cancelled', 1]])
    assert.doesNotMatch(JSON.stringify(await trail(id)), /regnskap@example/)
    assert.equal(await harness.client.task.count({ where: { orderId: id, state: { notIn: ['done', 'dead'] } } }), 0)
  })

  it('is not sent to nobody: an order without it has no such task', async () => {
    const { id } = await opened()
    await act(`/v1/orders/${id}/cancel`)
    assert.equal(await harness.client.task.count({ where: { orderId: id, step: 'tellSender' } }), 0)
  })

  it('tells each failing of its own, and not of one that was put right meanwhile', async () => {
    const { id } = await opened({ notify })
    await work(id, { pdf })
    assert.equal((await read(id)).state, 'failed')
    assert.deepEqual(await told(id), [['order.senderTold', 'failed', 1]])
    await act(`/v1/orders/${id}/retry`)
    await work(id, { pdf })
    assert.deepEqual((await told(id)).at(-1), ['order.senderTold', 'failed', 2])
    assert.equal((await kept()).length, 2)

    // It fails with nobody to send the mail, and is tried again before somebody does.
    await act(`/v1/orders/${id}/retry`)
    const due = { step: 'prepare', subjectId: id } as const
    await workTask(worker({ pdf }), createTasks(harness.client, 0), due)
    assert.equal((await read(id)).state, 'failed')
    await act(`/v1/orders/${id}/retry`)
    await workTask(worker(), createTasks(harness.client, 0), { ...due, step: 'tellSender' })
    assert.equal((await read(id)).state, 'received')
    assert.equal((await kept()).length, 2)
  })

  it('is one mail, whether the worker dies after it, or the step is run again after it was told', async () => {
    const { id } = await opened({ notify: { ...notify, states: ['cancelled'] } })
    await act(`/v1/orders/${id}/cancel`)
    const sent: (Message | SenderMessage)[] = []
    const post = inFolder()
    const counted = {
      send: async (message: Message | SenderMessage) => {
        sent.push(message)
        await post.send(message)
      },
    }
    const subject = { tenantId: tenant.id, id }
    const die: Ports['die'] = (step, phase) => {
      if (step === 'tellSender' && phase === 'act') throw new Error('killed')
    }
    await assert.rejects(runStep(worker({ notify: counted, die }), 'tellSender', subject, undefined), /killed/)
    assert.deepEqual(await told(id), [])
    await work(id, { notify: counted })
    // Sent again, because nothing on record says that it was; by its Message-ID it is the same mail.
    assert.deepEqual([sent.length, sent[1]], [2, sent[0]])
    assert.equal((await kept()).length, 1)
    for (const _ of [1, 2]) await runStep(worker({ notify: counted }), 'tellSender', subject, undefined)
    assert.equal(sent.length, 2)
    assert.deepEqual(await told(id), [['order.senderTold', 'cancelled', 1]])
  })

  it('leaves no address behind when the order is deleted, and no mail to be sent', async () => {
    const { id } = await opened({ notify: { ...notify, states: ['cancelled'] } })
    await act(`/v1/orders/${id}/cancel`)
    const gone = await harness.api.inject({ method: 'DELETE', url: `/v1/orders/${id}`, headers: tenant.headers })
    assert.equal(gone.statusCode, 200, gone.body)
    const row = await harness.client.signingOrder.findUnique({ where: { id } })
    assert.equal(row?.notify, null)
    await work(id)
    assert.deepEqual(await kept(), [])
  })

  it('waits for a mail server that is away, without the order being in trouble, and gives up after five days', async () => {
    const away = { notify: { send: () => Promise.reject(new SeglError('UNAVAILABLE', 'away')) } }
    const asked = { notify: { ...notify, states: ['cancelled'] } }
    const [late, never] = [await opened(asked), await opened(asked)]
    for (const { id } of [late, never]) {
      await act(`/v1/orders/${id}/cancel`)
      await work(id, away)
      const { failures, sealing } = await read(id)
      assert.deepEqual([failures, sealing.lastError], [[], null])
      await work(id, away, minutes(14))
      assert.deepEqual(await told(id), [])
    }
    await work(late.id, {}, minutes(16))
    assert.deepEqual(await told(late.id), [['order.senderTold', 'cancelled', 1]])
    await work(never.id, away, days(6))
    assert.deepEqual(await told(never.id), [['order.senderNotTold', 'cancelled', 1]])
    assert.equal((await kept()).length, 1)
    await work(never.id, {}, days(7))
    assert.equal((await kept()).length, 1)
  })
})

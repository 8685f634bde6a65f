// What webhooks are sent: once and signed, again after failures, by any number of workers, and never for ever.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { createWebhookSender } from '../../src/adapters/notify/webhook-sender.ts'
import { createClock, createWebhookDeliveries, sequenceEvents } from '../../src/adapters/store/index.ts'
import { createWebhookDispatch, nextTrySeconds, pauses } from '../../src/flow/deliver-webhooks.ts'
import type { ClaimedDelivery } from '../../src/flow/ports/webhooks.ts'
import { startReceiver } from '../adapters/notify/receiver.ts'
import { callV1, type Harness, type Method, startApi, type TestTenant } from './harness.ts'

const day = 86_400

describe('what webhooks are sent', () => {
  let harness: Harness
  let tenant: TestTenant
  let receiver: Awaited<ReturnType<typeof startReceiver>>

  before(async () => {
    harness = await startApi()
    receiver = await startReceiver()
  })
  after(async () => {
    await receiver.close()
    await harness.close()
  })

  const call = (method: Method, url: string, payload?: object) => callV1(harness, tenant.headers, method, url, payload)

  /** Workers with a moved clock: `days` later. */
  const dispatchAt = (days = 0, sender = createWebhookSender({ allowPrivate: true, limitMs: 30_000 })) =>
    createWebhookDispatch(
      {
        deliveries: createWebhookDeliveries(harness.client, harness.deps.ports.vault, days * day * 1000),
        sender,
        clock: createClock(harness.client, days * day * 1000),
      },
      { most: 16, perWebhook: 4, onError: (error) => assert.fail(String(error)) },
    )

  const round = async (dispatch = dispatchAt()) => {
    const taken = await dispatch.round()
    await dispatch.idle()
    return taken
  }

  /** `count` events in the tenant's feed, about an order of its own. */
  const happen = async (count = 1, type = 'order.completed') => {
    const orderId = randomUUID()
    await harness.client.signingOrder.create({
      data: { id: orderId, tenantId: tenant.id, kind: 'contract', title: 'Avtale', language: 'nb', state: 'completed' },
    })
    const events = Array.from({ length: count }, () => ({
      id: randomUUID(),
      tenantId: tenant.id,
      orderId,
      type,
      state: 'completed',
      dedupeKey: randomUUID(),
    }))
    await harness.client.event.createMany({ data: events })
    await sequenceEvents(harness.client, 1000)
    return events.map(({ id }) => id)
  }

  const newTenant = async () => {
    tenant = await harness.tenant()
    receiver.received.length = 0
    receiver.answerWith((_message, response) => void response.writeHead(204).end())
  }

  test('each event arrives once, signed, with what the feed says of it; other types and other tenants get none', async () => {
    await newTenant()
    const all = (await call('POST', '/webhooks', { url: `${receiver.url}/all` })).body
    await call('POST', '/webhooks', { url: `${receiver.url}/some`, types: ['signer.signed'] })
    const ids = [...(await happen(2)), ...(await happen(1, 'signer.signed'))]
    const mine = tenant
    tenant = await harness.tenant()
    await call('POST', '/webhooks', { url: `${receiver.url}/stranger` })
    tenant = mine
    await round()
    await round()
    const at = (path: string) => receiver.received.filter((message) => message.path === path)
    const feed = (await call('GET', '/events')).body.events
    assert.deepEqual(
      at('/all')
        .map(({ headers }) => headers['webhook-id'])
        .sort(),
      [...ids].sort(),
    )
    assert.equal(at('/some').length, 1)
    assert.equal(at('/stranger').length, 0)
    for (const message of at('/all')) {
      const body = new Webhook(all.secret).verify(message.body, { ...message.headers }) as {
        type: string
        data: { id: string }
      }
      assert.deepEqual(
        body.data,
        feed.find(({ id }: { id: string }) => id === body.data.id),
      )
    }
    const log = await call('GET', `/webhooks/${all.id}/deliveries?limit=2`)
    assert.equal(log.body.deliveries.length, 2)
    const rest = await call('GET', `/webhooks/${all.id}/deliveries?limit=2&cursor=${log.body.next}`)
    assert.equal(rest.body.deliveries.length, 1)
    assert.equal(rest.body.next, null)
    assert.ok(
      [...log.body.deliveries, ...rest.body.deliveries].every(
        (one) => one.state === 'delivered' && one.lastStatus === 204,
      ),
    )
  })

  test('a receiver that fails is tried again after five seconds, and a failing one does not hold the next', async () => {
    await newTenant()
    const failing = (await call('POST', '/webhooks', { url: `${receiver.url}/fails` })).body
    const fine = (await call('POST', '/webhooks', { url: `${receiver.url}/fine` })).body
    receiver.answerWith((message, response) => void response.writeHead(message.path === '/fails' ? 500 : 200).end())
    await happen(10)
    const began = Date.now()
    // Four at a time: the third round takes the last two, and whatever five seconds have passed for on a slow machine.
    for (let turn = 0; turn < 3; turn += 1) await round()
    const ended = Date.now()
    const states = async (id: string) =>
      (await call('GET', `/webhooks/${id}/deliveries`)).body.deliveries.map((one: { state: string }) => one.state)
    assert.deepEqual(
      await states(fine.id),
      Array.from({ length: 10 }, () => 'delivered'),
    )
    assert.deepEqual(
      await states(failing.id),
      Array.from({ length: 10 }, () => 'due'),
    )
    const last = (await call('GET', `/webhooks/${failing.id}/deliveries`)).body.deliveries.find(
      ({ attempt }: { attempt: number }) => attempt === 1,
    )
    assert.deepEqual([last.lastStatus, last.lastError], [500, 'STATUS'])
    const next = Date.parse(last.nextTry)
    assert.ok(next > began + 4700 && next < ended + 5300, `${next}: from ${began} to ${ended}`)
    receiver.answerWith((_message, response) => void response.writeHead(200).end())
    for (let turn = 0; turn < 4; turn += 1) await round(dispatchAt(1))
    assert.deepEqual(
      await states(failing.id),
      Array.from({ length: 10 }, () => 'delivered'),
    )
    assert.equal((await call('GET', `/webhooks/${failing.id}`)).body.failingSince, null)
  })

  test('receivers that hang, redirect or answer twice: everything arrives at least once, under the same id', async () => {
    await newTenant()
    const { id, secret } = (await call('POST', '/webhooks', { url: `${receiver.url}/moody` })).body
    const ids = await happen(12)
    const moods = ['hang', 'redirect', 'late', 'cut'] as const
    const met = new Map<string, number>()
    receiver.answerWith((message, response) => {
      const key = message.headers['webhook-id'] ?? ''
      const count = met.get(key) ?? 0
      met.set(key, count + 1)
      const mood = count > 0 ? 'fine' : moods[met.size % moods.length]
      if (mood === 'hang') return
      if (mood === 'cut') return void response.destroy()
      if (mood === 'redirect') return void response.writeHead(302, { location: receiver.url }).end()
      // Slower than the first attempt's time limit, though it was taken: it comes again.
      if (mood === 'late') return void setTimeout(() => response.writeHead(200).end(), 700)
      response.writeHead(200).end()
    })
    const [short, long] = [500, 30_000].map((limitMs) => createWebhookSender({ allowPrivate: true, limitMs }))
    assert.ok(short && long)
    const sender = { send: (one: ClaimedDelivery, at: Date) => (one.attempt === 1 ? short : long).send(one, at) }
    const open = () => harness.client.webhookDelivery.count({ where: { webhookId: id, state: 'due' } })
    for (let turn = 0; turn === 0 || (turn < 60 && (await open()) > 0); turn += 1)
      await round(dispatchAt(turn * 0.0001, sender))
    const arrived = receiver.received.filter(({ headers }) => (met.get(headers['webhook-id'] ?? '') ?? 0) > 0)
    assert.deepEqual([...new Set(arrived.map(({ headers }) => headers['webhook-id']))].sort(), [...ids].sort())
    for (const { body, headers } of arrived)
      new Webhook(secret).verify(body, { ...headers, 'webhook-timestamp': headers['webhook-timestamp'] ?? '' })
    const { deliveries } = (await call('GET', `/webhooks/${id}/deliveries`)).body
    assert.ok(
      deliveries.every((one: { state: string; attempt: number }) => one.state === 'delivered' && one.attempt >= 2),
    )
  })

  test('a worker that dies in the middle of sending loses nothing: the message is taken again', async () => {
    await newTenant()
    await call('POST', '/webhooks', { url: `${receiver.url}/x` })
    const [id] = await happen()
    const deliveries = createWebhookDeliveries(harness.client, harness.deps.ports.vault)
    await deliveries.fanOut(10)
    const [taken] = await deliveries.claim(10, 4, 60)
    assert.equal(taken?.messageId, id)
    assert.deepEqual(await deliveries.claim(10, 4, 60), [], 'nobody else takes it meanwhile')
    await round(dispatchAt(0.01))
    assert.deepEqual(
      receiver.received.map(({ headers }) => headers['webhook-id']),
      [id],
    )
  })

  test('two workers fan out and send side by side: no message twice', async () => {
    await newTenant()
    await call('POST', '/webhooks', { url: `${receiver.url}/two` })
    const ids = await happen(60)
    const workers = [dispatchAt(), dispatchAt(), dispatchAt()]
    for (let turn = 0; turn < 20; turn += 1) await Promise.all(workers.map((worker) => round(worker)))
    assert.deepEqual(receiver.received.map(({ headers }) => headers['webhook-id']).sort(), [...ids].sort())
  })

  test('a receiver that says 410 Gone, or takes nothing for five days, is disabled, and the feed says so once', async () => {
    await newTenant()
    const gone = (await call('POST', '/webhooks', { url: `${receiver.url}/gone` })).body
    const dead = (await call('POST', '/webhooks', { url: `${receiver.url}/dead`, types: ['order.completed'] })).body
    receiver.answerWith((message, response) => void response.writeHead(message.path === '/gone' ? 410 : 500).end())
    await happen(3)
    await round()
    await round(dispatchAt(2))
    assert.equal((await call('GET', `/webhooks/${dead.id}`)).body.state, 'enabled')
    await round(dispatchAt(6))
    const seen = async (id: string) => {
      const { state, reason } = (await call('GET', `/webhooks/${id}`)).body
      return { state, reason }
    }
    assert.deepEqual(await seen(gone.id), { state: 'disabled', reason: 'GONE' })
    assert.deepEqual(await seen(dead.id), { state: 'disabled', reason: 'FAILING' })
    await sequenceEvents(harness.client, 1000)
    const told = (await call('GET', '/events')).body.events.filter(
      (one: { type: string }) => one.type === 'webhook.disabled',
    )
    assert.equal(told.length, 2)
    assert.equal(told[0].order, null)

    const before = receiver.received.length
    await happen(2)
    await round(dispatchAt(9))
    assert.equal(receiver.received.length, before, 'nothing is sent to a disabled one')
    receiver.answerWith((_message, response) => void response.writeHead(200).end())
    await call('PATCH', `/webhooks/${dead.id}`, { state: 'enabled' })
    for (let turn = 0; turn < 3; turn += 1) await round(dispatchAt(9))
    const { deliveries } = (await call('GET', `/webhooks/${dead.id}/deliveries`)).body
    assert.deepEqual(
      deliveries.map((one: { state: string }) => one.state),
      Array.from({ length: 5 }, () => 'delivered'),
    )
  })

  test('after the last pause a message is dead, stands in the log, and can be sent again; so can the whole feed', async () => {
    await newTenant()
    const { id } = (await call('POST', '/webhooks', { url: `${receiver.url}/dead` })).body
    const [event] = await happen()
    await round()
    await harness.client.webhookDelivery.updateMany({
      where: { webhookId: id },
      data: { attempt: pauses.length, state: 'due', dueAt: new Date(0) },
    })
    receiver.answerWith((_message, response) => void response.writeHead(500).end())
    await round()
    const dead = (await call('GET', `/webhooks/${id}/deliveries?state=dead`)).body.deliveries
    assert.equal(dead.length, 1)
    assert.equal(dead[0].nextTry, null)
    receiver.answerWith((_message, response) => void response.writeHead(200).end())
    assert.equal((await call('POST', `/webhooks/${id}/deliveries/${dead[0].id}/redeliver`)).status, 202)
    await round()
    assert.equal((await call('GET', `/webhooks/${id}/deliveries?state=delivered`)).body.deliveries.length, 1)
    receiver.received.length = 0
    assert.equal((await call('POST', `/webhooks/${id}/replay`, { after: 0 })).status, 202)
    await round()
    assert.deepEqual(
      receiver.received.map(({ headers }) => headers['webhook-id']),
      [event],
    )
  })

  test('a ping is sent and logged; after a rotation both secrets sign for a day, then only the new one', async () => {
    await newTenant()
    const { id, secret } = (await call('POST', '/webhooks', { url: `${receiver.url}/ping` })).body
    const rotated = (await call('POST', `/webhooks/${id}/rotate-secret`)).body
    assert.notEqual(rotated.secret, secret)
    const ping = await call('POST', `/webhooks/${id}/ping`)
    assert.equal(ping.status, 202)
    await round()
    const [message] = receiver.received
    assert.ok(message)
    for (const one of [secret, rotated.secret]) {
      assert.equal(
        (new Webhook(one).verify(message.body, { ...message.headers }) as { type: string }).type,
        'webhook.ping',
      )
    }
    await call('POST', `/webhooks/${id}/ping`)
    await round(dispatchAt(2))
    assert.equal(receiver.received.at(-1)?.headers['webhook-signature']?.split(' ').length, 1)
  })

  test('pauses grow to five days in all, and a receiver may ask for more patience, within a day', () => {
    const whole = pauses.reduce<number>((sum, pause) => sum + pause, 0)
    assert.ok(whole > 4.9 * day && whole < 5.3 * day, `${whole / day} days`)
    assert.equal(nextTrySeconds(pauses.length + 1, { retryAfter: null }), null)
    assert.equal(nextTrySeconds(1, { retryAfter: 90 }), 90)
    assert.equal(nextTrySeconds(1, { retryAfter: 10 * day }), day)
    const first = nextTrySeconds(1, { retryAfter: null }, 0.5) ?? 0
    assert.ok(Math.abs(first - 5) < 0.5)
  })
})

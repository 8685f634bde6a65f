import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { createWebhookSender } from '../../../src/adapters/notify/webhook-sender.ts'
import type { ClaimedDelivery } from '../../../src/flow/ports/webhooks.ts'
import { startReceiver } from './receiver.ts'

const secret = () => `whsec_${randomBytes(32).toString('base64')}`

const delivery = (url: string, secrets: readonly string[]): ClaimedDelivery => ({
  id: randomUUID(),
  tenantId: randomUUID(),
  webhookId: randomUUID(),
  url,
  messageId: randomUUID(),
  body: JSON.stringify({ type: 'order.completed', timestamp: new Date().toISOString(), data: { id: randomUUID() } }),
  attempt: 1,
  createdAt: new Date(),
  secrets,
})

describe('a webhook message', () => {
  let receiver: Awaited<ReturnType<typeof startReceiver>>
  const open = createWebhookSender({ allowPrivate: true, limitMs: 60_000 })
  const hasty = createWebhookSender({ allowPrivate: true, limitMs: 600 })
  before(async () => {
    receiver = await startReceiver()
  })
  after(() => receiver.close())

  test('is verified by the reference library of Standard Webhooks under either of two live secrets', async () => {
    const [present, earlier] = [secret(), secret()]
    const sent = delivery(`${receiver.url}/hook`, [present, earlier])
    const outcome = await open.send(sent, new Date())
    assert.equal(outcome.delivered, true)
    assert.equal(outcome.status, 204)
    const got = receiver.received.at(-1)
    assert.ok(got)
    for (const one of [present, earlier]) {
      assert.deepEqual(new Webhook(one).verify(got.body, { ...got.headers }), JSON.parse(sent.body))
    }
    assert.throws(() => new Webhook(secret()).verify(got.body, { ...got.headers }))
    assert.throws(() => new Webhook(present).verify(`${got.body} `, { ...got.headers }))
    assert.equal(got.headers['webhook-id'], sent.messageId)
  })

  test('that is answered with an error, a redirect or nothing has not arrived, and the outcome says which', async () => {
    let followed = 0
    receiver.answerWith((message, response) => {
      if (message.path === '/elsewhere') followed += 1
      if (message.path === '/hang') return
      if (message.path === '/busy') return void response.writeHead(503, { 'retry-after': '90' }).end('later')
      if (message.path === '/redirect') return void response.writeHead(307, { location: '/elsewhere' }).end()
      if (message.path === '/cut') return void response.destroy()
      response.writeHead(200).end()
    })
    const to = async (path: string, sender = open) => {
      const { delivered, status, error, retryAfter } = await sender.send(
        delivery(receiver.url + path, [secret()]),
        new Date(),
      )
      return { delivered, status, error, retryAfter }
    }
    const failed = { delivered: false, status: null, retryAfter: null }
    assert.deepEqual(await to('/busy'), { delivered: false, status: 503, error: 'STATUS', retryAfter: 90 })
    assert.deepEqual(await to('/redirect'), { delivered: false, status: 307, error: 'REDIRECT', retryAfter: null })
    assert.equal(followed, 0)
    assert.deepEqual(await to('/hang', hasty), { ...failed, error: 'TIMEOUT' })
    assert.deepEqual(await to('/cut'), { ...failed, error: 'CONNECTION_LOST' })
    assert.equal((await to('/fine')).delivered, true)
  })

  test('that is answered without end is not read without end', async () => {
    let written = 0
    receiver.answerWith((_message, response) => {
      response.writeHead(200)
      const pour = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384))) written += 16_384
        if (!response.destroyed) response.once('drain', pour)
      }
      pour()
    })
    assert.equal((await open.send(delivery(receiver.url, [secret()]), new Date())).delivered, true)
    assert.ok(written < 8_000_000, `${written} bytes`)
  })

  test('is not sent to nobody, nor to private and loopback addresses by whichever name', async () => {
    const asked: string[] = []
    const inside = createServer((socket) => {
      asked.push('connection')
      socket.destroy()
    })
    await new Promise<void>((resolve) => inside.listen(0, '127.0.0.1', resolve))
    const address = inside.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const shut = createWebhookSender({ allowPrivate: false, limitMs: 60_000 })
    for (const host of [
      '127.0.0.1',
      'localhost',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '0.0.0.0',
      '10.0.0.1',
      '169.254.169.254',
      '2130706433',
    ]) {
      const outcome = await shut.send(delivery(`http://${host}:${port}/`, [secret()]), new Date())
      assert.equal(outcome.delivered, false, host)
      assert.equal(outcome.error, 'ADDRESS_NOT_ALLOWED', host)
    }
    assert.deepEqual(asked, [])
    await new Promise((resolve) => inside.close(resolve))
    const nobody = await open.send(delivery(`http://127.0.0.1:${port}/`, [secret()]), new Date())
    assert.equal(nobody.error, 'CONNECTION_REFUSED')
  })
})

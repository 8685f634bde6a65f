import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { sequenceEvents } from '../../src/adapters/store/index.ts'
import { type Harness, startApi, type TestTenant } from './harness.ts'

type Event = { readonly id: string; readonly sequence: number }

describe('the feed', () => {
  let harness: Harness
  let tenant: TestTenant
  let url: string

  before(async () => {
    harness = await startApi()
    url = await harness.api.listen({ host: '127.0.0.1', port: 0 })
  })
  after(() => harness.close())

  const call = async <T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }> => {
    const answer = await fetch(`${url}/v1${path}`, {
      method,
      headers: { ...tenant.headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as T }
  }

  const newTenant = async () => {
    tenant = await harness.tenant()
    const orderId = randomUUID()
    await harness.client.signingOrder.create({
      data: { id: orderId, tenantId: tenant.id, kind: 'contract', title: 'Avtale', language: 'nb', state: 'open' },
    })
    return orderId
  }

  /** One writer's transactions, each of a few events, committed in whichever order the database pleases. */
  const write = async (orderId: string, count: number): Promise<string[]> => {
    const written: string[] = []
    while (written.length < count) {
      const ids = Array.from({ length: Math.min(1 + Math.floor(Math.random() * 20), count - written.length) }, () =>
        randomUUID(),
      )
      await harness.client.$transaction(
        async (db) => {
          for (let at = 0; at < ids.length; at += 5) {
            await db.event.createMany({
              data: ids.slice(at, at + 5).map((id) => ({
                id,
                tenantId: tenant.id,
                orderId,
                type: 'signer.signed',
                state: 'signed',
                dedupeKey: id,
              })),
            })
          }
        },
        // Eight writers share four connections: on a busy machine the last waits longer than Prisma's own two seconds.
        { maxWait: 120_000, timeout: 120_000 },
      )
      written.push(...ids)
    }
    return written
  }

  test('8 writers, 10 000 events, readers that die: counts equal, in sequence, none missing, none twice', async () => {
    const orderId = await newTenant()
    let writing = true
    const sequencers = [0, 1].map(async () => {
      while (writing || (await harness.client.event.count({ where: { position: null } })) > 0) {
        await sequenceEvents(harness.client, 500)
      }
    })
    const followed: Event[] = []
    const follower = async () => {
      while (followed.length < 10_000) {
        const after = followed.at(-1)?.sequence ?? 0
        const { body } = await call<{ events: Event[] }>('GET', `/events?after=${after}&limit=1000&wait=5`)
        followed.push(...body.events)
      }
    }
    /** Takes events by lease; dies, now and then, between taking and acknowledging. */
    const handled = new Map<string, number>()
    let acknowledged = 0
    const reader = async () => {
      while (acknowledged < 10_000) {
        const lease = await call<{ lease: string | null; events: Event[] }>(
          'POST',
          '/consumers/ledger/lease?limit=400&seconds=1',
        )
        if (lease.status === 409 || lease.status === 503 || lease.body.lease === null) {
          await new Promise((resolve) => setTimeout(resolve, 25))
          continue
        }
        for (const { id } of lease.body.events) handled.set(id, (handled.get(id) ?? 0) + 1)
        if (Math.random() < 0.1) continue
        const upTo = lease.body.events.at(-1)?.sequence ?? 0
        const done = await call<{ code?: string }>('POST', '/consumers/ledger/acknowledge', {
          lease: lease.body.lease,
          upTo,
        })
        if (done.status === 200) acknowledged += lease.body.events.length
        else assert.equal(done.body.code, 'CONSUMER_LEASE_LOST')
      }
    }
    const readers = [follower(), reader(), reader(), reader()]
    const written = (await Promise.all(Array.from({ length: 8 }, () => write(orderId, 1250)))).flat()
    writing = false
    await Promise.all([...sequencers, ...readers])
    assert.equal(followed.length, 10_000)
    assert.deepEqual(new Set(followed.map(({ id }) => id)), new Set(written))
    for (const [index, event] of followed.entries()) {
      assert.ok(index === 0 || event.sequence > (followed[index - 1]?.sequence ?? 0), 'the order never goes back')
    }
    assert.equal(acknowledged, 10_000)
    assert.deepEqual(new Set(handled.keys()), new Set(written))
  })

  test('a reader that waits is answered as soon as something happens, and with an empty page when nothing does', async () => {
    const orderId = await newTenant()
    const began = performance.now()
    const empty = await call<{ events: Event[]; after: number }>('GET', '/events?wait=1')
    assert.deepEqual(empty.body, { events: [], after: 0 })
    assert.ok(performance.now() - began > 900, 'it did not wait')
    const waiting = Array.from({ length: 20 }, () => call<{ events: Event[] }>('GET', '/events?wait=30'))
    await new Promise((resolve) => setTimeout(resolve, 300))
    await write(orderId, 1)
    await sequenceEvents(harness.client, 10)
    // Whoever is not woken is answered at the end of his wait with what he read at its beginning: nothing.
    for (const { body } of await Promise.all(waiting)) assert.equal(body.events.length, 1)
  })

  test('a consumer is one reader at a time; an unacknowledged lease comes again, a late acknowledgement is refused', async () => {
    const orderId = await newTenant()
    await write(orderId, 5)
    await sequenceEvents(harness.client, 10)
    type Lease = { lease: string; until: string; events: Event[] }
    const first = await call<Lease>('POST', '/consumers/erp/lease?limit=3&seconds=60')
    assert.equal(first.body.events.length, 3)
    const busy = await call<{ code: string }>('POST', '/consumers/erp/lease')
    assert.deepEqual([busy.status, busy.body.code], [409, 'CONSUMER_BUSY'])
    const lapsed = { leasedUntil: new Date(Date.now() - 1) }
    await harness.client.feedConsumer.updateMany({ where: { tenantId: tenant.id, name: 'erp' }, data: lapsed })
    const again = await call<Lease>('POST', '/consumers/erp/lease?limit=3')
    assert.deepEqual(again.body.events, first.body.events)
    const upTo = first.body.events[2]?.sequence ?? 0
    const late = await call<{ code: string }>('POST', '/consumers/erp/acknowledge', { lease: first.body.lease, upTo })
    assert.deepEqual([late.status, late.body.code], [409, 'CONSUMER_LEASE_LOST'])
    const part = again.body.events[1]?.sequence ?? 0
    const beyond = await call<{ code: string }>('POST', '/consumers/erp/acknowledge', {
      lease: again.body.lease,
      upTo: upTo + 1,
    })
    assert.equal(beyond.status, 400)
    for (let twice = 0; twice < 2; twice += 1) {
      const done = await call<{ position: number }>('POST', '/consumers/erp/acknowledge', {
        lease: again.body.lease,
        upTo: part,
      })
      assert.deepEqual([done.status, done.body.position], [200, part], 'said twice, it is done once')
    }
    const rest = await call<Lease>('POST', '/consumers/erp/lease')
    assert.equal(rest.body.events.length, 3)
    const back = await call<{ position: number; leasedUntil: null }>('PUT', '/consumers/erp', { position: 0 })
    assert.deepEqual(back.body, { name: 'erp', position: 0, leasedUntil: null })
    assert.equal((await call<Lease>('POST', '/consumers/erp/lease')).body.events.length, 5)
    assert.equal((await call('DELETE', '/consumers/erp')).status, 204)
    assert.deepEqual((await call<{ consumers: [] }>('GET', '/consumers')).body.consumers, [])
  })
})

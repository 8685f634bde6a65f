// Orders are opened once, however often they are asked for: idempotency keys, crashes, and many requests at once.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { forgetExpiredKeys } from '../../src/adapters/store/index.ts'
import { contract, startApi, upload } from './harness.ts'
import { callsOf, order } from './order-calls.ts'

const harness = await startApi()
after(() => harness.close())
const tenant = await harness.tenant()
const { post, create, orders } = callsOf(harness, tenant)

test('a retry gives the first answer with its links; other content, another operation or another tenant does not', async () => {
  const body = order([await upload(harness, tenant)])
  const first = await create(body, 'order-1')
  const again = await create(body, 'order-1')
  assert.equal(first.statusCode, 201, first.body)
  assert.deepEqual(again.json(), first.json())
  assert.equal(again.headers['idempotent-replayed'], 'true')
  assert.equal(again.headers.location, first.headers.location)
  // The same members in another order are the same content.
  const turned = Object.fromEntries(Object.entries(body).reverse())
  assert.equal((await create(turned, 'order-1')).json().id, first.json().id)
  const other = await create({ ...body, title: 'Another' }, 'order-1')
  assert.deepEqual([other.statusCode, other.json().code], [422, 'IDEMPOTENCY_KEY_REUSED'])
  const elsewhere = await harness.api.inject({
    method: 'POST',
    url: '/v1/documents',
    headers: {
      ...tenant.headers,
      'idempotency-key': 'order-1',
      'content-type': 'application/pdf',
      'segl-metadata': Buffer.from(JSON.stringify(contract)).toString('base64url'),
    },
    payload: '%PDF-',
  })
  assert.deepEqual([elsewhere.statusCode, elsewhere.json().code], [422, 'IDEMPOTENCY_KEY_REUSED'])
  const stranger = await harness.tenant()
  assert.equal((await create(body, 'order-1', stranger)).statusCode, 404)
  const theirs = await create(order([await upload(harness, stranger)]), 'order-1b', stranger)
  assert.equal(theirs.statusCode, 201)
})

test('two hundred identical creates at once make one order', async () => {
  const body = order([await upload(harness, tenant)])
  const count = await orders()
  const answers = await Promise.all(Array.from({ length: 200 }, () => create(body, 'two-hundred')))
  assert.equal(await orders(), count + 1)
  const made = answers.filter(({ statusCode }) => statusCode === 201)
  assert.ok(made.length >= 1)
  assert.equal(new Set(made.map((answer) => answer.json().id)).size, 1)
  for (const answer of answers.filter(({ statusCode }) => statusCode !== 201)) {
    assert.deepEqual([answer.statusCode, answer.json().code], [409, 'IDEMPOTENCY_IN_FLIGHT'])
    assert.ok(Number(answer.headers['retry-after']) >= 1)
  }
  assert.equal((await create(body, 'two-hundred')).json().id, made[0]?.json().id)
})

test('a crash between the commit and the answer, then a retry, is one order', async () => {
  const { intake, idempotencyKeys } = harness.deps
  let crash = true
  const dying = await startApi({
    ...harness.deps,
    // The commit has happened; a process that is gone neither answers nor lets the key go.
    intake: {
      async transaction(id, work) {
        const result = await intake.transaction(id, work)
        if (crash) throw new Error('killed')
        return result
      },
    },
    idempotencyKeys: { ...idempotencyKeys, release: async () => {}, keep: async () => {} },
  })
  const body = order([await upload(harness, tenant)])
  const count = await orders()
  const send = () =>
    dying.api.inject({
      method: 'POST',
      url: '/v1/orders',
      headers: { ...tenant.headers, 'idempotency-key': 'killed' },
      payload: body,
    })
  assert.equal((await send()).statusCode, 500)
  assert.equal(await orders(), count + 1)
  crash = false
  const again = await send()
  assert.deepEqual([again.statusCode, again.headers['idempotent-replayed']], [201, 'true'])
  assert.equal(await orders(), count + 1)
  assert.equal(again.json().signers.length, 2)
  assert.ok(
    again.json().signers.every(({ url }: { url?: string }) => url),
    'with its links',
  )
  await dying.close()
})

test('fifty creates with keys of their own over one document make one order', async () => {
  const body = order([await upload(harness, tenant)])
  const answers = await Promise.all(Array.from({ length: 50 }, () => create(body)))
  const statuses = answers.map(({ statusCode }) => statusCode).sort()
  assert.deepEqual(statuses, [201, ...Array.from({ length: 49 }, () => 409)])
  assert.ok(answers.every((answer) => answer.statusCode === 201 || answer.json().code === 'DOCUMENT_IN_USE'))
})

test('a request that died is taken over after 60 seconds, not before, and its late commit is dropped', async () => {
  const body = order([await upload(harness, tenant)])
  const fingerprintOf = async (key: string) =>
    harness.client.idempotencyKey.findUniqueOrThrow({ where: { tenantId_key: { tenantId: tenant.id, key } } })
  assert.equal((await create(body, 'died-0')).statusCode, 201)
  const next = order([await upload(harness, tenant)])
  // A process that died between claiming the key and its commit leaves exactly this row.
  const probe = await create({ ...next, documents: [{ id: randomUUID() }] }, 'probe')
  assert.equal(probe.statusCode, 404)
  const { operation } = await fingerprintOf('died-0')
  const started = harness.deps.idempotencyKeys
  const now = await harness.deps.clock.now()
  const fingerprint = 'f'.repeat(64)
  const input = { tenantId: tenant.id, key: 'died', operation, fingerprint }
  const dead = await started.claim({ ...input, now })
  assert.equal(dead.outcome, 'claimed')
  const soon = await started.claim({ ...input, now: new Date(now.getTime() + 59_000) })
  assert.deepEqual(soon, { outcome: 'inFlight', retryAfter: 1 })
  const later = await started.claim({ ...input, now: new Date(now.getTime() + 60_000) })
  assert.equal(later.outcome, 'claimed')
  assert.ok(dead.outcome === 'claimed' && later.outcome === 'claimed')
  const commit = (claim: typeof dead.claim) =>
    harness.deps.intake.transaction(tenant.id, (tx) => tx.settle(claim, { status: 201, body: {} }))
  await assert.rejects(commit(dead.claim), { code: 'IDEMPOTENCY_IN_FLIGHT' })
  await commit(later.claim)
  assert.equal((await started.claim({ ...input, now: new Date(now.getTime() + 61_000) })).outcome, 'answered')
  const month = new Date(now.getTime() + 31 * 86_400_000)
  assert.equal((await started.claim({ ...input, now: month })).outcome, 'claimed')
})

test('kept answers are forgotten after 30 days', async () => {
  const now = await harness.deps.clock.now()
  const claimed = await harness.deps.idempotencyKeys.claim({
    tenantId: tenant.id,
    key: 'forgotten',
    operation: 'x',
    fingerprint: 'x',
    now,
  })
  assert.equal(claimed.outcome, 'claimed')
  const kept = () => harness.client.idempotencyKey.count({ where: { key: 'forgotten' } })
  await forgetExpiredKeys(harness.client, new Date(now.getTime() + 29 * 86_400_000))
  assert.equal(await kept(), 1)
  await forgetExpiredKeys(harness.client, new Date(now.getTime() + 31 * 86_400_000))
  assert.equal(await kept(), 0)
})

test('refusals are kept with their key, failures of ours are not', async () => {
  const missing = order([randomUUID()])
  const first = await create(missing, 'refused')
  assert.deepEqual([first.statusCode, first.json().code], [404, 'NOT_FOUND'])
  const again = await create(missing, 'refused')
  assert.equal(again.headers['idempotent-replayed'], 'true')
  assert.deepEqual(again.json(), first.json())

  let fail = true
  const { intake } = harness.deps
  const flaky = await startApi({
    ...harness.deps,
    intake: {
      transaction: (id, work) =>
        fail ? Promise.reject(new Error('the disk is on fire')) : intake.transaction(id, work),
    },
  })
  const body = order([await upload(harness, tenant)])
  const send = () =>
    flaky.api.inject({
      method: 'POST',
      url: '/v1/orders',
      headers: { ...tenant.headers, 'idempotency-key': 'flaky' },
      payload: body,
    })
  const failed = await send()
  assert.equal(failed.statusCode, 500)
  assert.ok(!failed.body.includes('fire'))
  fail = false
  assert.equal((await send()).statusCode, 201)
  await flaky.close()
})

test('an order needs an idempotency key that is one', async () => {
  const body = order([await upload(harness, tenant)])
  const without = await post('/v1/orders', body)
  assert.deepEqual([without.statusCode, without.json().code], [400, 'IDEMPOTENCY_KEY_MISSING'])
  const odd = await create(body, 'with space')
  assert.deepEqual([odd.statusCode, odd.json().code], [400, 'IDEMPOTENCY_KEY_INVALID'])
})

// Many orders in one call: each made or refused on its own, the whole repeatable, also after a death in the middle.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { contract, type Harness, startApi, synthetic, upload } from './harness.ts'

const harness = await startApi()
after(() => harness.close())
const tenant = await harness.tenant()

type Result = {
  readonly index: number
  readonly status: number
  readonly order?: { readonly id: string; readonly signers: readonly { readonly url?: string }[] }
  readonly problem?: { readonly code: string; readonly errors: readonly { readonly pointer: string }[] }
}
const order = (document: string, more: object = {}) => ({
  title: 'Oppdragsavtale 2026',
  documents: [{ id: document }],
  signers: [{ role: 'party', name: 'Kari Nordmann', person: { nationalIdentityNumber: synthetic } }],
  ...more,
})
const send = (body: unknown, key: string = randomUUID(), who = tenant) =>
  harness.api.inject({
    method: 'POST',
    url: '/v1/orders/batch',
    headers: { ...who.headers, 'content-type': 'application/json', 'idempotency-key': key },
    payload: JSON.stringify(body),
  })
const resultsOf = (answer: { json(): unknown }) => (answer.json() as { readonly results: readonly Result[] }).results
const fresh = (who = tenant) => upload(harness, who, contract)
const orders = () => harness.client.signingOrder.count({ where: { tenantId: tenant.id } })

test('what is wrong with one order refuses that one, with pointers into the whole request; the others are made', async () => {
  const [first, second] = [await fresh(), await fresh()]
  const foreign = await fresh(await harness.tenant())
  const before = await orders()
  const answer = await send({
    orders: [
      order(first),
      { ...order(second), title: 7, unknown: true },
      order(foreign),
      order(first),
      'nonsense',
      order(second),
    ],
  })
  assert.equal(answer.statusCode, 200, answer.body)
  const results = resultsOf(answer)
  assert.deepEqual(
    results.map(({ index, status, problem }) => [index, status, problem?.code ?? 'made']),
    [
      [0, 201, 'made'],
      [1, 400, 'INVALID_REQUEST'],
      [2, 404, 'NOT_FOUND'],
      [3, 409, 'DOCUMENT_IN_USE'],
      [4, 400, 'INVALID_REQUEST'],
      [5, 201, 'made'],
    ],
  )
  assert.deepEqual(results[1]?.problem?.errors.map(({ pointer }) => pointer).sort(), [
    '/orders/1/title',
    '/orders/1/unknown',
  ])
  assert.deepEqual(
    results[2]?.problem?.errors.map(({ pointer }) => pointer),
    ['/orders/2/documents/0/id'],
  )
  assert.equal(await orders(), before + 2)
  assert.ok(results[5]?.order?.signers[0]?.url?.includes('/sign/'), 'with the signing link')
  assert.ok(!answer.body.includes(synthetic))
})

test('the same key gives the same answer; other content under it is refused', async () => {
  const key = randomUUID()
  const body = { orders: [order(await fresh()), order(randomUUID())] }
  const [first, before] = [await send(body, key), await orders()]
  const again = await send(body, key)
  assert.equal(again.headers['idempotent-replayed'], 'true')
  assert.deepEqual(again.json(), first.json())
  assert.equal(await orders(), before)
  const other = await send({ orders: [order(await fresh())] }, key)
  assert.deepEqual([other.statusCode, other.json().code], [422, 'IDEMPOTENCY_KEY_REUSED'])
})

test('a call that broke off in the middle is finished by its retry: what was made is not made again', async () => {
  const key = randomUUID()
  const body = { orders: [order(await fresh()), order(await fresh()), order(await fresh())] }
  const intake = harness.deps.intake as { transaction: Harness['deps']['intake']['transaction'] }
  const real = intake.transaction
  let calls = 0
  intake.transaction = async (tenantId, work) => {
    calls += 1
    if (calls === 2) throw new Error('the connection broke')
    return real(tenantId, work)
  }
  const before = await orders()
  const first = resultsOf(await send(body, key))
  intake.transaction = real
  assert.deepEqual(
    first.map(({ status }) => status),
    [201, 500, 201],
  )
  assert.equal(await orders(), before + 2)
  const again = await send(body, key)
  assert.equal(again.headers['idempotent-replayed'], undefined)
  assert.deepEqual(
    resultsOf(again).map(({ status }) => status),
    [201, 201, 201],
  )
  assert.deepEqual(
    [resultsOf(again)[0]?.order?.id, resultsOf(again)[2]?.order?.id],
    [first[0]?.order?.id, first[2]?.order?.id],
  )
  assert.equal(await orders(), before + 3)
  const kept = await send(body, key)
  assert.equal(kept.headers['idempotent-replayed'], 'true')
  assert.deepEqual(kept.json(), again.json())
})

test('a call of nothing, of more than a hundred orders, without a key or by a reader is refused whole', async () => {
  const before = await orders()
  const many = Array.from({ length: 101 }, () => order(randomUUID()))
  for (const body of [
    { orders: [] },
    { orders: many },
    {},
    { orders: {} },
    { orders: [order(randomUUID())], more: 1 },
  ]) {
    const answer = await send(body)
    assert.deepEqual(
      [answer.statusCode, answer.json().code],
      [400, 'INVALID_REQUEST'],
      JSON.stringify(body).slice(0, 80),
    )
  }
  const keyless = await harness.api.inject({
    method: 'POST',
    url: '/v1/orders/batch',
    headers: { ...tenant.headers, 'content-type': 'application/json' },
    payload: JSON.stringify({ orders: [order(randomUUID())] }),
  })
  assert.equal(keyless.json().code, 'IDEMPOTENCY_KEY_MISSING')
  assert.equal(await orders(), before)
})

test('a hundred orders are one call', async () => {
  const answer = await send({ orders: Array.from({ length: 100 }, () => order(randomUUID())) })
  assert.equal(answer.statusCode, 200, answer.body.slice(0, 300))
  assert.deepEqual([...new Set(resultsOf(answer).map(({ status }) => status))], [404])
})

test('the test door is closed where BankID is not simulated', async () => {
  const real = await startApi({ simulated: false, testDoor: null })
  try {
    const who = await real.tenant()
    for (const path of [
      `signers/${randomUUID()}/sign`,
      `signers/${randomUUID()}/decline`,
      `signers/${randomUUID()}/fail`,
      `people/${randomUUID()}/sign-all`,
    ]) {
      const answer = await real.api.inject({ method: 'POST', url: `/v1/test/${path}`, headers: who.headers })
      assert.deepEqual([answer.statusCode, answer.json().code], [403, 'TEST_DOOR_CLOSED'], answer.body)
    }
  } finally {
    await real.close()
  }
})

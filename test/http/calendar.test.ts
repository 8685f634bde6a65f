// Dates at the ends of the calendar: taken, or refused with their place; never a fault of ours.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { base64urlJson, contract, smallPdf, startApi, upload } from './harness.ts'
import { callsOf, kari, ola, order } from './order-calls.ts'

const harness = await startApi()
after(() => harness.close())
const tenant = await harness.tenant()
const { create, get, post, send } = callsOf(harness, tenant)

const days = [
  '0000-01-01',
  '0001-01-01',
  '0099-12-31',
  '2999-12-31',
  '3000-01-01',
  '9999-12-31',
  '10000-01-01',
  '-000001-01-01',
  '+010000-01-01',
]
const times = [
  '0000-12-31T23:59:59Z',
  '0001-01-01T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  '2999-12-31T23:59:59Z',
  '2999-12-31T23:59:59-12:00',
  '9999-12-31T23:59:59.9999999Z',
  '9999-12-31T23:59:59-23:59',
  '+275760-09-13T00:00:00Z',
]

type Answer = { statusCode: number; body: string; json(): { errors?: { pointer: string }[] } }
/** Below 500; and what is refused for the date names its place. */
function settled(answer: Answer, pointer: string, what: string): void {
  assert.ok(answer.statusCode < 500, `${what}: ${answer.body}`)
  if (answer.statusCode < 400) return
  const pointers = (answer.json().errors ?? []).map((error) => error.pointer)
  assert.ok(
    pointers.some((one) => one.startsWith(pointer)),
    `${what}: ${answer.body}`,
  )
}

for (const field of ['deadline', 'activateAt'] as const) {
  test(`an order's ${field} may be any day or time, or is refused with its place`, async () => {
    const document = await upload(harness, tenant)
    for (const value of [...days, ...times]) {
      const body = order([document], { [field]: value, reminders: { afterDays: 365, everyDays: 365, maximum: 50 } })
      settled(await post('/v1/orders/check', body), `/${field}`, value)
      settled(
        await create({ ...order([await upload(harness, tenant)]), draft: true, [field]: value }),
        `/${field}`,
        value,
      )
    }
    const far = await post('/v1/orders/check', order([document], { [field]: '9999-12-31' }))
    assert.deepEqual([far.statusCode, far.json().errors[0].pointer], [400, `/${field}`])
    const usable = await post('/v1/orders/check', order([document], { [field]: '2999-12-31' }))
    assert.equal(usable.statusCode, 200, usable.body)
  })
}

test('a birth date may be any day, or is refused with its place', async () => {
  for (const birthDate of days) {
    const document = await upload(harness, tenant)
    const signers = [{ ...kari, person: { birthDate } }, ola]
    settled(await create({ ...order([document]), signers }), '/signers/0/person/birthDate', birthDate)
  }
})

const voucher = {
  kind: 'voucher',
  title: 'Bilag',
  number: '1',
  date: '2026-01-31',
  amount: '1.00',
  currency: 'NOK',
  counterparty: { name: 'Papir AS' },
  organisationNumber: '987654325',
  organisationName: 'Fjordlys Regnskap AS',
}
const accounts = {
  kind: 'annualAccounts',
  title: 'Årsregnskap',
  organisationNumber: '987654325',
  organisationName: 'Fjordlys Regnskap AS',
  fiscalYear: 2025,
}
const inMetadata: readonly (readonly [string, string, (day: string) => object])[] = [
  ["a voucher's date", '/metadata/date', (date) => ({ ...voucher, date })],
  ["a contract's date", '/metadata/date', (date) => ({ ...contract, date })],
  [
    "a fiscal year's first day",
    '/metadata/fiscalYear',
    (from) => ({ ...voucher, fiscalYear: { from, to: '2999-12-31' } }),
  ],
  [
    "a fiscal year's last day",
    '/metadata/fiscalYear',
    (to) => ({ ...voucher, fiscalYear: { from: to.replace('12-31', '01-01'), to } }),
  ],
  [
    'the fiscal year of accounts',
    '/metadata/fiscalYear',
    (to) => ({ ...accounts, fiscalYear: { from: to.replace('12-31', '01-01'), to } }),
  ],
  ['the day of signing', '/metadata/signedOn', (signedOn) => ({ ...accounts, signedOn })],
  ["the auditor's date", '/metadata/auditorsReportDate', (auditorsReportDate) => ({ ...accounts, auditorsReportDate })],
  ['the end of storage', '/metadata/retention', (until) => ({ ...voucher, retention: { until, reason: 'Byggesak' } })],
]
for (const [what, pointer, metadataOf] of inMetadata) {
  test(`${what} may be any day, or is refused with its place; every order over what was taken is answered`, async () => {
    for (const day of days) {
      const answer = await harness.api.inject({
        method: 'POST',
        url: '/v1/documents',
        headers: {
          ...tenant.headers,
          'content-type': 'application/pdf',
          'segl-metadata': base64urlJson(metadataOf(day)),
        },
        payload: smallPdf(randomUUID()),
      })
      settled(answer, pointer, day)
      if (answer.statusCode !== 201) continue
      const body = order([answer.json().id])
      for (const language of ['nb', 'en']) {
        const checked = await post('/v1/orders/check', { ...body, language })
        assert.ok(checked.statusCode < 500, `${day}: ${checked.body}`)
      }
      const made = await create({ ...body, draft: true })
      assert.equal(made.statusCode, 201, made.body)
      for (const url of [`/v1/orders/${made.json().id}`, `/v1/orders/${made.json().id}/storage`]) {
        assert.equal((await get(url)).statusCode, 200, `${day}: ${url}`)
      }
    }
  })
}

test('lists since any time, and keys until any time, are answered or refused with their place', async () => {
  const admin = await tenant.key('admin')
  for (const time of times) {
    settled(await get(`/v1/orders?changedSince=${encodeURIComponent(time)}`), '/query/changedSince', time)
    const key = await harness.api.inject({
      method: 'POST',
      url: '/v1/keys',
      headers: { ...admin, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
      payload: { name: 'x', scopes: ['reader'], expiresAt: time },
    })
    settled(key, '/expiresAt', time)
    const cursor = Buffer.from(`${time} ${randomUUID()}`).toString('base64url')
    settled(await get(`/v1/orders?cursor=${cursor}`), '/query/cursor', time)
  }
  assert.equal((await get('/v1/orders?changedSince=0001-01-01T00:00:00Z')).statusCode, 200)
})

test('in a batch, dates are read as in an order of its own', async () => {
  for (const deadline of [...days, ...times, 'tomorrow', '2026-02-30']) {
    const answer = await send('POST', '/v1/orders/batch', {
      orders: [order([await upload(harness, tenant)], { deadline })],
    })
    assert.equal(answer.statusCode, 200, answer.body)
    const [{ status, problem }] = answer.json().results
    if (status === 201) continue
    assert.equal(status, 400, answer.body)
    assert.equal(problem.errors[0].pointer, '/orders/0/deadline')
  }
})

test('storage until the last day of the calendar is storage', async () => {
  const id = await upload(harness, tenant, { ...voucher, retention: { until: '9999-12-31', reason: 'Byggesak' } })
  const made = await create({ ...order([id]), draft: true })
  assert.equal(made.json().retention.until, '9999-12-31')
})

test('a draft is changed to any day, or the change is refused with its place', async () => {
  const draft = (await send('POST', '/v1/orders', { ...order([await upload(harness, tenant)]), draft: true })).json()
  for (const deadline of [...days, ...times]) {
    const changed = await send('PATCH', `/v1/orders/${draft.id}`, { deadline })
    settled(changed, '/deadline', deadline)
  }
})

// Orders through the API: opened, read by their tenant only, cancelled, and told in a trail that adds up.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { chainFault } from '../../src/kernel/evidence/index.ts'
import { contract, startApi, synthetic, upload } from './harness.ts'
import { callsOf, order, party } from './order-calls.ts'

const harness = await startApi()
after(() => harness.close())
const tenant = await harness.tenant()
const { create, act, get, orders } = callsOf(harness, tenant)

test('an order is opened over an uploaded document, with a link per signer and its first step due', async () => {
  const document = await upload(harness, tenant, {
    ...contract,
    organisationNumber: '987654325',
    organisationName: 'Fjordlys',
  })
  const answer = await create(
    order([document], {
      reference: 'A-1',
      returnUrl: 'http://127.0.0.1:9999/done',
      deadline: '2100-01-01T00:00:00+01:00',
    }),
  )
  assert.equal(answer.statusCode, 201, answer.body)
  const created = answer.json()
  assert.equal(answer.headers.location, `/v1/orders/${created.id}`)
  assert.equal(created.state, 'received')
  assert.equal(created.simulated, true)
  assert.deepEqual(created.organisation, { number: '987654325', name: 'Fjordlys' })
  assert.equal(created.deadline, '2099-12-31T23:00:00.000Z')
  assert.deepEqual(
    created.signers.map(({ person }: { person: { matchedBy: string } }) => person.matchedBy),
    ['nationalIdentityNumber', 'name'],
  )
  for (const signer of created.signers) {
    const token = /^http:\/\/127\.0\.0\.1:8080\/sign\/([A-Za-z0-9_-]+)$/.exec(signer.url)?.[1] ?? ''
    assert.equal(harness.deps.ports.vault.signerOfLinkToken(token), signer.id)
  }
  assert.ok(!answer.body.includes(synthetic))
  assert.deepEqual((await get(`/v1/orders/${created.id}`)).json(), created)
  const tasks = await harness.client.task.findMany({ where: { orderId: created.id }, orderBy: { dueAt: 'asc' } })
  assert.deepEqual(
    tasks.map(({ step, state, dueAt }) => [step, state, dueAt > new Date('2099-12-31')]),
    [
      ['prepare', 'due', false],
      ['expire', 'due', true],
    ],
  )
})

test('the number of a signer is kept under the vault only', async () => {
  const document = await upload(harness, tenant)
  const { id } = (await create(order([document]))).json()
  const rows = JSON.stringify(
    [
      await harness.client.signer.findMany({ where: { orderId: id }, omit: { personEncrypted: true } }),
      await harness.client.auditEvent.findMany({ where: { orderId: id } }),
      await harness.client.idempotencyKey.findMany({ where: { tenantId: tenant.id } }),
    ],
    (_, value) => (typeof value === 'bigint' ? String(value) : value),
  )
  assert.ok(!rows.includes(synthetic))
  const [signer] = await harness.client.signer.findMany({ where: { orderId: id, position: 0 } })
  assert.ok(signer?.personEncrypted)
  const context = `signer:${tenant.id}:${signer.id}`
  assert.equal(harness.deps.ports.vault.decrypt(signer.personEncrypted, context), synthetic)
})

test('every mistake of a request comes in one answer, with pointers and codes', async () => {
  const body = {
    title: '',
    documents: [],
    signers: [
      { role: 'Party!', name: 'Kari', person: { nationalIdentityNumber: '15858549971' }, level: 'low' },
      { name: 'x'.repeat(201), group: 0, person: { birthDate: '2000-02-30' }, colour: 'red' },
    ],
    deadline: 'tomorrow',
    returnURL: 'x',
  }
  const answer = await create(body)
  assert.equal(answer.statusCode, 400)
  const { code, errors } = answer.json()
  assert.equal(code, 'INVALID_REQUEST')
  assert.deepEqual(errors.map((error: { pointer: string; code: string }) => `${error.pointer} ${error.code}`).sort(), [
    '/deadline INVALID_REQUEST',
    '/documents INVALID_REQUEST',
    '/returnURL INVALID_REQUEST',
    '/signers/0/level INVALID_REQUEST',
    '/signers/0/person/nationalIdentityNumber NATIONAL_IDENTITY_NUMBER_INVALID',
    '/signers/0/role INVALID_REQUEST',
    '/signers/1/colour INVALID_REQUEST',
    '/signers/1/group INVALID_REQUEST',
    '/signers/1/name INVALID_REQUEST',
    '/signers/1/person/birthDate INVALID_REQUEST',
    '/signers/1/role INVALID_REQUEST',
    '/title INVALID_REQUEST',
  ])
})

test('what only the rules of an order can refuse has a code of its own, and nothing is written', async () => {
  const document = await upload(harness, tenant)
  const voucher = await upload(harness, tenant, {
    kind: 'voucher',
    title: 'Bilag',
    number: '1',
    date: '2026-01-01',
    amount: '1.00',
    currency: 'NOK',
  })
  const count = await orders()
  const signers = (...people: object[]) => ({ signers: people.map((more, index) => party(`P${index}`, more)) })
  const number = (nationalIdentityNumber: string) => signers({ person: { nationalIdentityNumber } })
  const cases: [object, number, string, string][] = [
    [
      order([document], number('15858549971')),
      422,
      'NATIONAL_IDENTITY_NUMBER_INVALID',
      '/signers/0/person/nationalIdentityNumber',
    ],
    // Valid by its control digits and not synthetic; an example of Skatteetaten's.
    [
      order([document], number('02013299997')),
      422,
      'NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC',
      '/signers/0/person/nationalIdentityNumber',
    ],
    [order([document], signers({ group: 1 }, { group: 3 })), 422, 'SIGNERS_INVALID', '/signers'],
    [order([document], { returnUrl: 'https://evil.example/' }), 422, 'RETURN_URL_NOT_ALLOWED', '/returnUrl'],
    [order([document], { returnUrl: 'javascript:alert(1)' }), 422, 'RETURN_URL_NOT_ALLOWED', '/returnUrl'],
    [order([document, document]), 400, 'INVALID_REQUEST', '/documents/1/id'],
    [order([document, voucher]), 400, 'INVALID_REQUEST', '/documents/1/id'],
    [order([document], { documents: [{ id: document, role: 'annex' }] }), 400, 'INVALID_REQUEST', '/documents'],
    [order([document], { deadline: '2020-01-01T00:00:00Z' }), 400, 'INVALID_REQUEST', '/deadline'],
    [order([document, randomUUID()]), 404, 'NOT_FOUND', '/documents/1/id'],
  ]
  for (const [body, status, code, pointer] of cases) {
    const answer = await create(body)
    assert.deepEqual(
      [answer.statusCode, answer.json().code, answer.json().errors[0].pointer],
      [status, code, pointer],
      answer.body,
    )
  }
  assert.equal(await orders(), count)
  const annexed = { documents: [{ id: document }, { id: voucher, role: 'annex' }] }
  assert.equal((await create(order([], annexed))).statusCode, 201)
  const used = await create(order([document]))
  assert.deepEqual([used.statusCode, used.json().code], [409, 'DOCUMENT_IN_USE'])
})

test('another tenant sees nothing: neither by id, nor in lists, nor in the feed', async () => {
  const stranger = await harness.tenant()
  const document = await upload(harness, tenant)
  const { id, signers } = (await create(order([document], { reference: 'ours' }))).json()
  const reads = [
    `/v1/orders/${id}`,
    `/v1/orders/${id}/audit`,
    `/v1/documents/${document}`,
    `/v1/documents/${document}/original`,
    `/v1/documents/${document}/signed`,
    `/v1/documents/${document}/revisions/0`,
  ]
  for (const url of reads) {
    const answer = await get(url, stranger.headers)
    assert.deepEqual([url, answer.statusCode, answer.json().code], [url, 404, 'NOT_FOUND'])
  }
  for (const url of [
    `/v1/orders/${id}/cancel`,
    `/v1/orders/${id}/retry`,
    `/v1/orders/${id}/signers/${signers[0].id}/links`,
  ]) {
    assert.equal((await act(url, stranger)).statusCode, 404, url)
  }
  assert.equal((await create(order([document]), randomUUID(), stranger)).statusCode, 404)
  assert.deepEqual((await get('/v1/orders?reference=ours', stranger.headers)).json(), { orders: [], next: null })
  assert.deepEqual((await get('/v1/events', stranger.headers)).json(), { events: [], after: 0 })
  assert.equal((await get(`/v1/orders/${id}`)).json().state, 'received')
})

test('keys decide who may what: none, unknown, revoked, expired, and readers who get no links', async () => {
  const { id } = (await create(order([await upload(harness, tenant)]))).json()
  const url = `/v1/orders/${id}`
  for (const authorization of ['', 'Bearer segl_', `Bearer segl_${'x'.repeat(43)}`, 'Basic segl_xxx']) {
    const answer = await get(url, { authorization })
    assert.deepEqual([answer.statusCode, answer.json().code], [401, 'UNAUTHENTICATED'])
    assert.match(String(answer.headers['www-authenticate']), /^Bearer/)
  }
  const reader = await tenant.key('reader')
  const seen = (await get(url, reader)).json()
  assert.ok(seen.signers.every((signer: object) => !('url' in signer)))
  const forbidden = await harness.api.inject({ method: 'POST', url: `${url}/cancel`, headers: reader })
  assert.deepEqual([forbidden.statusCode, forbidden.json().code], [403, 'FORBIDDEN'])
  await harness.client.apiKey.updateMany({
    where: { tenantId: tenant.id, scopes: { has: 'reader' } },
    data: { revokedAt: new Date() },
  })
  assert.equal((await get(url, reader)).statusCode, 401)
  const auditor = await tenant.key('auditor')
  assert.equal((await get(url, auditor)).statusCode, 200)
  await harness.client.apiKey.updateMany({
    where: { tenantId: tenant.id, scopes: { has: 'auditor' } },
    data: { expiresAt: new Date(0) },
  })
  assert.equal((await get(url, auditor)).statusCode, 401)
})

test('a new link voids the earlier one, and a replay gives the one that works', async () => {
  const body = order([await upload(harness, tenant)])
  const created = (await create(body, 'links')).json()
  const [signer] = created.signers
  const link = await act(`/v1/orders/${created.id}/signers/${signer.id}/links`)
  assert.equal(link.statusCode, 201)
  assert.equal(link.json().version, 2)
  assert.notEqual(link.json().url, signer.url)
  assert.equal((await create(body, 'links')).json().signers[0].url, link.json().url)
  assert.equal((await get(`/v1/orders/${created.id}`)).json().signers[0].url, link.json().url)
  assert.equal((await act(`/v1/orders/${created.id}/signers/${randomUUID()}/links`)).statusCode, 404)
})

test('an order can be cancelled, twice as well as once, and then needs nothing more', async () => {
  const { id, signers } = (await create(order([await upload(harness, tenant)]))).json()
  assert.equal((await act(`/v1/orders/${id}/retry`)).statusCode, 200)
  for (const _ of [1, 2]) {
    const answer = await act(`/v1/orders/${id}/cancel`)
    assert.deepEqual([answer.statusCode, answer.json().state], [200, 'cancelled'], answer.body)
  }
  for (const url of [`/v1/orders/${id}/retry`, `/v1/orders/${id}/signers/${signers[0].id}/links`]) {
    const answer = await act(url)
    assert.deepEqual([answer.statusCode, answer.json().code], [409, 'STATE_CONFLICT'])
  }
  const types = (await get(`/v1/orders/${id}/audit`)).json().events.map(({ type }: { type: string }) => type)
  assert.deepEqual(types, ['order.received', 'order.retried', 'order.cancelled'])
})

test('the trail can be recomputed from what the API gives', async () => {
  const document = await upload(harness, tenant)
  const { id, signers } = (await create(order([document]))).json()
  await act(`/v1/orders/${id}/signers/${signers[0].id}/links`)
  const audit = (await get(`/v1/orders/${id}/audit`)).json()
  assert.equal(audit.events.length, 2)
  const events = audit.events.map((event: object) => ({ ...event, order: id }))
  assert.equal(chainFault(events), undefined)
  assert.equal(audit.documents[0].revisions[0].fileSha256, audit.documents[0].sha256)
  events[0].data.kind = 'voucher'
  assert.deepEqual(chainFault(events), { sequence: 1, reason: 'hash' })
})

test('lists are paged without gaps or repetitions, newest first, and filtered', async () => {
  const fresh = await harness.tenant()
  const made: string[] = []
  for (let count = 0; count < 7; count += 1) {
    const document = await upload(harness, fresh)
    made.unshift((await create(order([document], { reference: `R-${count % 2}` }), randomUUID(), fresh)).json().id)
  }
  const seen: string[] = []
  let next: string | null = ''
  while (next !== null) {
    const answer = await get(`/v1/orders?limit=3${next && `&cursor=${next}`}`, fresh.headers)
    const page = answer.json<{ orders: { id: string }[]; next: string | null }>()
    assert.ok(page.orders.length <= 3)
    seen.push(...page.orders.map(({ id }) => id))
    next = page.next
  }
  assert.deepEqual(seen, made)
  assert.equal((await get('/v1/orders?reference=R-1', fresh.headers)).json().orders.length, 3)
  assert.equal((await get('/v1/orders?state=received&kind=contract', fresh.headers)).json().orders.length, 7)
  assert.equal((await get('/v1/orders?state=open', fresh.headers)).json().orders.length, 0)
  for (const query of ['limit=0', 'limit=x', 'cursor=zzz', 'colour=red']) {
    const answer = await get(`/v1/orders?${query}`, fresh.headers)
    assert.deepEqual([query, answer.statusCode], [query, 400])
    assert.match(answer.json().errors[0].pointer, /^\/query\//)
  }
})

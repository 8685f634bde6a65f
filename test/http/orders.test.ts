// Orders through the API: opened once, read by their tenant only, cancelled, and told in a trail that adds up.
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { forgetExpiredKeys } from '../../src/adapters/store/index.ts'
import { chainFault } from '../../src/kernel/evidence/index.ts'
import { contract, type Harness, startApi, type TestTenant, upload } from './harness.ts'

let harness: Harness
let tenant: TestTenant
before(async () => {
  harness = await startApi()
  tenant = await harness.tenant()
})
after(() => harness.close())

// Synthetic (month + 80), from facts/bankid.md § 5.1.
const synthetic = '15858549970'

const party = (name: string, more: object = {}) => ({ role: 'party', name, ...more })
const order = (documents: string[], more: object = {}) => ({
  title: 'Oppdragsavtale 2026',
  documents: documents.map((id) => ({ id })),
  signers: [party('Kari Nordmann', { person: { nationalIdentityNumber: synthetic } }), party('Ola Nordmann')],
  ...more,
})
const post = (url: string, payload: unknown, headers: Record<string, string> = {}, who = tenant) =>
  harness.api.inject({
    method: 'POST',
    url,
    headers: { ...who.headers, 'content-type': 'application/json', ...headers },
    payload: JSON.stringify(payload),
  })
const create = (body: unknown, key: string = randomUUID(), who = tenant) =>
  post('/v1/orders', body, { 'idempotency-key': key }, who)
const act = (url: string, who = tenant) => harness.api.inject({ method: 'POST', url, headers: who.headers })
const get = (url: string, headers: Record<string, string> = tenant.headers) =>
  harness.api.inject({ method: 'GET', url, headers })
const orders = () => harness.client.signingOrder.count()

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
    ['nationalIdentityNumber', 'open'],
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

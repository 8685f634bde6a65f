import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { base64urlJson, contract, type Harness, smallPdf, startApi, type TestTenant } from './harness.ts'

describe('habits of the API', () => {
  let harness: Harness
  let tenant: TestTenant

  before(async () => {
    harness = await startApi()
    tenant = await harness.tenant()
  })
  after(() => harness.close())

  const get = (url: string, headers: Record<string, string> = {}) =>
    harness.api.inject({ method: 'GET', url, headers: { ...tenant.headers, ...headers } })

  test('text that no database keeps is refused with its place, never a 500', async () => {
    const send = (method: 'GET' | 'POST' | 'PATCH', url: string, payload?: object) =>
      harness.api.inject({ method, url, headers: tenant.headers, ...(payload && { payload }) })
    const query = await send('GET', '/v1/orders?state=a%00b')
    assert.deepEqual([query.statusCode, query.json().errors[0].pointer], [400, '/query/state'])
    const body = await send('POST', '/v1/webhooks', {
      url: 'http://127.0.0.1:9/x',
      description: 'a\0b',
      types: ['\ud800'],
    })
    assert.deepEqual(
      [body.statusCode, body.json().errors.map(({ pointer }: { pointer: string }) => pointer)],
      [400, ['/description', '/types/0']],
    )
    const nested = await harness.api.inject({
      method: 'POST',
      url: '/v1/webhooks',
      headers: { ...tenant.headers, 'content-type': 'application/json' },
      payload: `${'['.repeat(60_000)}${']'.repeat(60_000)}`,
    })
    assert.deepEqual([nested.statusCode, nested.json().code], [400, 'INVALID_REQUEST'])
    const long = await send('GET', `/problems/${'x'.repeat(300)}`)
    assert.deepEqual([long.statusCode, long.json().code], [404, 'NOT_FOUND'])
    const name = await harness.api.inject({
      method: 'POST',
      url: '/v1/documents',
      headers: {
        ...tenant.headers,
        'content-type': 'application/pdf',
        'segl-metadata': base64urlJson(contract),
        'content-disposition': "attachment; filename*=UTF-8''..%2Fa%00b.pdf",
      },
      payload: smallPdf('name'),
    })
    assert.deepEqual([name.statusCode, name.json().fileName], [201, 'ab.pdf'])
  })

  test('a reader who has an answer already is told 304, until it changes', async () => {
    const first = await get('/v1/webhooks')
    const tag = String(first.headers['etag'])
    assert.match(tag, /^"[\w-]{27}"$/)
    const again = await get('/v1/webhooks', { 'if-none-match': `"other", W/${tag}` })
    assert.equal(again.statusCode, 304)
    assert.equal(again.body, '')
    await harness.api.inject({
      method: 'POST',
      url: '/v1/webhooks',
      headers: tenant.headers,
      payload: { url: 'http://127.0.0.1:9/x' },
    })
    const changed = await get('/v1/webhooks', { 'if-none-match': tag })
    assert.equal(changed.statusCode, 200)
    assert.notEqual(changed.headers['etag'], tag)
  })

  test('a writer does not overwrite what he has not seen', async () => {
    const made = await harness.api.inject({
      method: 'POST',
      url: '/v1/webhooks',
      headers: tenant.headers,
      payload: { url: 'http://127.0.0.1:9/y' },
    })
    const url = `/v1/webhooks/${made.json().id}`
    const tag = String((await get(url)).headers['etag'])
    const patch = (description: string) =>
      harness.api.inject({
        method: 'PATCH',
        url,
        headers: { ...tenant.headers, 'if-match': tag },
        payload: { description },
      })
    assert.equal((await patch('one')).statusCode, 200)
    const late = await patch('two')
    assert.deepEqual([late.statusCode, late.json().code], [412, 'PRECONDITION_FAILED'])
    assert.equal((await get(url)).json().description, 'one')
  })

  test('each answer tells how much is left; who asks for more is told when to come again, and others are not held', async () => {
    const slow = await startApi({ requestsPerMinute: 3 })
    try {
      const one = await slow.tenant()
      const other = await one.key('system')
      const ask = (headers: Record<string, string>) => slow.api.inject({ method: 'GET', url: '/v1/orders', headers })
      const left: unknown[] = []
      for (let turn = 0; turn < 3; turn += 1) left.push((await ask(one.headers)).headers['ratelimit-remaining'])
      assert.deepEqual(left.map(Number), [2, 1, 0])
      const refused = await ask(one.headers)
      assert.deepEqual([refused.statusCode, refused.json().code], [429, 'RATE_LIMITED'])
      const wait = Number(refused.headers['retry-after'])
      assert.ok(wait > 0 && wait <= 60, `${wait} s`)
      assert.equal((await ask(other)).statusCode, 200)
    } finally {
      await slow.close()
    }
  })
})

describe('the list of orders', () => {
  let harness: Harness
  let tenant: TestTenant
  before(async () => {
    harness = await startApi()
    tenant = await harness.tenant()
    const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 12, minutes))
    await harness.client.signingOrder.createMany({
      data: Array.from({ length: 12 }, (_, index) => ({
        id: `019300${String(index).padStart(2, '0')}-0000-7000-8000-000000000000`,
        tenantId: tenant.id,
        kind: index % 2 === 0 ? 'contract' : 'voucher',
        title: `Nr. ${index}`,
        language: 'nb',
        state: index % 3 === 0 ? 'open' : 'completed',
        reference: `R${index % 4}`,
        organisationNumber: index % 2 === 0 ? '310000019' : '987654325',
        organisationName: 'Org',
        year: 2024 + (index % 2),
        createdAt: at(index),
        // The oldest were changed last.
        updatedAt: at(100 - index),
      })),
    })
  })
  after(() => harness.close())

  type Page = {
    orders: { id: string; state: string; title?: string; signers?: unknown[]; updatedAt?: string }[]
    next: string | null
  }
  const list = async (query: string): Promise<Page> => {
    const answer = await harness.api.inject({ method: 'GET', url: `/v1/orders?${query}`, headers: tenant.headers })
    assert.equal(answer.statusCode, 200, answer.body)
    return answer.json()
  }
  const titles = async (query: string): Promise<string[]> => {
    const seen: string[] = []
    for (let cursor = ''; ; ) {
      const page = await list(`${query}&limit=2${cursor}`)
      seen.push(...page.orders.map(({ title = '' }) => title.replace('Nr. ', '')))
      if (page.next === null) return seen
      cursor = `&cursor=${page.next}`
    }
  }

  test('is filtered by state, kind, organisation, year and reference, each with each, over any number of pages', async () => {
    assert.deepEqual(await titles('state=open'), ['9', '6', '3', '0'])
    assert.deepEqual(await titles('kind=voucher'), ['11', '9', '7', '5', '3', '1'])
    assert.deepEqual(await titles('organisation=310000019&state=open'), ['6', '0'])
    assert.deepEqual(await titles('year=2025&reference=R1'), ['9', '5', '1'])
    assert.deepEqual(await titles('reference=none'), [])
  })

  test('tells what has changed since, the oldest change first', async () => {
    assert.deepEqual(await titles('changedSince=2026-01-01T13:37:00Z'), ['3', '2', '1', '0'])
    assert.deepEqual(await titles('changedSince=2026-01-01T13:37:00Z&kind=contract'), ['2', '0'])
    assert.deepEqual(await titles('changedSince=2030-01-01T00:00:00Z'), [])
  })

  test('shows as much of each as is asked for', async () => {
    assert.deepEqual(Object.keys((await list('view=sparse&limit=1')).orders[0] ?? {}).sort(), [
      'id',
      'state',
      'updatedAt',
    ])
    assert.deepEqual((await list('view=full&limit=1')).orders[0]?.signers, [])
    assert.equal((await list('limit=1')).orders[0]?.signers, undefined)
  })
})

test('an order stored before a rule was tightened can still be read', async () => {
  const harness = await startApi()
  try {
    const tenant = await harness.tenant()
    const [id, documentId] = ['01930000-0000-7000-8000-00000000aaaa', '01930000-0000-7000-8000-00000000bbbb']
    await harness.client.signingOrder.create({
      data: { id, tenantId: tenant.id, kind: 'contract', title: 'Eldre avtale', language: 'nb', state: 'completed' },
    })
    const upload = {
      uploadSha256: '0'.repeat(64),
      uploadSize: 1n,
      pages: 1,
      preflight: {},
      fileName: 'a.pdf',
      language: 'nb',
    }
    await harness.client.document.create({
      data: { ...upload, id: documentId, tenantId: tenant.id, orderId: id, kind: 'contract', title: 'a', metadata: {} },
    })
    const answer = await harness.api.inject({ method: 'GET', url: `/v1/orders/${id}`, headers: tenant.headers })
    assert.deepEqual([answer.statusCode, answer.json().retention], [200, null], answer.body)
  } finally {
    await harness.close()
  }
})

test('a multipart body that cannot be read is refused, never a 500', async () => {
  const harness = await startApi()
  try {
    const tenant = await harness.tenant()
    const bodies: readonly (readonly [string, string])[] = [
      ['b'.repeat(300), `--${'b'.repeat(300)}\r\n`],
      ['b'.repeat(257), `--${'b'.repeat(257)}--\r\n`],
      ['b'.repeat(5000), ''],
      ['', '--\r\n'],
      ['b', '--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n'],
      ['b', `--b\r\n${'X-Header: y\r\n'.repeat(3000)}\r\nx\r\n--b--\r\n`],
      ['b', '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF'],
      ['b', '\r\n\r\n'],
    ]
    for (const [boundary, payload] of bodies) {
      const answer = await harness.api.inject({
        method: 'POST',
        url: '/v1/documents',
        headers: { ...tenant.headers, 'content-type': `multipart/form-data; boundary=${boundary}` },
        payload,
      })
      assert.ok(answer.statusCode >= 400 && answer.statusCode < 500, `${boundary.slice(0, 9)}: ${answer.body}`)
    }
  } finally {
    await harness.close()
  }
})

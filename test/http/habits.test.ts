import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Harness, startApi, type TestTenant } from './harness.ts'

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

// What the API says without a key, and to requests that are none.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { catalogue, SeglError } from '../../src/errors.ts'
import { describeApi } from '../../src/http/describe.ts'
import { type Harness, startApi } from './harness.ts'

let harness: Harness
let broken = false
before(async () => {
  harness = await startApi({
    readiness: [
      { name: 'database', check: async () => {} },
      {
        name: 'sealKey',
        check: async () => {
          if (broken) throw new SeglError('SECRET_MISSING', 'There is no seal key. Enrol one.')
        },
      },
      {
        name: 'bankid',
        check: async () => {
          if (broken) throw new Error('connect ECONNREFUSED 10.0.0.1')
        },
      },
    ],
    jwks: async () => ({ keys: [{ kty: 'EC', kid: '1' }] }),
  })
})
after(() => harness.close())

const ask = (method: 'GET' | 'POST' | 'DELETE' | 'PUT', url: string, headers: Record<string, string> = {}) =>
  harness.api.inject({ method, url, headers })

test('ready when every check passes; else 503 with which and why, but no addresses', async () => {
  assert.deepEqual((await ask('GET', '/health/live')).json(), { live: true })
  const ready = await ask('GET', '/health/ready')
  assert.deepEqual([ready.statusCode, ready.json().ready], [200, true])
  broken = true
  const not = await ask('GET', '/health/ready')
  broken = false
  assert.equal(not.statusCode, 503)
  assert.deepEqual(not.json().checks, [
    { name: 'database', ready: true },
    { name: 'sealKey', ready: false, code: 'SECRET_MISSING', detail: 'There is no seal key. Enrol one.' },
    { name: 'bankid', ready: false, code: 'UNAVAILABLE', detail: 'It failed; see the log.' },
  ])
})

test('public keys are served, and every error code has its page', async () => {
  assert.deepEqual((await ask('GET', '/.well-known/jwks.json')).json(), { keys: [{ kty: 'EC', kid: '1' }] })
  assert.equal((await ask('GET', '/problems')).json().problems.length, Object.keys(catalogue).length)
  for (const code of Object.keys(catalogue)) {
    const answer = await ask('GET', `/problems/${code.toLowerCase().replaceAll('_', '-')}`)
    assert.deepEqual([answer.statusCode, answer.json().code], [200, code])
  }
  assert.equal((await ask('GET', '/problems/constructor')).statusCode, 404)
})

test('unknown addresses are 404 and known ones with another method 405, as problem documents', async () => {
  for (const url of ['/', '/v2', '/v1/nothing', '/v1/orders/x/y/z', '/%00']) {
    const answer = await ask('GET', url)
    assert.deepEqual([url, answer.statusCode, answer.json().code], [url, 404, 'NOT_FOUND'])
    assert.equal(answer.headers['content-type'], 'application/problem+json')
  }
  const wrong = await ask('DELETE', '/v1/documents/0193a1b2-0000-7000-8000-000000000000')
  assert.deepEqual([wrong.statusCode, wrong.json().code], [405, 'METHOD_NOT_ALLOWED'])
  assert.equal(wrong.headers['allow'], 'GET, HEAD')
  assert.equal((await ask('PUT', '/v1/orders')).headers['allow'], 'POST, GET, HEAD')
})

test('bodies that cannot be read are refused with a sentence', async () => {
  const { headers } = await harness.tenant()
  const send = (payload: string, more: Record<string, string>) =>
    harness.api.inject({
      method: 'POST',
      url: '/v1/orders',
      headers: { ...headers, 'idempotency-key': 'k', ...more },
      payload,
    })
  const json = { 'content-type': 'application/json' }
  const cases: [string, Record<string, string>, number, string][] = [
    ['{', json, 400, 'INVALID_REQUEST'],
    ['', json, 400, 'INVALID_REQUEST'],
    ['[]', json, 400, 'INVALID_REQUEST'],
    ['null', json, 400, 'INVALID_REQUEST'],
    ['{"__proto__":{}}', json, 400, 'INVALID_REQUEST'],
    [`{"title":"${'x'.repeat(300_000)}"}`, json, 413, 'TOO_LARGE'],
    ['a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['%PDF-', { 'content-type': 'application/pdf' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['x', { 'content-type': 'text/plain' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  ]
  for (const [payload, more, status, code] of cases) {
    const answer = await send(payload, more)
    const { requestId, instance, type, detail } = answer.json()
    assert.deepEqual([answer.statusCode, answer.json().code], [status, code], `${payload.slice(0, 20)} ${answer.body}`)
    assert.deepEqual([requestId, instance], [answer.headers['x-request-id'], '/v1/orders'])
    assert.equal(type, `/problems/${code.toLowerCase().replaceAll('_', '-')}`)
    assert.ok(detail.length > 10)
  }
})

test('a request id of the caller is used when it is harmless', async () => {
  assert.equal(
    (await ask('GET', '/health/live', { 'x-request-id': 'erp-12345678' })).headers['x-request-id'],
    'erp-12345678',
  )
  const odd = await ask('GET', '/health/live', { 'x-request-id': 'a b\u00e6{}' })
  assert.match(String(odd.headers['x-request-id']), /^[0-9a-f-]{36}$/)
})

test('openapi.yaml is what the routes say, and a stale one is noticed', async () => {
  const yaml = await describeApi()
  for (const path of ['/v1/documents:', '/v1/orders/{id}/signers/{signer}/links:', '/health/ready:'])
    assert.ok(yaml.includes(path))
  const check = (cwd: string) =>
    execFileSync(process.execPath, [...process.execArgv, 'src/bin/openapi.ts', '--check'], { cwd, stdio: 'pipe' })
  check(new URL('../..', import.meta.url).pathname)
})

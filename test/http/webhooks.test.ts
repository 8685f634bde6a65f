// /v1/webhooks: made, listed, changed and removed; which addresses are taken, and how many.
import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { callV1, type Method, startApi, type TestTenant } from './harness.ts'

const harness = await startApi()
after(() => harness.close())

/** Nothing is sent here. */
const receiver = 'http://127.0.0.1:9'

let tenant: TestTenant
beforeEach(async () => {
  tenant = await harness.tenant()
})
const call = (method: Method, url: string, payload?: object) => callV1(harness, tenant.headers, method, url, payload)

test('a new webhook tells its secret once, is listed without it, and may be changed and removed', async () => {
  const made = await call('POST', '/webhooks', {
    url: `${receiver}/a`,
    description: 'Regnskap',
    types: ['order.completed'],
  })
  assert.equal(made.status, 201)
  assert.match(made.body.secret, /^whsec_[A-Za-z0-9+/]{43}=$/)
  const { secret: _secret, ...shown } = made.body
  assert.deepEqual((await call('GET', '/webhooks')).body.webhooks, [shown])
  const changed = await call('PATCH', `/webhooks/${made.body.id}`, { types: [], description: null })
  assert.deepEqual([changed.body.types, changed.body.description], [[], null])
  assert.equal((await call('DELETE', `/webhooks/${made.body.id}`)).status, 204)
  assert.equal((await call('GET', `/webhooks/${made.body.id}`)).status, 404)
  assert.equal((await call('DELETE', `/webhooks/${made.body.id}`)).status, 404)
})

test('addresses with user, fragment or another scheme are refused; private ones too where they are not allowed', async () => {
  for (const url of ['ftp://erp.example/x', 'https://a:b@erp.example/x', 'https://erp.example/x#y']) {
    const answer = await call('POST', '/webhooks', { url })
    assert.deepEqual(
      [answer.status, answer.body.code, answer.body.errors[0].pointer],
      [422, 'WEBHOOK_URL_NOT_ALLOWED', '/url'],
      url,
    )
  }
  const strict = await startApi({ webhookPrivateAddresses: false })
  try {
    const { headers } = await strict.tenant()
    const post = (url: string) => strict.api.inject({ method: 'POST', url: '/v1/webhooks', headers, payload: { url } })
    for (const url of [
      'http://erp.example/x',
      'https://127.0.0.1/x',
      'https://[::1]/x',
      'https://localhost/x',
      'https://intern/x',
    ]) {
      assert.equal((await post(url)).json().code, 'WEBHOOK_URL_NOT_ALLOWED', url)
    }
    assert.equal((await post('https://erp.example/x')).statusCode, 201)
  } finally {
    await strict.close()
  }
})

test('there are at most twenty per tenant, however many ask at once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 24 }, () => call('POST', '/webhooks', { url: `${receiver}/n` })),
  )
  assert.equal(answers.filter(({ status }) => status === 201).length, 20)
  assert.ok(answers.every(({ status, body }) => status === 201 || body.code === 'LIMIT_REACHED'))
})

// API keys and OAuth clients as administrators look after them, and what their holders are let in with.
import assert from 'node:assert/strict'
import { createHash, randomUUID } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { type Harness, startApi, type TestTenant } from './harness.ts'

let harness: Harness
let tenant: TestTenant
let admin: Record<string, string>
before(async () => {
  harness = await startApi()
  tenant = await harness.tenant()
  admin = await tenant.key('admin')
})
after(() => harness.close())

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
const call = (method: Method, url: string, payload?: object, headers = admin) =>
  harness.api.inject({ method, url, headers, ...(payload && { payload }) })
const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
const lets = async (key: string) => (await call('GET', '/v1/orders', undefined, bearer(key))).statusCode
const later = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString()
const newKey = async (more: object = {}) => {
  const answer = await call('POST', '/v1/keys', { name: 'ERP', scopes: ['system'], ...more })
  assert.equal(answer.statusCode, 201, answer.body)
  return answer.json<{ id: string; key: string; expiresAt: string | null }>()
}

describe('API keys', () => {
  it('are shown once, and kept as a hash', async () => {
    const answer = await call('POST', '/v1/keys', { name: 'ERP', scopes: ['system'] })
    const { id, key, prefix } = answer.json()
    assert.equal(answer.headers['cache-control'], 'no-store')
    assert.match(key, /^segl_[A-Za-z0-9_-]{43}$/)
    assert.ok(key.startsWith(prefix) && prefix.length < 12)
    assert.equal(await lets(key), 200)
    const list = await call('GET', '/v1/keys')
    assert.ok(list.json().keys.some((one: { id: string }) => one.id === id))
    assert.ok(!list.body.includes(key))
    const row = await harness.client.apiKey.findUniqueOrThrow({ where: { id } })
    assert.equal(row.hash, createHash('sha256').update(key).digest('hex'))
    assert.ok(!JSON.stringify(row).includes(key))
  })

  it('end when they expire, by the database’s clock', async () => {
    const { id, key } = await newKey({ expiresAt: later(3600) })
    assert.equal(await lets(key), 200)
    await harness.client.apiKey.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } })
    assert.equal(await lets(key), 401)
    const past = await call('POST', '/v1/keys', { name: 'ERP', scopes: ['system'], expiresAt: later(-60) })
    assert.equal(past.statusCode, 400)
    assert.equal(past.json().errors[0].pointer, '/expiresAt')
  })

  it('take turns: the old one works for the overlap and no longer, the new one lives as long as the old one was to', async () => {
    const old = await newKey({ expiresAt: later(30 * 86_400) })
    const turned = await call('POST', `/v1/keys/${old.id}/rotate`, { overlapSeconds: 60 })
    assert.equal(turned.statusCode, 201, turned.body)
    const made = turned.json()
    assert.deepEqual([await lets(old.key), await lets(made.key)], [200, 200])
    assert.deepEqual(made.scopes, ['system'])
    const life = Date.parse(made.expiresAt) - Date.parse(made.createdAt)
    assert.ok(Math.abs(life - 30 * 86_400_000) < 60_000, `${life}`)
    const row = await harness.client.apiKey.findUniqueOrThrow({ where: { id: old.id } })
    assert.equal(row.successorId, made.id)
    assert.equal(row.expiresAt?.getTime(), Date.parse(made.createdAt) + 60_000)
    const again = await call('POST', `/v1/keys/${old.id}/rotate`, {})
    assert.equal(again.statusCode, 409)
    assert.equal(again.json().state, 'rotated')
  })

  it('rotated without an overlap, end at once; a key without an end gets a successor without one', async () => {
    const old = await newKey()
    const made = (await call('POST', `/v1/keys/${old.id}/rotate`, { overlapSeconds: 0 })).json()
    assert.deepEqual([await lets(old.key), await lets(made.key)], [401, 200])
    assert.equal(made.expiresAt, null)
  })

  it('are rotated once, however many ask at the same time', async () => {
    const old = await newKey()
    const answers = await Promise.all(Array.from({ length: 8 }, () => call('POST', `/v1/keys/${old.id}/rotate`, {})))
    assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [201, ...Array(7).fill(409)])
  })

  it('are revoked at once, and again without harm; the one that is used for it is not', async () => {
    const { id, key } = await newKey()
    assert.equal((await call('DELETE', `/v1/keys/${id}`)).statusCode, 204)
    assert.equal(await lets(key), 401)
    assert.equal((await call('DELETE', `/v1/keys/${id}`)).statusCode, 204)
    assert.equal((await call('POST', `/v1/keys/${id}/rotate`, {})).json().state, 'revoked')
    const own = (await call('GET', '/v1/keys'))
      .json()
      .keys.find((one: { scopes: string[] }) => one.scopes.includes('admin'))
    assert.equal((await call('DELETE', `/v1/keys/${own.id}`)).statusCode, 409)
    assert.equal((await call('DELETE', `/v1/keys/${randomUUID()}`)).statusCode, 404)
  })

  it('are refused with wrong roles, names and times, each told by its pointer', async () => {
    const wrong = await call('POST', '/v1/keys', { name: '', scopes: ['root'], expiresAt: 'soon', more: 1 })
    assert.equal(wrong.statusCode, 400)
    const pointers = wrong.json().errors.map(({ pointer }: { pointer: string }) => pointer)
    for (const pointer of ['/name', '/scopes/0', '/expiresAt', '/more'])
      assert.ok(pointers.includes(pointer), pointers.join())
  })
})

describe('OAuth clients', () => {
  type Client = { id: string; privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey']; kid: string }

  async function newClient(scopes: string[] = ['system', 'reader'], alg = 'ES256'): Promise<Client> {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
    const kid = randomUUID()
    const jwk = { ...(await exportJWK(publicKey)), kid }
    const answer = await call('POST', '/v1/clients', { name: 'Robot', scopes, jwks: { keys: [jwk] } })
    assert.equal(answer.statusCode, 201, answer.body)
    return { id: answer.json().id, privateKey, kid }
  }

  const assertion = (client: Client, change: Record<string, unknown> = {}, alg = 'ES256', key = client.privateKey) => {
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: client.id,
      sub: client.id,
      aud: issuer,
      iat: now,
      exp: now + 60,
      jti: randomUUID(),
      ...change,
    }
    return new SignJWT(claims).setProtectedHeader({ alg, kid: client.kid }).sign(key)
  }
  const issuer = 'http://127.0.0.1:8080'
  const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
  const form = (fields: Record<string, string>) =>
    harness.api.inject({
      method: 'POST',
      url: '/oauth2/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(fields).toString(),
    })
  const token = (jwt: string, more: Record<string, string> = {}) =>
    form({ grant_type: 'client_credentials', client_assertion_type: assertionType, client_assertion: jwt, ...more })
  const refused = async (jwt: string | Promise<string>, more: Record<string, string> = {}) => {
    const answer = await token(await jwt, more)
    assert.equal(answer.statusCode, 401, answer.body)
    assert.equal(answer.json().error, 'invalid_client')
  }

  for (const alg of ['ES256', 'ES384', 'PS256', 'EdDSA']) {
    it(`get a token for minutes with their own key (${alg})`, async () => {
      const client = await newClient(['system'], alg)
      const answer = await token(await assertion(client, {}, alg))
      assert.equal(answer.statusCode, 200, answer.body)
      const { access_token, ...rest } = answer.json()
      assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 600, scope: 'system' })
      assert.equal(answer.headers['cache-control'], 'no-store')
      assert.equal(await lets(access_token), 200)
      assert.equal(await harness.client.accessToken.count({ where: { hash: access_token } }), 0)
    })
  }

  it('are told where by the metadata, whose token endpoint may be the audience too', async () => {
    const metadata = (await harness.api.inject({ url: '/.well-known/oauth-authorization-server' })).json()
    assert.equal(metadata.issuer, issuer)
    assert.deepEqual(metadata.token_endpoint_auth_methods_supported, ['private_key_jwt'])
    const client = await newClient()
    assert.equal((await token(await assertion(client, { aud: metadata.token_endpoint }))).statusCode, 200)
  })

  it('use an assertion once, however many send it at the same time', async () => {
    const jwt = await assertion(await newClient())
    const answers = await Promise.all(Array.from({ length: 8 }, () => token(jwt)))
    assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [200, ...Array(7).fill(401)])
  })

  it('are refused with an assertion for another audience, from another time, or signed by another key', async () => {
    const client = await newClient()
    const other = await newClient()
    const now = Math.floor(Date.now() / 1000)
    await refused(assertion(client, { aud: 'https://elsewhere.example' }))
    await refused(assertion(client, { aud: [issuer, 'https://elsewhere.example'] }))
    await refused(assertion(client, { aud: undefined }))
    await refused(assertion(client, { exp: now - 60 }))
    await refused(assertion(client, { exp: now + 3600 }))
    await refused(assertion(client, { iat: now - 3600, exp: now + 60 }))
    await refused(assertion(client, { exp: undefined }))
    await refused(assertion(client, { jti: undefined }))
    await refused(assertion(client, { iss: other.id }))
    await refused(assertion(client, { sub: randomUUID(), iss: randomUUID() }))
    await refused(assertion(client, {}, 'ES256', other.privateKey))
    await refused(assertion(client), { client_id: other.id })
    await refused('not.a.jwt')
    const unsigned = [{ alg: 'none' }, { sub: client.id, iss: client.id, aud: issuer, exp: now + 60, jti: 'x' }]
    await refused(`${unsigned.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`)
  })

  it('are not let in by an HMAC with their public key', async () => {
    const client = await newClient()
    const row = await harness.client.oauthClient.findUniqueOrThrow({ where: { id: client.id } })
    const secret = new TextEncoder().encode(JSON.stringify((row.jwks as { keys: JWK[] }).keys[0]))
    const now = Math.floor(Date.now() / 1000)
    const claims = { iss: client.id, sub: client.id, aud: issuer, exp: now + 60, jti: randomUUID() }
    await refused(new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: client.kid }).sign(secret))
  })

  it('may ask for fewer roles than they have, and not for more', async () => {
    const client = await newClient(['reader', 'auditor'])
    const fewer = await token(await assertion(client), { scope: 'auditor' })
    assert.equal(fewer.json().scope, 'auditor')
    const feed = await call('GET', '/v1/events', undefined, bearer(fewer.json().access_token))
    assert.equal(feed.statusCode, 403)
    const more = await token(await assertion(client), { scope: 'auditor admin' })
    assert.equal(more.statusCode, 400)
    assert.equal(more.json().error, 'invalid_scope')
  })

  it('are told what is wrong with a request in the words of OAuth', async () => {
    const wrong = async (fields: Record<string, string>) => {
      const answer = await form(fields)
      return [answer.statusCode, answer.json().error]
    }
    assert.deepEqual(await wrong({}), [400, 'invalid_request'])
    const jwt = await assertion(await newClient())
    const good = { grant_type: 'client_credentials', client_assertion_type: assertionType, client_assertion: jwt }
    assert.deepEqual(await wrong({ ...good, grant_type: 'password' }), [400, 'unsupported_grant_type'])
    assert.deepEqual(await wrong({ ...good, client_assertion_type: 'other' }), [400, 'invalid_request'])
    const twice = await harness.api.inject({
      method: 'POST',
      url: '/oauth2/token',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: `${new URLSearchParams(good)}&grant_type=client_credentials`,
    })
    assert.deepEqual([twice.statusCode, twice.json().error], [400, 'invalid_request'])
    const json = await harness.api.inject({ method: 'POST', url: '/oauth2/token', payload: good })
    assert.deepEqual([json.statusCode, json.json().error], [400, 'invalid_request'])
  })

  it('are out at once when they are revoked, their tokens with them', async () => {
    const client = await newClient()
    const { access_token } = (await token(await assertion(client))).json()
    assert.equal(await lets(access_token), 200)
    assert.equal((await call('DELETE', `/v1/clients/${client.id}`)).statusCode, 204)
    assert.equal(await lets(access_token), 401)
    await refused(assertion(client))
    const keys = { jwks: { keys: [await exportJWK((await generateKeyPair('ES256')).publicKey)] } }
    assert.equal((await call('PUT', `/v1/clients/${client.id}/keys`, keys)).statusCode, 409)
  })

  it('change their keys: the new one is good from then on, the old one no more', async () => {
    const client = await newClient()
    const { publicKey, privateKey } = await generateKeyPair('ES256')
    const jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: client.kid }] }
    assert.equal((await call('PUT', `/v1/clients/${client.id}/keys`, { jwks })).statusCode, 200)
    await refused(assertion(client))
    assert.equal((await token(await assertion(client, {}, 'ES256', privateKey))).statusCode, 200)
  })

  it('are not registered with private, weak, unfit or unreadable keys', async () => {
    const pair = await generateKeyPair('ES256', { extractable: true })
    const keys = [
      await exportJWK(pair.privateKey),
      { kty: 'oct', k: 'c2VjcmV0' },
      { kty: 'RSA', n: 'AQAB', e: 'AQAB' },
      { ...(await exportJWK(pair.publicKey)), use: 'enc' },
      { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' },
    ]
    const answer = await call('POST', '/v1/clients', { name: 'Robot', scopes: ['system'], jwks: { keys } })
    assert.equal(answer.statusCode, 422, answer.body)
    const pointers = answer.json().errors.map(({ pointer }: { pointer: string }) => pointer)
    assert.deepEqual(
      pointers,
      keys.map((_, place) => `/jwks/keys/${place}`),
    )
    assert.ok(!answer.body.includes(String(keys[0]?.['d' as never])))
  })
})

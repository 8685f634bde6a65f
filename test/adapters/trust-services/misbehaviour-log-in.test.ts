// A BankID that misbehaves at the log-in: each answer is refused by a code, and none of its secrets gets out.
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type ErrorCode, isSeglError } from '../../../src/errors.ts'
import { newRedirect, startIsland } from './island.ts'
import { changed, type Json, limitFor, misbehavingBankId } from './misbehaving.ts'
import { down, type Fault, garbage, hanging, tooLarge } from './proxy.ts'

describe('a BankID that misbehaves at the log-in', () => {
  const { island, proxy, segl, logIn } = misbehavingBankId()

  it('is talked to through the back channel, while the browser goes to the issuer', async () => {
    proxy().seen.length = 0
    const { login, remoteSigning } = await logIn()
    await remoteSigning.createCredential(login.serviceToken)
    for (const path of [
      'GET /.well-known/openid-configuration',
      'POST /csc/v2/oauth2/token',
      'GET /jwks',
      'POST /csc/v2/credentials/list',
    ])
      assert.ok(proxy().seen.includes(path), path)
    assert.ok(!proxy().seen.some((path) => path.includes('authorize') || path.includes('/login')))
  })

  const discovery = '/.well-known/openid-configuration'
  const atDiscovery: readonly (readonly [string, Fault, ErrorCode])[] = [
    ['is down', down, 'TRUST_SERVICE_UNAVAILABLE'],
    ['never answers', hanging, 'TRUST_SERVICE_UNAVAILABLE'],
    ['answers garbage', garbage('application/json'), 'TRUST_SERVICE_MALFORMED'],
    ['answers without end', tooLarge('application/json'), 'TRUST_SERVICE_MALFORMED'],
    [
      'speaks as another issuer',
      changed((json) => {
        json['issuer'] = 'https://elsewhere.example'
      }),
      'TRUST_SERVICE_MALFORMED',
    ],
  ]
  for (const [name, fault, code] of atDiscovery)
    it(`is refused with ${code} when it ${name} at first contact, and found again when it has recovered`, async () => {
      proxy().faults.set(discovery, fault)
      const { identityProvider } = segl(limitFor(fault))
      const begin = () => identityProvider.loginUrl({ ...newRedirect(), language: 'nb', level: 'high' })
      await assert.rejects(begin(), (error) => isSeglError(error, code))
      proxy().faults.clear()
      assert.ok((await begin()).startsWith(island().url))
    })

  const withClaim = (name: string, value: unknown): Fault =>
    changed((json) => {
      const [header, payload, signature] = String(json['id_token']).split('.')
      const claims: Json = JSON.parse(Buffer.from(payload ?? '', 'base64url').toString())
      claims[name] = value
      json['id_token'] = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
    })
  const atToken: readonly (readonly [string, Fault, ErrorCode])[] = [
    ['is down', down, 'TRUST_SERVICE_UNAVAILABLE'],
    ['never answers', hanging, 'TRUST_SERVICE_UNAVAILABLE'],
    ['answers garbage', garbage('application/json'), 'TRUST_SERVICE_MALFORMED'],
    ['answers without end', tooLarge('application/json'), 'TRUST_SERVICE_MALFORMED'],
    [
      'gives no ID token',
      changed((json) => {
        delete json['id_token']
      }),
      'TRUST_SERVICE_MALFORMED',
    ],
    ['gives an ID token that was altered', withClaim('name', 'Somebody Else'), 'TRUST_SERVICE_MALFORMED'],
    ['gives an ID token for another client', withClaim('aud', 'another'), 'TRUST_SERVICE_MALFORMED'],
    [
      'gives a token of another type',
      changed((json) => {
        json['token_type'] = 'mac'
      }),
      'TRUST_SERVICE_MALFORMED',
    ],
  ]
  for (const [name, fault, code] of atToken)
    it(`is refused with ${code} when it ${name} for the code`, async () => {
      await assert.rejects(
        logIn(fault, limitFor(fault)),
        (error) => isSeglError(error, code) && !String(error).includes('Somebody'),
      )
    })

  it('is refused when the key set does not hold the key that signed the ID token', async () => {
    const other = await startIsland()
    try {
      const keys = await (await fetch(`${other.url}/jwks`)).arrayBuffer()
      proxy().faults.set('/jwks', async () => ({ status: 200, type: 'application/json', body: new Uint8Array(keys) }))
      await assert.rejects(logIn(), (error) => isSeglError(error, 'TRUST_SERVICE_MALFORMED'))
    } finally {
      await other.close()
    }
  })
})

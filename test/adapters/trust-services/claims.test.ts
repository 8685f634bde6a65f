// What an ID token must say, tried with tokens that are validly signed: only the claims decide.
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { exportJWK, SignJWT } from 'jose'
import { createOAuthClient } from '../../../src/adapters/trust-services/oauth-client.ts'
import { createIdentityProvider } from '../../../src/adapters/trust-services/oidc.ts'
import { createOutsideCall } from '../../../src/adapters/trust-services/outside-call.ts'
import { type ErrorCode, isSeglError } from '../../../src/errors.ts'
import { clock, type Island, newBrowser, newRedirect, redirectUri, startIsland } from './island.ts'
import { type BackChannel, startProxy } from './proxy.ts'

type Claims = Record<string, unknown>

describe('the claims of a log-in', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  let island: Island
  let proxy: BackChannel

  before(async () => {
    island = await startIsland()
    proxy = await startProxy(island)
    const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'RS256', use: 'sig' }
    const body = Buffer.from(JSON.stringify({ keys: [jwk] }))
    proxy.faults.set('/jwks', async () => ({ status: 200, type: 'application/json', body }))
  })
  after(async () => {
    proxy.close()
    await island.close()
  })

  /** A real log-in whose ID token is signed anew, after `change`, by the key that the key set now names. */
  async function logIn(change: (claims: Claims) => void, level: 'high' | 'substantial' = 'high') {
    const call = createOutsideCall({ url: island.url, backchannelUrl: proxy.url })
    const client = createOAuthClient({ call, clientId: 'segl', redirectUri, key: island.key })
    const identityProvider = createIdentityProvider({ client, clock })
    const redirect = newRedirect()
    const url = await identityProvider.loginUrl({ ...redirect, language: 'nb', level })
    const callback = await newBrowser(island).complete(url, 'chairman')
    proxy.faults.set('/csc/v2/oauth2/token', async (body, pass) => {
      const answer = await pass(body)
      const json: Claims = JSON.parse(Buffer.from(answer.body).toString())
      const payload = String(json['id_token']).split('.')[1] ?? ''
      const claims: Claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
      change(claims)
      json['id_token'] = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'test' }).sign(privateKey)
      return { ...answer, body: Buffer.from(JSON.stringify(json)) }
    })
    return (await identityProvider.finishLogin({ ...redirect, callback })).identity
  }
  const set = (name: string, value: unknown) => (claims: Claims) => {
    claims[name] = value
  }
  const without = (name: string) => (claims: Claims) => {
    delete claims[name]
  }

  it('make an identity when they are complete', async () => {
    const identity = await logIn(() => {})
    assert.equal(identity.level, 'high')
    assert.deepEqual(identity.amr, ['bid'])
    assert.ok(identity.name.includes(identity.familyName) && identity.name.includes(identity.givenName))
  })

  it('say the level: only the known values count, with or without their LOA', async () => {
    assert.equal((await logIn(set('acr', 'urn:bankid:bid'))).level, 'high')
    assert.equal((await logIn(set('acr', 'urn:bankid:bis;LOA=3'), 'substantial')).level, 'substantial')
    assert.equal((await logIn(set('acr', 'urn:bankid:bim;LOA=4'))).level, 'high')
    assert.equal((await logIn(() => {}, 'substantial')).level, 'high')
    for (const acr of ['urn:bankid:xyz;LOA=4', 'urn:bankid:bid;LOA=2', '4', 'URN:BANKID:BID'])
      await assert.rejects(logIn(set('acr', acr)), (error) => isSeglError(error, 'LEVEL_TOO_LOW'), acr)
  })

  it('may lack the national identity number, where the client has no right to it', async () => {
    assert.equal((await logIn(without('nnin_altsub'))).nationalIdentityNumber, null)
  })

  const anHourAgo = () => Math.floor(Date.now() / 1000) - 3600
  const refused: readonly (readonly [string, (claims: Claims) => void, ErrorCode?])[] = [
    ['have no acr', without('acr')],
    ['have no name', without('name')],
    ['have a name that is no text', set('name', { given: 'Kari' })],
    ['have no bankid_altsub', without('bankid_altsub')],
    ['have a birthdate that is none', set('birthdate', '1.1.1970')],
    ['have a number that is none', set('nnin_altsub', '0181501234')],
    ['are for another client', set('aud', 'another')],
    ['are for several clients, none of them authorised', set('aud', ['segl', 'another'])],
    ['are of another issuer', set('iss', 'https://elsewhere.example')],
    ['have another nonce', set('nonce', 'another')],
    ['have no nonce', without('nonce')],
    ['have expired', (claims) => Object.assign(claims, { iat: anHourAgo() - 60, exp: anHourAgo() })],
    ['have no end', without('exp')],
  ]
  for (const [name, change, code = 'TRUST_SERVICE_MALFORMED'] of refused)
    it(`are refused with ${code} when they ${name}`, async () => {
      await assert.rejects(logIn(change), (error) => isSeglError(error, code))
    })
})

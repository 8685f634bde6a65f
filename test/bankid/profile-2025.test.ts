import assert from 'node:assert/strict'
import { createVerify, X509Certificate } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import * as jose from 'jose'
import * as client from 'openid-client'
import { needs } from '../support/outside.ts'
import { createBrowser, deviceOf, identify } from './browser.ts'
import { createBench, download } from './openssl.ts'
import { csc, hashOf, logIn, type Party, redirectUri, sha256, startParty } from './relying-party.ts'

const rsaSha256 = '1.2.840.113549.1.1.11'

let party: Party
let key: jose.CryptoKey
let offset = 0
before(async () => {
  const pair = await jose.generateKeyPair('ES256', { extractable: true })
  key = pair.privateKey
  const jwks = { keys: [{ ...(await jose.exportJWK(pair.publicKey)), alg: 'ES256', use: 'sig', kid: 'one' }] }
  const common = { redirectUris: [redirectUri], jwks, nnin: true, profile: 'bankid-2025' as const }
  party = await startParty({
    clock: () => new Date(Date.now() + offset),
    clients: [
      { ...common, clientId: 'segl', name: 'Segl', keyAlgorithm: 'RSA' },
      { ...common, clientId: 'other', name: 'Other', approval: 'app' },
    ],
  })
})
after(() => party.close())

const base = (): string => `${party.bankid.url}/bankid-2025/csc/v2`

const call = async (path: string, token: string | undefined, body: object | URLSearchParams) => {
  const answer = await fetch(`${base()}/${path}`, {
    method: 'POST',
    headers: {
      ...(body instanceof URLSearchParams ? {} : { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: body instanceof URLSearchParams ? body : JSON.stringify(body),
  })
  // biome-ignore lint/suspicious/noExplicitAny: answers of several shapes, each asserted field by field
  const json = (await answer.json()) as any
  return { status: answer.status, body: json }
}

const configurationOf = (id: string) =>
  client.discovery(new URL(party.bankid.url), id, undefined, client.PrivateKeyJwt({ key, kid: 'one' }), {
    execute: [client.allowInsecureRequests],
  })

/** One redirect; then everything from server to server. */
const session = async (id: string, role: string) => {
  const configuration = await configurationOf(id)
  const machine = await client.clientCredentialsGrant(configuration, { scope: 'esign/csc' })
  const verifier = client.randomPKCECodeVerifier()
  const query = new URLSearchParams({
    client_id: id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid profile nnin_altsub service',
    nonce: 'n-1',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  const end = await identify({
    browser: createBrowser(),
    bankid: party.bankid.url,
    address: `${base()}/oauth2/authorize?${query}`,
    role,
    stopAt: redirectUri,
  })
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    code: new URL(end).searchParams.get('code') ?? '',
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })
  return { configuration, machine: machine.access_token, form }
}

const verifies = (text: string, signature: string, certificate: string): boolean =>
  createVerify('sha256')
    .update(text)
    .verify(new X509Certificate(Buffer.from(certificate, 'base64')).publicKey, Buffer.from(signature, 'base64'))

describe("BankID's own profile of 2025", () => {
  it('signs with one redirect: list, authorize, signHash, with RSA keys', async () => {
    const { machine, form, configuration } = await session('segl', 'chairman')
    const tokens = await call('oauth2/token', machine, form)
    assert.equal(tokens.status, 200, JSON.stringify(tokens.body))
    const jwks = jose.createRemoteJWKSet(new URL(configuration.serverMetadata().jwks_uri ?? ''))
    const { payload } = await jose.jwtVerify(tokens.body.id_token, jwks, { issuer: party.bankid.url, audience: 'segl' })
    assert.equal(payload['nonce'], 'n-1')
    assert.equal(payload['nnin_altsub'], (await deviceOf(party.bankid.url, 'chairman')).number)
    assert.equal(payload['acr'], 'urn:bankid:bid;LOA=4')

    const token = tokens.body.access_token
    const list = await call('credentials/list', token, { credentialInfo: true, certificates: 'chain' })
    const [info] = list.body.credentialInfos
    assert.equal(info.auth.mode, 'explicit')
    assert.equal(info.key.len, 3072)
    assert.ok(info.key.algo.includes(rsaSha256))
    const { credentialID } = info
    const hashes = [hashOf('one'), hashOf('two')]
    const authorised = await call('credentials/authorize', token, {
      credentialID,
      numSignatures: 2,
      hashes,
      hashAlgorithmOID: sha256,
    })
    assert.equal(authorised.status, 200, JSON.stringify(authorised.body))
    assert.ok(authorised.body.expiresIn <= 300)
    const body = { credentialID, SAD: authorised.body.SAD, hashes, hashAlgorithmOID: sha256, signAlgo: rsaSha256 }
    const wrong = await call('signatures/signHash', token, { ...body, hashes: [hashes[1], hashes[0]] })
    assert.equal(wrong.body.errorDescription, 'Hash is not authorized by the SAD')
    const signed = await call('signatures/signHash', token, body)
    assert.equal(signed.status, 200, JSON.stringify(signed.body))
    assert.ok(verifies('one', signed.body.signatures[0], info.cert.certificates[0]))
    assert.ok(verifies('two', signed.body.signatures[1], info.cert.certificates[0]))
    assert.equal((await call('signatures/signHash', token, body)).status, 401)
    assert.equal(party.bankid.sweep().credentials, 0)
  })

  it('waits for the phone where that is agreed: 202 and a handle, then the SAD', async () => {
    const { machine, form } = await session('other', 'member')
    const { access_token: token } = (await call('oauth2/token', machine, form)).body
    const list = await call('credentials/list', token, { credentialInfo: true, certificates: 'single' })
    const [{ credentialID, cert }] = list.body.credentialInfos
    const ask = {
      credentialID,
      numSignatures: 1,
      hashes: [hashOf('x')],
      hashAlgorithmOID: sha256,
      description: 'Årsregnskap 2025',
    }
    const answer = async (what: string) => {
      const device = (await deviceOf(party.bankid.url, 'member')) as unknown as {
        requests: { id: string; documents: { label: string }[] }[]
      }
      assert.match(device.requests[0]?.documents[0]?.label ?? '', /Årsregnskap 2025/)
      await fetch(`${party.bankid.url}/devices/requests`, {
        method: 'POST',
        body: new URLSearchParams({ request: device.requests[0]?.id ?? '', answer: what }),
      })
    }
    const first = await call('credentials/authorize', token, ask)
    assert.equal(first.status, 202)
    assert.equal((await call('credentials/authorizeCheck', token, { handle: first.body.handle })).status, 202)
    await answer('reject')
    const rejected = await call('credentials/authorizeCheck', token, { handle: first.body.handle })
    assert.equal(rejected.body.errorCode, 'access_denied')

    const second = await call('credentials/authorize', token, ask)
    await answer('approve')
    const checked = await call('credentials/authorizeCheck', token, { handle: second.body.handle })
    assert.equal(checked.status, 200)
    const signed = await call('signatures/signHash', token, {
      credentialID,
      SAD: checked.body.SAD,
      hashes: [hashOf('x')],
      hashAlgorithmOID: sha256,
      signAlgo: '1.2.840.10045.4.3.2',
    })
    assert.ok(verifies('x', signed.body.signatures[0], cert.certificates[0]))
  })

  it('refuses a SAD that is late, made up, or of another login', async () => {
    const { machine, form } = await session('segl', 'auditor')
    const { access_token: token } = (await call('oauth2/token', machine, form)).body
    const { body: list } = await call('credentials/list', token, {})
    const [credentialID] = list.credentialIDs
    const hashes = [hashOf('x')]
    const { body: authorised } = await call('credentials/authorize', token, {
      credentialID,
      numSignatures: 1,
      hashes,
      hashAlgorithmOID: sha256,
    })
    const body = { credentialID, hashes, hashAlgorithmOID: sha256, signAlgo: rsaSha256 }
    assert.equal(
      (await call('signatures/signHash', token, { ...body, SAD: 'made-up' })).body.errorDescription,
      'SAD expired',
    )
    assert.match((await call('signatures/signHash', token, body)).body.errorDescription, /SAD/)
    const other = await session('segl', 'attestant')
    const { access_token: foreign } = (await call('oauth2/token', other.machine, other.form)).body
    assert.equal((await call('signatures/signHash', foreign, { ...body, SAD: authorised.SAD })).status, 400)
    offset += 301_000
    assert.equal(
      (await call('signatures/signHash', token, { ...body, SAD: authorised.SAD })).body.errorDescription,
      'SAD expired',
    )
  })

  it('exchanges a code once, for its own client, redirect and verifier', async () => {
    const { machine, form, configuration } = await session('segl', 'contractPartyA')
    const other = await client.clientCredentialsGrant(await configurationOf('other'), { scope: 'esign/csc' })
    assert.equal((await call('oauth2/token', other.access_token, form)).body.errorCode, 'invalid_grant')
    assert.equal((await call('oauth2/token', undefined, form)).status, 401)
    const bad = (name: string, value: string) => {
      const changed = new URLSearchParams(form)
      changed.set(name, value)
      return changed
    }
    assert.equal(
      (await call('oauth2/token', machine, bad('code_verifier', 'x'.repeat(43)))).body.errorCode,
      'invalid_grant',
    )
    assert.equal(
      (await call('oauth2/token', machine, bad('redirect_uri', 'http://127.0.0.1/'))).body.errorCode,
      'invalid_grant',
    )
    assert.equal((await call('oauth2/token', machine, bad('grant_type', 'x'))).body.errorCode, 'unsupported_grant_type')
    const first = await call('oauth2/token', machine, form)
    assert.equal(first.status, 200)
    assert.equal((await call('oauth2/token', machine, form)).body.errorCode, 'invalid_grant')
    assert.equal((await call('credentials/list', first.body.access_token, {})).status, 401)
    assert.ok(configuration)
  })

  it('answers errors in its own shape, and lists its own methods', async () => {
    const { status, body } = await call('credentials/list', undefined, {})
    assert.equal(status, 401)
    assert.deepEqual(Object.keys(body).sort(), ['errorCode', 'errorDescription', 'errorReference'])
    const info = await call('info', undefined, {})
    assert.equal(info.body.oauth2, base())
    assert.ok(!info.body.methods.includes('signatures/timestamp'))
    assert.equal((await call('signatures/timestamp', undefined, {})).status, 501)
  })
})

describe('the standard API beside it', () => {
  it('does not authorise by credentials/authorize what the second redirect authorises', async () => {
    const standard = await startParty()
    try {
      const login = await logIn(standard, 'chairman')
      const { body: list } = await csc(standard, 'credentials/list', login.access_token, {})
      const answer = await csc(standard, 'credentials/authorize', login.access_token, {
        credentialID: list.credentialIDs[0],
      })
      assert.equal(answer.status, 400)
      assert.match(answer.body.error_description, /oauth2code/)
    } finally {
      await standard.close()
    }
  })

  it('time-stamps a hash for whoever is logged in, to the satisfaction of openssl', {
    skip: needs('openssl'),
  }, async () => {
    const standard = await startParty()
    const bench = await createBench()
    try {
      const login = await logIn(standard, 'chairman')
      const ask = { hash: hashOf('data'), hashAlgo: sha256, nonce: 'ff01' }
      const answer = await csc(standard, 'signatures/timestamp', login.access_token, ask)
      await bench.write('root.pem', await download(`${standard.bankid.url}/certs/root.pem`))
      await bench.write('t.tst', Buffer.from(answer.body.timestamp, 'base64'))
      await bench.write('data', 'data')
      const judged = await bench.openssl(
        'ts',
        '-verify',
        '-data',
        'data',
        '-in',
        't.tst',
        '-token_in',
        '-CAfile',
        'root.pem',
      )
      assert.ok(judged.ok, judged.text)
      const shown = await bench.openssl('ts', '-reply', '-in', 't.tst', '-token_in', '-text', '-token_out')
      assert.match(shown.text, /Nonce: 0xFF01/)
      for (const bad of [
        { ...ask, hash: 'AAAA' },
        { ...ask, hashAlgo: '1.3.14.3.2.26' },
        { ...ask, nonce: 'zz' },
        {},
      ]) {
        assert.equal((await csc(standard, 'signatures/timestamp', login.access_token, bad)).status, 400)
      }
      assert.equal((await csc(standard, 'signatures/timestamp', undefined, ask)).status, 401)
    } finally {
      await standard.close()
      await bench.close()
    }
  })
})

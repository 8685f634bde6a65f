// The profile bankid-2025 against the simulated BankID: one redirect, then everything from server to server.
import assert from 'node:assert/strict'
import { constants, randomBytes, verify, X509Certificate } from 'node:crypto'
import { after, afterEach, before, describe, it } from 'node:test'
import { createRemoteSigning } from '../../../src/adapters/trust-services/csc.ts'
import { createOAuthClient } from '../../../src/adapters/trust-services/oauth-client.ts'
import { createIdentityProvider } from '../../../src/adapters/trust-services/oidc.ts'
import { createOutsideCall } from '../../../src/adapters/trust-services/outside-call.ts'
import { isSeglError } from '../../../src/errors.ts'
import { requireOwnCertificate } from '../../../src/flow/person.ts'
import { parseCertificate } from '../../../src/kernel/x509/index.ts'
import {
  clock,
  codeFlowOf,
  type Island,
  loggedIn,
  newBrowser,
  newRedirect,
  redirectUri,
  startIsland,
} from './island.ts'
import { csc, identified, isValid, profile } from './profile-2025.ts'
import { type BackChannel, down, type Fault, startProxy } from './proxy.ts'

for (const [keyAlgorithm, signAlgorithm] of [
  ['EC', '1.2.840.10045.4.3.2'],
  ['RSA', '1.2.840.113549.1.1.11'],
] as const)
  describe(`a ceremony at BankID as it is since 2025, with ${keyAlgorithm} keys`, () => {
    let island: Island
    before(async () => {
      island = await startIsland({ client: { profile, keyAlgorithm } })
    })
    after(() => island.close())

    it('needs one redirect, and gives one valid signature for each hash', async () => {
      const documents = [randomBytes(100), randomBytes(200)]
      const { login, credential, hashes, url, input } = await identified(island, 'chairman', documents)
      assert.equal(login.identity.level, 'high')
      assert.match(login.identity.nationalIdentityNumber ?? '', /^\d{2}[89]\d{8}$/)
      requireOwnCertificate(parseCertificate(credential.certificates[0] ?? new Uint8Array()), login.identity)
      assert.equal(credential.signAlgorithm, signAlgorithm)
      // No second walk: the "approval" is our own callback.
      assert.equal(url, `${redirectUri}?state=${input.state}`)
      const approval = await island.remoteSigning.finishApproval(input)
      assert.equal(approval.token, login.serviceToken)
      const signatures = await island.remoteSigning.signHashes({ ...approval, credential, hashes })
      assert.equal(signatures.length, 2)
      for (const [index, document] of documents.entries())
        assert.ok(isValid(document, credential.certificates[0], signatures[index]))
    })

    it('refuses a SAD that is spent, hashes in another order, and a hash that was not approved', async () => {
      const { credential, hashes, input } = await identified(island, 'member', [randomBytes(9), randomBytes(9)])
      const approval = await island.remoteSigning.finishApproval(input)
      const sign = (what: readonly Uint8Array[]) =>
        island.remoteSigning.signHashes({ ...approval, credential, hashes: what })
      const refused = (error: unknown) =>
        isSeglError(error, 'TRUST_SERVICE_REFUSED') && !String(error).includes(approval.sad ?? '?')
      await assert.rejects(sign([...hashes].reverse()), refused)
      await assert.rejects(sign([hashes[0] ?? new Uint8Array(), randomBytes(32)]), refused)
      await sign(hashes)
      await assert.rejects(sign(hashes), refused)
    })
  })

describe('BankID as it is since 2025', () => {
  let island: Island
  let proxy: BackChannel
  before(async () => {
    island = await startIsland({ client: { profile } })
    proxy = await startProxy(island)
  })
  afterEach(() => proxy.faults.clear())
  after(async () => {
    proxy.close()
    await island.close()
  })

  /** Segl's side anew, all its own calls through the back channel. */
  function segl() {
    const call = createOutsideCall({ url: island.url, backchannelUrl: proxy.url, timeoutMs: 60_000 })
    const client = createOAuthClient({
      ...{ call, clientId: 'segl', redirectUri, key: island.key },
      ...codeFlowOf(island.url, profile),
    })
    const identityProvider = createIdentityProvider({ client, clock })
    return { ...island, call, client, identityProvider, remoteSigning: createRemoteSigning({ call, client, profile }) }
  }

  it('knows us at its token endpoint by a token of the issuer, with scope esign/csc', async () => {
    proxy.seen.length = 0
    let form = ''
    proxy.faults.set('/csc/v2/oauth2/token', async (body, pass) => {
      form = body.toString()
      return pass(body)
    })
    const { login } = await loggedIn(segl(), 'chairman')
    assert.ok(login.serviceToken)
    assert.equal(new URLSearchParams(form).get('grant_type'), 'client_credentials')
    assert.equal(new URLSearchParams(form).get('scope'), 'esign/csc')
    assert.ok(proxy.seen.includes(`POST ${csc}/oauth2/token`))
  })

  it('says that it is not reachable, or refuses us as a client, at either token endpoint', async () => {
    const refusal: Fault = async () => ({
      status: 401,
      type: 'application/json',
      body: Buffer.from('{"error":"invalid_client"}'),
    })
    for (const path of ['/csc/v2/oauth2/token', `${csc}/oauth2/token`]) {
      proxy.faults.set(path, down)
      await assert.rejects(loggedIn(segl(), 'chairman'), (error) => isSeglError(error, 'TRUST_SERVICE_UNAVAILABLE'))
      proxy.faults.set(path, refusal)
      await assert.rejects(loggedIn(segl(), 'chairman'), (error) => isSeglError(error, 'TRUST_SERVICE_REFUSED'))
      proxy.faults.clear()
    }
  })

  it('answers errors in a shape of its own, of which the code and the reference are kept', async () => {
    const redirect = newRedirect()
    const url = await island.identityProvider.loginUrl({ ...redirect, language: 'nb', level: 'high' })
    const callback = await newBrowser(island).complete(url, 'chairman')
    const finish = () => island.identityProvider.finishLogin({ ...redirect, callback })
    await finish()
    const reference = /reference [0-9a-f-]{36}/
    await assert.rejects(
      finish(),
      (error) =>
        isSeglError(error, 'TRUST_SERVICE_REFUSED') &&
        /invalid_grant/.test(error.detail) &&
        reference.test(error.detail) &&
        !error.detail.includes(callback.get('code') ?? '?'),
    )
    await assert.rejects(
      island.remoteSigning.createCredential('not-a-token'),
      (error) =>
        isSeglError(error, 'TRUST_SERVICE_REFUSED') &&
        /invalid_token/.test(error.detail) &&
        reference.test(error.detail) &&
        !error.detail.includes('not-a-token'),
    )
  })

  it('checks the ID token as the standard does: another nonce is refused', async () => {
    const redirect = newRedirect()
    const url = await island.identityProvider.loginUrl({ ...redirect, language: 'nb', level: 'high' })
    const callback = await newBrowser(island).complete(url, 'chairman')
    await assert.rejects(
      island.identityProvider.finishLogin({ ...redirect, nonce: newRedirect().nonce, callback }),
      (error) => isSeglError(error, 'TRUST_SERVICE_MALFORMED'),
    )
  })

  it('is not asked for an approval by somebody else who sends a browser to our callback', async () => {
    const { input } = await identified(island, 'chairman', [randomBytes(9)])
    await assert.rejects(
      island.remoteSigning.finishApproval({ ...input, callback: new URLSearchParams({ state: 'another' }) }),
      (error) => isSeglError(error, 'SESSION_INVALID'),
    )
  })

  it('is refused when a profile meets the credential of the other one', async () => {
    const { login } = await loggedIn(island, 'chairman')
    const call = createOutsideCall({ url: island.url })
    const wrong = createRemoteSigning({ call, client: island.client, cscUrl: `${island.url}${csc}` })
    await assert.rejects(
      wrong.createCredential(login.serviceToken),
      (error) => isSeglError(error, 'TRUST_SERVICE_REFUSED') && /BANKID_PROFILE/.test(error.detail),
    )
  })

  const order = async (kind: string) => {
    const ordered = await fetch(`${island.url}/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ kind, times: 1 }),
    })
    assert.equal(ordered.status, 201)
  }

  it('makes a certificate with the national identity number only to see it refused before anything is approved', async () => {
    await order('number-in-certificate')
    const { login } = await loggedIn(island, 'auditor')
    const number = login.identity.nationalIdentityNumber ?? '?'
    await assert.rejects(
      island.remoteSigning.createCredential(login.serviceToken),
      (error) => isSeglError(error, 'CERTIFICATE_INVALID') && !String(error).includes(number),
    )
  })

  it('makes a certificate for somebody else than who logged in, and is found out by bankid_altsub', async () => {
    await order('wrong-person-certificate')
    const { login } = await loggedIn(island, 'auditor')
    const { certificates } = await island.remoteSigning.createCredential(login.serviceToken)
    const certificate = parseCertificate(certificates[0] ?? new Uint8Array())
    assert.throws(
      () => requireOwnCertificate(certificate, login.identity),
      (error) => isSeglError(error, 'CERTIFICATE_INVALID') && !String(error).includes(login.identity.name),
    )
  })

  it('tells that it offers what the profile needs', async () => {
    assert.ok((await island.remoteSigning.info()).methods.includes('credentials/authorize'))
  })

  it('may offer the bare RSA key alone, which then is named with its digest', async () => {
    const rsa = await startIsland({ client: { profile, keyAlgorithm: 'RSA' } })
    const channel = await startProxy(rsa)
    try {
      let asked: Record<string, unknown> = {}
      channel.faults.set(`${csc}/credentials/list`, async (body, pass) => {
        const answer = await pass(body)
        const json = JSON.parse(Buffer.from(answer.body).toString())
        json.credentialInfos[0].key.algo = ['1.2.840.113549.1.1.1']
        return { ...answer, body: Buffer.from(JSON.stringify(json)) }
      })
      channel.faults.set(`${csc}/signatures/signHash`, async (body, pass) => {
        asked = JSON.parse(body.toString())
        return pass(body)
      })
      const call = createOutsideCall({ url: rsa.url, backchannelUrl: channel.url })
      const remoteSigning = createRemoteSigning({ call, client: rsa.client, profile })
      const document = randomBytes(30)
      const { credential, input, hashes } = await identified({ ...rsa, remoteSigning }, 'chairman', [document])
      const approval = await remoteSigning.finishApproval(input)
      const [signature] = await remoteSigning.signHashes({ ...approval, credential, hashes })
      assert.equal(asked['signAlgo'], '1.2.840.113549.1.1.1')
      assert.equal(asked['hashAlgorithmOID'], '2.16.840.1.101.3.4.2.1')
      const key = new X509Certificate(credential.certificates[0] ?? '').publicKey
      assert.ok(verify('sha256', document, { key, padding: constants.RSA_PKCS1_PADDING }, signature ?? Buffer.alloc(0)))
    } finally {
      channel.close()
      await rsa.close()
    }
  })
})

describe('the certificate of a credential', () => {
  it('must name the person who logged in, by bankid_altsub', async () => {
    const island = await startIsland()
    try {
      const { login } = await loggedIn(island, 'chairman')
      const { certificates } = await island.remoteSigning.createCredential(login.serviceToken)
      const certificate = parseCertificate(certificates[0] ?? new Uint8Array())
      requireOwnCertificate(certificate, login.identity)
      for (const bankidAltsub of ['9578-6000-4-101002', '', 'x'])
        assert.throws(
          () => requireOwnCertificate(certificate, { ...login.identity, bankidAltsub }),
          (error) => isSeglError(error, 'CERTIFICATE_INVALID') && !String(error).includes(login.identity.name),
        )
    } finally {
      await island.close()
    }
  })
})

// The whole ceremony against the real simulated BankID: log in, get a credential, approve hashes, sign; and every way to fail.
import assert from 'node:assert/strict'
import { createHash, randomBytes, verify, X509Certificate } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { createOAuthClient } from '../../../src/adapters/trust-services/oauth-client.ts'
import { createIdentityProvider } from '../../../src/adapters/trust-services/oidc.ts'
import { isSeglError } from '../../../src/errors.ts'
import { clock, type Island, loggedIn, newBrowser, newRedirect, redirectUri, startIsland } from './island.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

/** Logs in, makes the credential and lets the person approve the hashes of `documents`. */
async function approved(island: Island, role: string, documents: readonly Uint8Array[]) {
  const { browser, login } = await loggedIn(island, role)
  const credential = await island.remoteSigning.createCredential(login.serviceToken)
  const redirect = newRedirect()
  const hashes = documents.map((document, index) => ({ hash: sha256(document), label: `Årsregnskap ${index + 1}` }))
  const url = await island.remoteSigning.approvalUrl({ ...redirect, credential, hashes, language: 'nb' })
  const callback = await browser.complete(url, role)
  const { token } = await island.remoteSigning.finishApproval({
    ...redirect,
    ...{ callback, serviceToken: login.serviceToken, credential, hashes },
  })
  return { login, credential, url, token, hashes: hashes.map(({ hash }) => hash) }
}

describe('a ceremony at the simulated BankID', () => {
  let island: Island
  before(async () => {
    island = await startIsland()
  })
  after(() => island.close())

  it('gives identity, credential and one valid signature for each approved hash', async () => {
    const documents = [randomBytes(100), randomBytes(200)]
    const { login, credential, token, hashes, url } = await approved(island, 'chairman', documents)
    assert.equal(login.identity.level, 'high')
    assert.equal(login.identity.acr, 'urn:bankid:bid;LOA=4')
    assert.match(login.identity.birthDate, /^\d{4}-\d{2}-\d{2}$/)
    assert.match(login.identity.nationalIdentityNumber ?? '', /^\d{2}[89]\d{8}$|^\d{2}9[0-2]\d{7}$/)
    assert.ok(Math.abs(login.identity.authenticatedAt.getTime() - Date.now()) < 60_000)
    assert.ok(login.expiresAt.getTime() > Date.now())
    assert.equal(credential.signAlgorithm, '1.2.840.10045.4.3.2')
    assert.equal(credential.certificates.length, 3)
    assert.ok(Buffer.from(credential.certificates[2] ?? []).equals(Buffer.from(island.root.certificate)))
    // The titles of documents go to BankID by our own call, not through the browser's address bar.
    assert.ok(!decodeURIComponent(url).includes('rsregnskap'), 'no label in the URL')

    const signatures = await island.remoteSigning.signHashes({ credential, token, hashes })
    const { publicKey } = new X509Certificate(credential.certificates[0] ?? new Uint8Array())
    assert.equal(signatures.length, 2)
    for (const [index, signature] of signatures.entries())
      assert.ok(
        verify('sha256', documents[index] ?? Buffer.alloc(0), { key: publicKey, dsaEncoding: 'der' }, signature),
      )
  })

  it('refuses a token that has been spent', async () => {
    const { credential, token, hashes } = await approved(island, 'member', [randomBytes(10)])
    await island.remoteSigning.signHashes({ credential, token, hashes })
    await assert.rejects(
      island.remoteSigning.signHashes({ credential, token, hashes }),
      (error) => isSeglError(error, 'TRUST_SERVICE_REFUSED') && !String(error).includes(token),
    )
  })

  it('refuses a hash that was not approved', async () => {
    const { credential, token } = await approved(island, 'member', [randomBytes(10)])
    const hashes = [randomBytes(32)]
    await assert.rejects(island.remoteSigning.signHashes({ credential, token, hashes }), (error) =>
      isSeglError(error, 'TRUST_SERVICE_REFUSED'),
    )
  })

  it('says CEREMONY_CANCELLED when the person cancels the log-in or the approval', async () => {
    const redirect = newRedirect()
    const url = await island.identityProvider.loginUrl({ ...redirect, language: 'en', level: 'high' })
    const callback = await newBrowser(island).complete(url, 'chairman', { cancel: true })
    await assert.rejects(island.identityProvider.finishLogin({ ...redirect, callback }), (error) =>
      isSeglError(error, 'CEREMONY_CANCELLED'),
    )
    const { browser, login } = await loggedIn(island, 'chairman')
    const credential = await island.remoteSigning.createCredential(login.serviceToken)
    const second = newRedirect()
    const hashes = [{ hash: randomBytes(32), label: 'Avtale' }]
    const approval = await island.remoteSigning.approvalUrl({ ...second, credential, hashes, language: 'nn' })
    const cancelled = await browser.complete(approval, 'chairman', { cancel: true })
    const { serviceToken } = login
    await assert.rejects(
      island.remoteSigning.finishApproval({ ...second, callback: cancelled, serviceToken, credential, hashes }),
      (error) => isSeglError(error, 'CEREMONY_CANCELLED'),
    )
  })

  it('says SESSION_INVALID for the state of another ceremony, also when that claims to be cancelled', async () => {
    const redirect = newRedirect()
    const url = await island.identityProvider.loginUrl({ ...redirect, language: 'nb', level: 'high' })
    const callback = await newBrowser(island).complete(url, 'generalManager')
    const { identityProvider } = island
    for (const other of [
      new URLSearchParams({ error: 'access_denied', state: newRedirect().state }),
      new URLSearchParams({ error: 'access_denied' }),
      new URLSearchParams({ code: callback.get('code') ?? '', iss: island.url, state: newRedirect().state }),
    ])
      await assert.rejects(identityProvider.finishLogin({ ...redirect, callback: other }), (error) =>
        isSeglError(error, 'SESSION_INVALID'),
      )
    // Nothing of that has used up the real callback.
    assert.equal((await identityProvider.finishLogin({ ...redirect, callback })).identity.level, 'high')
  })

  it('refuses an ID token with another nonce than the one asked for', async () => {
    const redirect = newRedirect()
    const url = await island.identityProvider.loginUrl({ ...redirect, language: 'nb', level: 'high' })
    const callback = await newBrowser(island).complete(url, 'chairman')
    await assert.rejects(
      island.identityProvider.finishLogin({ ...redirect, nonce: newRedirect().nonce, callback }),
      (error) => isSeglError(error, 'TRUST_SERVICE_MALFORMED'),
    )
  })

  it('refuses a code twice, with another PKCE verifier, and from another issuer', async () => {
    const attempt = async () => {
      const redirect = newRedirect()
      const url = await island.identityProvider.loginUrl({ ...redirect, language: 'nb', level: 'high' })
      return { redirect, callback: await newBrowser(island).complete(url, 'chairman') }
    }
    const first = await attempt()
    await island.identityProvider.finishLogin({ ...first.redirect, callback: first.callback })
    await assert.rejects(
      island.identityProvider.finishLogin({ ...first.redirect, callback: first.callback }),
      (error) =>
        isSeglError(error, 'TRUST_SERVICE_REFUSED') && !String(error).includes(first.callback.get('code') ?? '?'),
    )
    const second = await attempt()
    const codeVerifier = newRedirect().codeVerifier
    await assert.rejects(
      island.identityProvider.finishLogin({ ...second.redirect, codeVerifier, callback: second.callback }),
      (error) => isSeglError(error, 'TRUST_SERVICE_REFUSED'),
    )
    const third = await attempt()
    third.callback.set('iss', 'https://elsewhere.example')
    await assert.rejects(
      island.identityProvider.finishLogin({ ...third.redirect, callback: third.callback }),
      (error) => isSeglError(error, 'TRUST_SERVICE_MALFORMED'),
    )
  })

  it('is refused as a client when the key is not the registered one', async () => {
    const other = await startIsland()
    try {
      const client = createOAuthClient({ call: island.call, clientId: 'segl', redirectUri, key: other.key })
      const identityProvider = createIdentityProvider({ client, clock })
      const redirect = newRedirect()
      const url = await identityProvider.loginUrl({ ...redirect, language: 'nb', level: 'high' })
      const callback = await newBrowser(island).complete(url, 'chairman')
      await assert.rejects(identityProvider.finishLogin({ ...redirect, callback }), (error) =>
        isSeglError(error, 'TRUST_SERVICE_REFUSED'),
      )
    } finally {
      await other.close()
    }
  })

  it('gives no credential for a token that is none', async () => {
    await assert.rejects(
      island.remoteSigning.createCredential('not-a-token'),
      (error) => isSeglError(error, 'TRUST_SERVICE_REFUSED') && !String(error).includes('not-a-token'),
    )
  })

  it('tells what the signing service offers', async () => {
    const { specs, name } = await island.remoteSigning.info()
    assert.match(specs, /^2\./)
    assert.match(name, /TEST/)
  })
})

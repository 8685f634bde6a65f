// What the island refuses to a relying party: signatures that were not approved, and calls of the CSC API that are not its due.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type * as client from 'openid-client'
import { createBrowser, deviceOf, hiddenIn, stepOf } from './browser.ts'
import {
  approve,
  authorizationUrl,
  credentialOf,
  csc,
  detailsFor,
  ecdsaSha256,
  hashOf,
  logIn,
  type Party,
  redirectOnce,
  signBody,
  startParty,
} from './relying-party.ts'

let party: Party
let offset = 0
before(async () => {
  party = await startParty({ clock: () => new Date(Date.now() + offset) })
})
after(() => party.close())

/** A person who has approved the hashes, and the tokens that came of it. */
const approved = async (role: string, hashes: string[]) => {
  const browser = createBrowser()
  const login = await logIn(party, role, browser)
  const { credentialID } = await credentialOf(party, login.access_token)
  const approval = await approve(party, role, browser, credentialID, hashes)
  return { browser, login, credentialID, token: approval.access_token }
}

const refused = async (token: string | undefined, body: object, status: number, error: string, description: RegExp) => {
  const answer = await csc(party, 'signatures/signHash', token, body)
  assert.equal(answer.status, status, JSON.stringify(answer.body))
  assert.equal(answer.body.error, error)
  assert.match(answer.body.error_description, description)
}

describe('signHash signs what was approved and nothing else', () => {
  const [one, two, three] = [hashOf('one'), hashOf('two'), hashOf('three')]

  it('refuses other hashes, another order, fewer, more, another key, another algorithm; and still signs the approved', async () => {
    const { credentialID, token } = await approved('chairman', [one, two])
    const body = signBody(credentialID, [one, two])
    await refused(token, { ...body, hashes: [one, three] }, 400, 'invalid_request', /not authorized by the SAD/)
    await refused(token, { ...body, hashes: [two, one] }, 400, 'invalid_request', /not authorized by the SAD/)
    await refused(token, { ...body, hashes: [one] }, 400, 'invalid_request', /not authorized by the SAD/)
    await refused(
      token,
      { ...body, hashes: [one, two, three] },
      400,
      'invalid_request',
      /Numbers of signatures is too high/,
    )
    await refused(token, { ...body, hashes: ['AAAA'] }, 400, 'invalid_request', /Invalid digest value length/)
    await refused(token, { ...body, hashes: 'x' }, 400, 'invalid_request', /hashes/)
    await refused(token, { ...body, credentialID: 'other' }, 400, 'invalid_request', /credentialID/)
    await refused(token, { ...body, signAlgo: '1.2.840.113549.1.1.11' }, 400, 'invalid_request', /signAlgo/)
    await refused(
      token,
      { ...body, hashAlgorithmOID: '2.16.840.1.101.3.4.2.2' },
      400,
      'invalid_request',
      /hashAlgorithmOID/,
    )
    await refused(token, { ...body, SAD: 'other' }, 400, 'invalid_request', /SAD/)
    assert.equal((await csc(party, 'signatures/signHash', token, body)).status, 200)
  })

  it('refuses the same approval twice', async () => {
    const { credentialID, token } = await approved('member', [one])
    const body = signBody(credentialID, [one])
    const answers = await Promise.all([1, 2, 3].map(() => csc(party, 'signatures/signHash', token, body)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401, 401])
    await refused(token, body, 401, 'invalid_token', /spent/)
  })

  it('refuses an approval after five minutes', async () => {
    const { credentialID, token } = await approved('auditor', [one])
    offset += 301_000
    await refused(token, signBody(credentialID, [one]), 401, 'invalid_token', /expired/)
  })

  it('refuses without a token, with a made-up one and with the token of the login', async () => {
    const { credentialID, login } = await approved('attestant', [one])
    const body = signBody(credentialID, [one])
    await refused(undefined, body, 401, 'invalid_token', /required/)
    await refused('made-up', body, 401, 'invalid_token', /unknown/)
    await refused(login.access_token, body, 403, 'insufficient_scope', /does not authorise/)
  })

  it("does not let another client ask for approval with this client's credential", async () => {
    const browser = createBrowser()
    const login = await logIn(party, 'approver', browser)
    const { credentialID } = await credentialOf(party, login.access_token)
    await assert.rejects(
      redirectOnce({
        party,
        role: 'approver',
        browser,
        configuration: party.other,
        parameters: { authorization_details: detailsFor(credentialID, [one]) },
      }),
      (error: client.AuthorizationResponseError) => error.error === 'invalid_authorization_details',
    )
  })

  it('does not let another person approve', async () => {
    const login = await logIn(party, 'contractPartyA', createBrowser())
    const { credentialID } = await credentialOf(party, login.access_token)
    const browser = createBrowser()
    const address = await authorizationUrl(party, { authorization_details: detailsFor(credentialID, [one]) })
    let page = await browser.open(address)
    const stranger = await deviceOf(party.bankid.url, 'stranger')
    page = await browser.post(page.url, { ...hiddenIn(page), step: 'number', number: stranger.number })
    assert.equal(stepOf(page), 'number')
    assert.match(page.html, /tilhører en annen person/)
  })
})

describe('the CSC API', () => {
  it('describes itself without a token', async () => {
    const { status, body } = await csc(party, 'info', undefined, {})
    assert.equal(status, 200)
    assert.equal(body.specs, '2.0.0.2')
    assert.deepEqual(body.authType, ['oauth2code'])
    assert.equal(`${body.oauth2}/oauth2/authorize`, party.configuration.serverMetadata().authorization_endpoint)
    assert.equal(`${body.oauth2}/oauth2/token`, party.configuration.serverMetadata().token_endpoint)
  })

  it('asks for a token where the standard does', async () => {
    const answer = await csc(party, 'credentials/list', undefined, {})
    assert.equal(answer.status, 401)
    assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer/)
  })

  it('honours certificates, certInfo, authInfo and credentialInfo, and makes one credential for one login', async () => {
    const login = await logIn(party, 'contractPartyB')
    const plain = await csc(party, 'credentials/list', login.access_token, {})
    assert.deepEqual(Object.keys(plain.body), ['credentialIDs'])
    const [credentialID] = plain.body.credentialIDs
    const full = await csc(party, 'credentials/info', login.access_token, {
      credentialID,
      certificates: 'chain',
      certInfo: true,
      authInfo: true,
    })
    assert.equal(full.body.cert.certificates.length, 3)
    assert.match(full.body.cert.validTo, /^\d{14}Z$/)
    assert.match(full.body.cert.serialNumber, /^[0-9A-F]+$/)
    assert.match(full.body.cert.subjectDN, /CN=Sverre Lie-Haugen/)
    assert.deepEqual(full.body.key.algo.includes(ecdsaSha256), true)
    assert.equal(full.body.SCAL, '2')
    const none = await csc(party, 'credentials/info', login.access_token, { credentialID, certificates: 'none' })
    assert.equal(none.body.cert.certificates, undefined)
    const single = await csc(party, 'credentials/info', login.access_token, { credentialID })
    assert.equal(single.body.cert.certificates.length, 1)
    assert.equal(single.body.cert.issuerDN, undefined)
    const bad = await csc(party, 'credentials/info', login.access_token, { credentialID, certificates: 'all' })
    assert.equal(bad.status, 400)
    assert.equal(bad.body.error, 'invalid_request')
  })

  it("does not show a credential to another person's login", async () => {
    const one = await logIn(party, 'contractPartyA')
    const { credentialID } = await credentialOf(party, one.access_token)
    const two = await logIn(party, 'contractPartyB')
    const answer = await csc(party, 'credentials/info', two.access_token, { credentialID })
    assert.equal(answer.status, 400)
  })

  it('answers 501 for what it does not do, and invalid_request for what is not JSON', async () => {
    assert.equal((await csc(party, 'signatures/signDoc', undefined, {})).status, 501)
    const answer = await fetch(`${party.bankid.url}/csc/v2/info`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    })
    assert.equal(answer.status, 400)
    assert.equal(((await answer.json()) as { error: string }).error, 'invalid_request')
  })
})

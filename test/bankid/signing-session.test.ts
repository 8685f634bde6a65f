import assert from 'node:assert/strict'
import { createVerify, X509Certificate } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { createBrowser, deviceOf } from './browser.ts'
import {
  approve,
  credentialOf,
  csc,
  hashOf,
  logIn,
  type Party,
  redirectOnce,
  signBody,
  startParty,
} from './relying-party.ts'

let party: Party
before(async () => {
  party = await startParty()
})
after(() => party.close())

const verifies = (text: string, signature: string, certificate: Buffer): boolean =>
  createVerify('sha256')
    .update(text)
    .verify(new X509Certificate(certificate).publicKey, Buffer.from(signature, 'base64'))

describe('a signing session in two redirects', () => {
  it('tells the client who logged in, and issues a certificate to the same person', async () => {
    const browser = createBrowser()
    const tokens = await logIn(party, 'contractPartyA', browser)
    const claims = tokens.claims()
    const person = await deviceOf(party.bankid.url, 'contractPartyA')
    assert.equal(claims?.['acr'], 'urn:bankid:bid;LOA=4')
    assert.deepEqual(claims?.['amr'], ['bid'])
    assert.equal(claims?.['name'], 'Ánte Gáŋgaviika')
    assert.equal(claims?.['given_name'], 'Ánte')
    assert.equal(claims?.['birthdate'], '1990-02-06')
    assert.equal(claims?.['nnin_altsub'], person.number)
    assert.equal(claims?.['bankid_altsub'], person.bankidAltsub)
    assert.match(String(claims?.['originator']), /OriginatorName=BINAS/)
    assert.equal(decodeProtectedHeader(tokens.id_token ?? '').alg, 'RS256')

    const { leaf } = await credentialOf(party, tokens.access_token)
    const certificate = new X509Certificate(leaf)
    assert.ok(certificate.subject.includes(`serialNumber=UN:NO-${person.bankidAltsub}`))
    assert.ok(certificate.subject.includes('CN=Ánte Gáŋgaviika'))
    assert.ok(!certificate.toString().includes(person.number) && !leaf.includes(person.number))
  })

  it('signs one approved hash with the key of the certificate', async () => {
    const browser = createBrowser()
    const login = await logIn(party, 'chairman', browser)
    const { credentialID, leaf } = await credentialOf(party, login.access_token)
    const hash = hashOf('signed attributes')
    const approval = await approve(party, 'chairman', browser, credentialID, [hash])
    assert.ok((approval.expires_in ?? 999) <= 300)
    const answer = await csc(party, 'signatures/signHash', approval.access_token, signBody(credentialID, [hash]))
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    assert.ok(verifies('signed attributes', answer.body.signatures[0], leaf))
  })

  it('signs many hashes in their order', async () => {
    const browser = createBrowser()
    const login = await logIn(party, 'member', browser)
    const { credentialID, leaf } = await credentialOf(party, login.access_token)
    const texts = ['one', 'two', 'three']
    const approval = await approve(party, 'member', browser, credentialID, texts.map(hashOf))
    const answer = await csc(
      party,
      'signatures/signHash',
      approval.access_token,
      signBody(credentialID, texts.map(hashOf)),
    )
    assert.equal(answer.body.signatures.length, 3)
    for (const [index, text] of texts.entries()) assert.ok(verifies(text, answer.body.signatures[index], leaf))
  })

  it('takes the classic parameters of scope=credential too', async () => {
    const browser = createBrowser()
    const login = await logIn(party, 'attestant', browser)
    const { credentialID, leaf } = await credentialOf(party, login.access_token)
    const approval = await redirectOnce({
      party,
      role: 'attestant',
      browser,
      parameters: {
        scope: 'credential',
        credentialID,
        numSignatures: '1',
        hashes: Buffer.from(hashOf('classic'), 'base64').toString('base64url'),
        hashAlgorithmOID: '2.16.840.1.101.3.4.2.1',
        description: 'Reiseregning',
      },
    })
    const answer = await csc(
      party,
      'signatures/signHash',
      approval.access_token,
      signBody(credentialID, [hashOf('classic')]),
    )
    assert.equal(answer.status, 200, JSON.stringify(answer.body))
    assert.ok(verifies('classic', answer.body.signatures[0], leaf))
  })

  it('asks for number and code again when another browser approves', async () => {
    const login = await logIn(party, 'auditor', createBrowser())
    const { credentialID } = await credentialOf(party, login.access_token)
    const other = createBrowser()
    const approval = await approve(party, 'auditor', other, credentialID, [hashOf('x')])
    assert.equal(typeof approval.access_token, 'string')
  })

  it('leaves no key, token or session behind', async () => {
    const browser = createBrowser()
    const login = await logIn(party, 'approver', browser)
    const { credentialID } = await credentialOf(party, login.access_token)
    const approval = await approve(party, 'approver', browser, credentialID, [hashOf('x')])
    const signed = await csc(party, 'signatures/signHash', approval.access_token, signBody(credentialID, [hashOf('x')]))
    assert.equal(signed.status, 200)
    assert.equal((await csc(party, 'credentials/list', login.access_token, {})).status, 401)
    const info = await csc(party, 'credentials/info', login.access_token, { credentialID })
    assert.equal(info.status, 401)
  })

  it('gives the token for userinfo when no signing scope is asked for', async () => {
    const tokens = await logIn(party, 'deputy', createBrowser(), 'openid profile')
    assert.equal(decodeJwt(tokens.id_token ?? '')['nnin_altsub'], undefined)
    const answer = await fetch(`${party.bankid.url}/userinfo`, {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    })
    const info = (await answer.json()) as Record<string, unknown>
    assert.equal(info['name'], 'Gro Fjellvang')
    assert.equal((await csc(party, 'credentials/list', tokens.access_token, {})).status, 401)
  })
})

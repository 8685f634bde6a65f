import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, afterEach, before, describe, it } from 'node:test'
import { needs } from '../support/outside.ts'
import { createBrowser } from './browser.ts'
import { type Bench, createBench, download } from './openssl.ts'
import { approve, credentialOf, csc, hashOf, logIn, type Party, signBody, startParty } from './relying-party.ts'

let party: Party
let bench: Bench
const path = (name: string): string => `${party.bankid.url}${name}`

before(async () => {
  party = await startParty()
  bench = await createBench()
  await bench.write('root.pem', await download(path('/certs/root.pem')))
  await bench.write('persons.pem', await download(path('/certs/persons.pem')))
  await bench.write('data', 'data')
})
after(async () => {
  await party.close()
  await bench.close()
})
afterEach(() => fetch(path('/faults'), { method: 'DELETE' }))

const order = async (fault: object): Promise<number> => {
  const answer = await fetch(path('/faults'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fault),
  })
  return answer.status
}

const signed = async (role: string) => {
  const browser = createBrowser()
  const login = await logIn(party, role, browser)
  const { credentialID, leaf } = await credentialOf(party, login.access_token)
  const approval = await approve(party, role, browser, credentialID, [hashOf('x')])
  const sign = () => csc(party, 'signatures/signHash', approval.access_token, signBody(credentialID, [hashOf('x')]))
  return { sign, leaf }
}

describe('faults of the wire', () => {
  it('makes a path slow, down, malformed or cut, as often as ordered', async () => {
    await order({ kind: 'slow', at: '/jwks', value: 300 })
    const started = Date.now()
    await download(path('/jwks'))
    assert.ok(Date.now() - started >= 290)
    await order({ kind: 'down', at: '/jwks', times: 2 })
    for (const expected of [503, 503, 200]) assert.equal((await fetch(path('/jwks'))).status, expected)
    await order({ kind: 'malformed', at: '/jwks' })
    await assert.rejects((await fetch(path('/jwks'))).json())
    await order({ kind: 'cut', at: '/jwks' })
    await assert.rejects(fetch(path('/jwks')).then((answer) => answer.text()))
    assert.equal((await fetch(path('/jwks'))).status, 200)
  })

  it('cuts after the work: the signature is spent, and the caller does not know', async () => {
    const { sign } = await signed('chairman')
    await order({ kind: 'cut', at: '/csc/v2/signatures/signHash' })
    await assert.rejects(sign())
    assert.equal((await sign()).status, 401)
  })

  it('strikes one person or one client only, where that is asked for', async () => {
    const [one, two] = [await logIn(party, 'member'), await logIn(party, 'auditor')]
    await order({ kind: 'down', at: '/csc/v2/credentials', person: '1002', times: 0 })
    assert.equal(
      (
        await fetch(path('/csc/v2/credentials/list'), {
          method: 'POST',
          headers: { authorization: `Bearer ${one.access_token}` },
        })
      ).status,
      503,
    )
    assert.equal((await csc(party, 'credentials/list', two.access_token, {})).status, 200)
  })

  it('refuses orders that make no sense', async () => {
    for (const fault of [
      {},
      { kind: 'x' },
      { kind: 'slow' },
      { kind: 'down', times: -1 },
      { kind: 'id-token', value: 'x' },
    ]) {
      assert.equal(await order(fault), 400, JSON.stringify(fault))
    }
    const form = await fetch(path('/faults'), { method: 'POST', body: new URLSearchParams({ kind: 'down' }) })
    assert.equal(form.status, 415)
  })
})

describe('faults of the login and the signature', () => {
  it('sends an ID token that openid-client refuses: wrong nonce, audience, issuer, expired', async () => {
    for (const value of [{ nonce: 'wrong' }, { aud: 'other' }, { iss: 'http://other' }, { exp: 1 }]) {
      await order({ kind: 'id-token', value, client: 'segl' })
      await assert.rejects(logIn(party, 'chairman'), /.*/, JSON.stringify(value))
    }
    await logIn(party, 'chairman')
  })

  it('signs another hash than the approved one', async () => {
    const { sign, leaf } = await signed('approver')
    await order({ kind: 'wrong-hash' })
    const { body } = await sign()
    const { verify } = await import('node:crypto')
    const key = new X509Certificate(leaf).publicKey
    assert.equal(verify('sha256', Buffer.from('x'), key, Buffer.from(body.signatures[0], 'base64')), false)
  })

  it('issues certificates that are expired, of somebody else, or tell the national identity number', async () => {
    const issue = async (kind: string): Promise<Buffer> => {
      await order({ kind, person: '1007' })
      const login = await logIn(party, 'attestant')
      return (await credentialOf(party, login.access_token)).leaf
    }
    assert.ok(new Date(new X509Certificate(await issue('expired-certificate')).validTo) < new Date())
    assert.doesNotMatch(new X509Certificate(await issue('wrong-person-certificate')).subject, /Tuva Myrvold/)
    // 2.16.578.1.61.2.4, then a PrintableString of eleven digits.
    const telling = await issue('number-in-certificate')
    assert.ok(telling.includes(Buffer.from('0607608442013d0204', 'hex')))
    assert.ok(telling.includes('23889416068'))
  })

  it('revokes the certificate right after it has signed; OCSP and CRL say so, with the reason', {
    skip: needs('openssl'),
  }, async () => {
    const { sign, leaf } = await signed('contractPartyA')
    await order({ kind: 'revoked-in-between', person: '1005' })
    assert.equal((await sign()).status, 200)
    await bench.write('leaf.pem', new X509Certificate(leaf).toString())
    const ask = ['ocsp', '-issuer', 'persons.pem', '-cert', 'leaf.pem', '-url', path('/ocsp'), '-CAfile', 'root.pem']
    const { text } = await bench.openssl(...ask)
    assert.match(text, /leaf.pem: revoked\s+This Update[\s\S]*Reason: keyCompromise/)
    await bench.write('persons.crl', await download(path('/crl/persons.crl')))
    const list = await bench.openssl('crl', '-inform', 'DER', '-in', 'persons.crl', '-noout', '-text')
    assert.match(list.text, new RegExp(new X509Certificate(leaf).serialNumber))
    assert.match(list.text, /Key Compromise/)
    await bench.openssl('crl', '-inform', 'DER', '-in', 'persons.crl', '-out', 'crl.pem')
    const chain = await bench.openssl(
      'verify',
      '-crl_check',
      '-CRLfile',
      'crl.pem',
      '-CAfile',
      'root.pem',
      '-untrusted',
      'persons.pem',
      'leaf.pem',
    )
    assert.match(chain.text, /certificate revoked/)
  })
})

describe('faults of OCSP and time-stamping', { skip: needs('openssl') }, () => {
  it('says tryLater and unknown', async () => {
    const login = await logIn(party, 'contractPartyB')
    const { leaf } = await credentialOf(party, login.access_token)
    await bench.write('leaf.pem', new X509Certificate(leaf).toString())
    const ask = ['ocsp', '-issuer', 'persons.pem', '-cert', 'leaf.pem', '-url', path('/ocsp'), '-CAfile', 'root.pem']
    await order({ kind: 'ocsp-try-later', person: '1006' })
    assert.match((await bench.openssl(...ask)).text, /trylater/i)
    await order({ kind: 'ocsp-unknown' })
    assert.match((await bench.openssl(...ask)).text, /leaf.pem: unknown/)
    assert.match((await bench.openssl(...ask)).text, /leaf.pem: good/)
  })

  it('stamps with a skewed clock, another imprint or another nonce, or not at all', async () => {
    const stamp = async (fault: object) => {
      assert.equal(await order({ at: '/tsa', ...fault }), 201)
      await bench.openssl('ts', '-query', '-data', 'data', '-sha256', '-cert', '-out', 'q.tsq')
      const answer = await fetch(path('/tsa'), {
        method: 'POST',
        headers: { 'content-type': 'application/timestamp-query' },
        body: await readFile(join(bench.folder, 'q.tsq')),
      })
      await bench.write('r.tsr', Buffer.from(await answer.arrayBuffer()))
      const verdict = await bench.openssl('ts', '-verify', '-queryfile', 'q.tsq', '-in', 'r.tsr', '-CAfile', 'root.pem')
      const shown = await bench.openssl('ts', '-reply', '-in', 'r.tsr', '-text')
      return { verdict, time: new Date(/Time stamp: (.+)/.exec(shown.text)?.[1] ?? ''), text: shown.text }
    }
    const skewed = await stamp({ kind: 'tsa-skew', value: -7200 })
    assert.ok(Math.abs(skewed.time.getTime() - Date.now() + 7_200_000) < 10_000)
    assert.match((await stamp({ kind: 'tsa-wrong-imprint' })).verdict.text, /message imprint mismatch/)
    assert.match((await stamp({ kind: 'tsa-wrong-nonce' })).verdict.text, /nonce mismatch/)
    assert.match((await stamp({ kind: 'tsa-reject' })).text, /Status: Rejected/)
  })
})

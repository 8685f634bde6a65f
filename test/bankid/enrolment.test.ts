// Enrolment of an e-seal over EST (RFC 7030), judged by openssl.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { needs } from '../support/outside.ts'
import { download } from './openssl.ts'
import { openPki, type Pki } from './pki-bench.ts'

/** Hooks of a file run even when all of its tests are skipped. */
const missing = needs('openssl')

let bench: Pki
before(async () => {
  if (!missing) bench = await openPki()
})
after(() => bench?.close())

describe('enrolment of an e-seal', { skip: missing }, () => {
  const enrol = (body: string, credentials = 'segl:enrol-me') =>
    fetch(bench.path('.well-known/est/simpleenroll'), {
      method: 'POST',
      headers: {
        'content-type': 'application/pkcs10',
        authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
      },
      body,
    })
  const request = async (
    key: string[],
    subject = '/C=NO/O=Fjordlys Regnskap AS/organizationIdentifier=NTRNO-123456785/CN=Fjordlys Regnskap AS',
  ): Promise<string> => {
    const made = await bench.openssl(
      'req',
      '-new',
      '-newkey',
      ...key,
      '-nodes',
      '-keyout',
      'seal.key',
      '-subj',
      subject,
      '-outform',
      'DER',
      '-out',
      'seal.csr',
    )
    assert.ok(made.ok, made.text)
    return (await readFile(join(bench.folder, 'seal.csr'))).toString('base64')
  }

  it('turns an RSA-3072 request into a certificate that openssl finds valid and OCSP good', async () => {
    const answer = await enrol(await request(['rsa:3072']))
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type') ?? '', /application\/pkcs7-mime; ?smime-type=certs-only/)
    await bench.write('p7.der', Buffer.from(await answer.text(), 'base64'))
    const shown = await bench.openssl('pkcs7', '-inform', 'DER', '-in', 'p7.der', '-print_certs')
    const [seal = ''] = shown.text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []
    await bench.write('seal.pem', seal)
    const verified = await bench.openssl(
      'verify',
      '-x509_strict',
      '-crl_check_all',
      '-CRLfile',
      'crls.pem',
      '-CAfile',
      'root.pem',
      '-untrusted',
      'organisations.pem',
      'seal.pem',
    )
    assert.ok(verified.ok, verified.text)
    const { text } = await bench.openssl('x509', '-in', 'seal.pem', '-noout', '-text', '-nameopt', 'utf8')
    assert.match(text, /organizationIdentifier=NTRNO-123456785/)
    assert.match(text, /OU=TEST - SimBankID/)
    assert.match(text, /Key Usage: critical\s+Non Repudiation\n/)
    const status = await bench.openssl(
      'ocsp',
      '-issuer',
      'organisations.pem',
      '-cert',
      'seal.pem',
      '-url',
      bench.path('ocsp'),
      '-CAfile',
      'root.pem',
    )
    assert.match(status.text, /seal.pem: good/)
  })

  it('hands out the chain to the root', async () => {
    await bench.write(
      'ca.der',
      Buffer.from((await download(bench.path('.well-known/est/cacerts'))).toString(), 'base64'),
    )
    const { text } = await bench.openssl('pkcs7', '-inform', 'DER', '-in', 'ca.der', '-print_certs', '-noout')
    assert.match(text, /Organisation CA[\s\S]*Root CA/)
  })

  it('refuses wrong credentials, weak keys, missing names, wrong check digits and rubbish, and says why', async () => {
    const good = await request(['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'])
    assert.equal((await enrol(good, 'segl:wrong')).status, 401)
    const cases: [string, RegExp][] = [
      [await request(['rsa:2048']), /at least 3072 bits/],
      [await request(['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], '/CN=Nobody'), /organizationIdentifier/],
      [
        await request(
          ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
          '/O=X/organizationIdentifier=NTRNO-123456789/CN=X',
        ),
        /check digit/,
      ],
      ['AAAA', /not a PKCS#10/],
      ['', /base64/],
    ]
    for (const [body, expected] of cases) {
      const answer = await enrol(body)
      assert.equal(answer.status, 400)
      assert.match(await answer.text(), expected)
    }
  })

  it('refuses a request that is not signed by the key it names', async () => {
    const csr = Buffer.from(await request(['ec', '-pkeyopt', 'ec_paramgen_curve:P-256']), 'base64')
    csr[csr.length - 1] = (csr[csr.length - 1] ?? 0) ^ 1
    const answer = await enrol(csr.toString('base64'))
    assert.equal(answer.status, 400)
    assert.match(await answer.text(), /not signed by the key/)
  })
})

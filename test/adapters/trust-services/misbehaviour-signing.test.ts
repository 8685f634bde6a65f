// A BankID that misbehaves with the credential or the signature: each answer is refused by a code, and none of its secrets gets out.
import assert from 'node:assert/strict'
import { constants, createHash, randomBytes, sign, verify } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readPkcs12 } from '../../../src/adapters/seal-key/pkcs12.ts'
import { certificateChain } from '../../../src/adapters/trust-services/csc-credential.ts'
import { type ErrorCode, isSeglError } from '../../../src/errors.ts'
import { newRedirect } from './island.ts'
import { changed, changedCredential, type Json, limitFor, misbehavingBankId } from './misbehaving.ts'
import { down, type Fault, garbage, hanging } from './proxy.ts'

// Certificates made by OpenSSL for a synthetic number: as extension 2.16.578.1.61.2.4, and as serialNumber PNONO-.
const withExtension =
  'MIICDjCCAbOgAwIBAgIUDffTlmjDal9WtvqG5ANLd+bCASEwCgYIKoZIzj0EAwIwOjELMAkGA1UEBhMCTk8xFzAVBgNVBAoMDlRF' +
  'U1QgSXNzdWVyIEFTMRIwEAYDVQQDDAlURVNUIFJvb3QwIBcNMjYxMTIyMTQzMDU2WhgPMjEyNjEwMjkxNDMwNTZaMGMxCzAJBgNV' +
  'BAYTAk5PMSYwJAYDVQQKDB1URVNUIFJlZ25za2FwIG9nIMOGcmxpZ2hldCBBUzEYMBYGA1UEYQwPTlRSTk8tMTIzNDU2Nzg1MRIw' +
  'EAYDVQQDDAlURVNUIFNlYWwwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAARXx6hmGDg2aycu8m1YuVdITTHS3PQp3Hk5ERAbvR4I' +
  'eRxXvJakNvHtVbp0tSG41XcH5yIXIkR/SqL1R3346Zdwo2wwajAOBgNVHQ8BAf8EBAMCBkAwGAYHYIRCAT0CBAQNEwswMTgxNTAx' +
  'MjM0NTAdBgNVHQ4EFgQUGCXqeCR43MpklzCcL6ySEp8gxAkwHwYDVR0jBBgwFoAUG1JaskytfM6OAC8vbUXNzzBsXukwCgYIKoZI' +
  'zj0EAwIDSQAwRgIhAK4BdYZMDGpjP2V1VaPCeVHYNutP6O3ewmcIpRcygYdhAiEA58jrDB1fh6qFJINtHwyI8PCdBfJ/7KNZZ9sn' +
  'n5SL1o0='
const withSerialNumber =
  'MIIBzzCCAXWgAwIBAgIUDffTlmjDal9WtvqG5ANLd+bCASIwCgYIKoZIzj0EAwIwOjELMAkGA1UEBhMCTk8xFzAVBgNVBAoMDlRF' +
  'U1QgSXNzdWVyIEFTMRIwEAYDVQQDDAlURVNUIFJvb3QwIBcNMjYxMTIyMTQzMDU2WhgPMjEyNjEwMjkxNDMwNTZaMD8xCzAJBgNV' +
  'BAYTAk5PMRQwEgYDVQQDDAtURVNUIFBlcnNvbjEaMBgGA1UEBRMRUE5PTk8tMDE4MTUwMTIzNDUwWTATBgcqhkjOPQIBBggqhkjO' +
  'PQMBBwNCAARXx6hmGDg2aycu8m1YuVdITTHS3PQp3Hk5ERAbvR4IeRxXvJakNvHtVbp0tSG41XcH5yIXIkR/SqL1R3346Zdwo1Iw' +
  'UDAOBgNVHQ8BAf8EBAMCBkAwHQYDVR0OBBYEFBgl6ngkeNzKZJcwnC+skhKfIMQJMB8GA1UdIwQYMBaAFBtSWrJMrXzOjgAvL21F' +
  'zc8wbF7pMAoGCCqGSM49BAMCA0gAMEUCIGJZ/AlEwDXFhDeXTSuO869r/4yDJUy9uXCb4DOKufdvAiEA/RWNmuuLPKsaGJRuF1M7' +
  'X9/N0j3otPh35TjB7qtZt3g='

describe('a BankID that misbehaves when it signs', () => {
  const { proxy, segl, logIn } = misbehavingBankId()

  const atList: readonly (readonly [string, Fault, ErrorCode])[] = [
    ['is down', down, 'TRUST_SERVICE_UNAVAILABLE'],
    ['never answers', hanging, 'TRUST_SERVICE_UNAVAILABLE'],
    ['answers garbage', garbage('application/json'), 'TRUST_SERVICE_MALFORMED'],
    [
      'offers nothing',
      changed((json) => {
        json['credentialIDs'] = []
      }),
      'TRUST_SERVICE_REFUSED',
    ],
    [
      'offers no binding to the hashes',
      changedCredential((info) => {
        Object.assign(info, { SCAL: '1' })
      }),
      'TRUST_SERVICE_REFUSED',
    ],
    [
      'wants another approval',
      changedCredential((info) => {
        info['auth'] = { mode: 'explicit' }
      }),
      'TRUST_SERVICE_REFUSED',
    ],
    [
      'offers a disabled key',
      changedCredential((info) => {
        Object.assign(info['key'] ?? {}, { status: 'disabled' })
      }),
      'TRUST_SERVICE_REFUSED',
    ],
    [
      'offers no algorithm of ours',
      changedCredential((info) => {
        Object.assign(info['key'] ?? {}, { algo: ['1.3.101.112'] })
      }),
      'TRUST_SERVICE_REFUSED',
    ],
    [
      'offers a revoked certificate',
      changedCredential((info) => {
        Object.assign(info['cert'] ?? {}, { status: 'revoked' })
      }),
      'CERTIFICATE_INVALID',
    ],
    [
      'gives a certificate that is none',
      changedCredential((info) => {
        Object.assign(info['cert'] ?? {}, { certificates: ['AAAA'] })
      }),
      'TRUST_SERVICE_MALFORMED',
    ],
    [
      'gives no certificate',
      changedCredential((info) => {
        Object.assign(info['cert'] ?? {}, { certificates: [] })
      }),
      'TRUST_SERVICE_MALFORMED',
    ],
  ]
  for (const [name, fault, code] of atList)
    it(`is refused with ${code} when it ${name} as the credential`, async () => {
      const { login } = await logIn()
      const { remoteSigning } = segl(limitFor(fault))
      proxy().faults.set('/csc/v2/credentials/list', fault)
      await assert.rejects(remoteSigning.createCredential(login.serviceToken), (error) => isSeglError(error, code))
    })

  it('may leave the description out of the list: it is asked for by credentials/info', async () => {
    const { login, remoteSigning } = await logIn()
    proxy().faults.set(
      '/csc/v2/credentials/list',
      changed((json) => {
        delete json['credentialInfos']
      }),
    )
    proxy().seen.length = 0
    const credential = await remoteSigning.createCredential(login.serviceToken)
    assert.equal(credential.certificates.length, 3)
    assert.ok(proxy().seen.includes('POST /csc/v2/credentials/info'))
  })

  const bankIdError: Fault = async () => ({
    status: 400,
    type: 'application/json',
    body: Buffer.from('{"errorCode":"HASH_NOT_ALLOWED","errorDescription":"for 01815012345","errorReference":"r"}'),
  })
  const atSigning: readonly (readonly [string, Fault, ErrorCode, RegExp?])[] = [
    ['is down', down, 'TRUST_SERVICE_UNAVAILABLE'],
    ['never answers', hanging, 'TRUST_SERVICE_UNAVAILABLE'],
    ['answers garbage', garbage('application/json'), 'TRUST_SERVICE_MALFORMED'],
    ['refuses in its own error shape', bankIdError, 'TRUST_SERVICE_REFUSED', /HASH_NOT_ALLOWED/],
    [
      'answers fewer signatures',
      changed((json) => {
        json['signatures'] = []
      }),
      'TRUST_SERVICE_MALFORMED',
    ],
    [
      'answers something else than a signature',
      changed((json) => {
        json['signatures'] = ['AAAA']
      }),
      'TRUST_SERVICE_MALFORMED',
    ],
    [
      'answers no base64',
      changed((json) => {
        json['signatures'] = ['?']
      }),
      'TRUST_SERVICE_MALFORMED',
    ],
    [
      'answers a signature with a tail',
      changed((json) => {
        const [first] = Array.isArray(json['signatures']) ? json['signatures'] : []
        json['signatures'] = [Buffer.concat([Buffer.from(String(first), 'base64'), Buffer.alloc(3)]).toString('base64')]
      }),
      'TRUST_SERVICE_MALFORMED',
    ],
  ]
  for (const [name, fault, code, text] of atSigning)
    it(`is refused with ${code} when it ${name} at signHash`, async () => {
      const { browser, login, remoteSigning } = await logIn()
      const credential = await remoteSigning.createCredential(login.serviceToken)
      const redirect = newRedirect()
      const hash = createHash('sha256').update(randomBytes(9)).digest()
      const hashes = [{ hash, label: 'Avtale' }]
      const url = await remoteSigning.approvalUrl({ ...redirect, credential, hashes, language: 'nb' })
      const callback = await browser.complete(url, 'chairman')
      const { serviceToken } = login
      const { token } = await remoteSigning.finishApproval({ ...redirect, callback, serviceToken, credential, hashes })
      proxy().faults.set('/csc/v2/signatures/signHash', fault)
      await assert.rejects(
        segl(limitFor(fault)).remoteSigning.signHashes({ credential, token, hashes: [hash] }),
        (error) => isSeglError(error, code) && !/01815012345/.test(String(error)) && (text ?? /./).test(String(error)),
      )
    })

  it('may offer RSA: then the parameters of RSASSA-PSS go along, and a signature as long as the modulus comes back', async () => {
    const fixture = fileURLToPath(new URL('../seal-key/fixtures/rsa.p12', import.meta.url))
    const { privateKey, certificates } = readPkcs12(await readFile(fixture), 'sesame')
    const encoded = certificates.map((der) => Buffer.from(der).toString('base64'))
    proxy().faults.set(
      '/csc/v2/credentials/list',
      changedCredential((info) => {
        Object.assign(info['key'] ?? {}, { algo: ['1.2.840.113549.1.1.11', '1.2.840.113549.1.1.10'] })
        Object.assign(info['cert'] ?? {}, { certificates: encoded })
      }),
    )
    const { login, remoteSigning } = await logIn()
    const credential = await remoteSigning.createCredential(login.serviceToken)
    assert.equal(credential.signAlgorithm, '1.2.840.113549.1.1.10')
    const data = randomBytes(20)
    const scheme = { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
    let asked: Json = {}
    proxy().faults.set('/csc/v2/signatures/signHash', async (body) => {
      asked = JSON.parse(body.toString())
      const signatures = [sign('sha256', data, scheme).toString('base64')]
      return { status: 200, type: 'application/json', body: Buffer.from(JSON.stringify({ signatures })) }
    })
    const hashes = [createHash('sha256').update(data).digest()]
    const [signature] = await remoteSigning.signHashes({ credential, token: 'token', hashes })
    assert.ok(verify('sha256', data, scheme, signature ?? new Uint8Array()))
    // RFC 4055 §3.1: SHA-256, MGF1 with SHA-256, salt of 32; as OpenSSL writes it.
    const parameters =
      '3034a00f300d06096086480165030402010500a11c301a06092a864886f70d010108300d06096086480165030402010500a203020120'
    assert.equal(Buffer.from(String(asked['signAlgoParams']), 'base64').toString('hex'), parameters)
    assert.equal(asked['signAlgo'], '1.2.840.113549.1.1.10')
  })

  it('is refused before approval when the certificate carries a national identity number', () => {
    for (const certificate of [withExtension, withSerialNumber])
      assert.throws(
        () => certificateChain([certificate]),
        (error) => isSeglError(error, 'CERTIFICATE_INVALID') && !String(error).includes('01815012345'),
      )
  })
})

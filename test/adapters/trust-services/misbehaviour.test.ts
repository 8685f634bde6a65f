// A BankID that misbehaves in the middle of a ceremony: each answer is refused by a code, and none of its secrets gets out.
import assert from 'node:assert/strict'
import { constants, createHash, randomBytes, sign, verify } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { after, afterEach, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readPkcs12 } from '../../../src/adapters/seal-key/pkcs12.ts'
import { createRemoteSigning } from '../../../src/adapters/trust-services/csc.ts'
import { certificateChain } from '../../../src/adapters/trust-services/csc-credential.ts'
import { createOAuthClient } from '../../../src/adapters/trust-services/oauth-client.ts'
import { createIdentityProvider } from '../../../src/adapters/trust-services/oidc.ts'
import { createOutsideCall } from '../../../src/adapters/trust-services/outside-call.ts'
import { type ErrorCode, isSeglError } from '../../../src/errors.ts'
import { clock, type Island, newBrowser, newRedirect, redirectUri, startIsland } from './island.ts'
import { type BackChannel, down, type Fault, garbage, hanging, hangingLimitMs, startProxy, tooLarge } from './proxy.ts'

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

type Json = Record<string, unknown>

/** Lets the island answer and then changes the JSON that it answered. */
const changed =
  (change: (json: Json) => void): Fault =>
  async (body, pass) => {
    const answer = await pass(body)
    const json: Json = JSON.parse(Buffer.from(answer.body).toString())
    change(json)
    return { ...answer, body: Buffer.from(JSON.stringify(json)) }
  }

const changedCredential = (change: (credential: Record<string, Json>) => void): Fault =>
  changed((json) => {
    const infos = json['credentialInfos']
    if (Array.isArray(infos)) change(infos[0])
  })

/** Only who never answers is waited for: everything else has the time that it needs. */
const limitFor = (fault: Fault): number | undefined => (fault === hanging ? hangingLimitMs : undefined)

describe('a BankID that misbehaves', () => {
  let island: Island
  let proxy: BackChannel
  before(async () => {
    island = await startIsland()
    proxy = await startProxy(island)
  })
  afterEach(() => proxy.faults.clear())
  after(async () => {
    proxy.close()
    await island.close()
  })

  /** Segl's side anew, all its own calls through the back channel. */
  function segl(timeoutMs = 60_000) {
    const call = createOutsideCall({ url: island.url, backchannelUrl: proxy.url, timeoutMs })
    const client = createOAuthClient({ call, clientId: 'segl', redirectUri, key: island.key })
    return {
      identityProvider: createIdentityProvider({ client, clock }),
      remoteSigning: createRemoteSigning({ call, client }),
    }
  }

  async function logIn(atToken?: Fault, timeoutMs?: number) {
    const { identityProvider, remoteSigning } = segl(timeoutMs)
    const browser = newBrowser(island)
    const redirect = newRedirect()
    const url = await identityProvider.loginUrl({ ...redirect, language: 'nb', level: 'high' })
    const callback = await browser.complete(url, 'chairman')
    if (atToken !== undefined) proxy.faults.set('/csc/v2/oauth2/token', atToken)
    const login = await identityProvider.finishLogin({ ...redirect, callback })
    return { browser, login, remoteSigning }
  }

  it('is talked to through the back channel, while the browser goes to the issuer', async () => {
    proxy.seen.length = 0
    const { login, remoteSigning } = await logIn()
    await remoteSigning.createCredential(login.serviceToken)
    for (const path of [
      'GET /.well-known/openid-configuration',
      'POST /csc/v2/oauth2/token',
      'GET /jwks',
      'POST /csc/v2/credentials/list',
    ])
      assert.ok(proxy.seen.includes(path), path)
    assert.ok(!proxy.seen.some((path) => path.includes('authorize') || path.includes('/login')))
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
      proxy.faults.set(discovery, fault)
      const { identityProvider } = segl(limitFor(fault))
      const begin = () => identityProvider.loginUrl({ ...newRedirect(), language: 'nb', level: 'high' })
      await assert.rejects(begin(), (error) => isSeglError(error, code))
      proxy.faults.clear()
      assert.ok((await begin()).startsWith(island.url))
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
      proxy.faults.set('/jwks', async () => ({ status: 200, type: 'application/json', body: new Uint8Array(keys) }))
      await assert.rejects(logIn(), (error) => isSeglError(error, 'TRUST_SERVICE_MALFORMED'))
    } finally {
      await other.close()
    }
  })

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
      const { login, remoteSigning } = await logIn(undefined, limitFor(fault))
      proxy.faults.set('/csc/v2/credentials/list', fault)
      await assert.rejects(remoteSigning.createCredential(login.serviceToken), (error) => isSeglError(error, code))
    })

  it('may leave the description out of the list: it is asked for by credentials/info', async () => {
    const { login, remoteSigning } = await logIn()
    proxy.faults.set(
      '/csc/v2/credentials/list',
      changed((json) => {
        delete json['credentialInfos']
      }),
    )
    proxy.seen.length = 0
    const credential = await remoteSigning.createCredential(login.serviceToken)
    assert.equal(credential.certificates.length, 3)
    assert.ok(proxy.seen.includes('POST /csc/v2/credentials/info'))
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
      const { browser, login, remoteSigning } = await logIn(undefined, limitFor(fault))
      const credential = await remoteSigning.createCredential(login.serviceToken)
      const redirect = newRedirect()
      const hash = createHash('sha256').update(randomBytes(9)).digest()
      const hashes = [{ hash, label: 'Avtale' }]
      const url = await remoteSigning.approvalUrl({ ...redirect, credential, hashes, language: 'nb' })
      const callback = await browser.complete(url, 'chairman')
      const { serviceToken } = login
      const { token } = await remoteSigning.finishApproval({ ...redirect, callback, serviceToken, credential, hashes })
      proxy.faults.set('/csc/v2/signatures/signHash', fault)
      await assert.rejects(
        remoteSigning.signHashes({ credential, token, hashes: [hash] }),
        (error) => isSeglError(error, code) && !/01815012345/.test(String(error)) && (text ?? /./).test(String(error)),
      )
    })

  it('may offer RSA: then the parameters of RSASSA-PSS go along, and a signature as long as the modulus comes back', async () => {
    const fixture = fileURLToPath(new URL('../seal-key/fixtures/rsa.p12', import.meta.url))
    const { privateKey, certificates } = readPkcs12(await readFile(fixture), 'sesame')
    const encoded = certificates.map((der) => Buffer.from(der).toString('base64'))
    proxy.faults.set(
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
    proxy.faults.set('/csc/v2/signatures/signHash', async (body) => {
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

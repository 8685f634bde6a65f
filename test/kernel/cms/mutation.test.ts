import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, describe, test } from 'node:test'
import fc from 'fast-check'
import { SeglError } from '../../../src/errors.ts'
import {
  buildSignedAttributes,
  buildSignedData,
  buildTimestampRequest,
  parseCertsOnly,
  parseSignedData,
  parseTimestampResponse,
  parseTimestampToken,
  signRaw,
  verifySignerInfo,
  verifyTimestampToken,
} from '../../../src/kernel/cms/index.ts'
import { equalBytes, readDer } from '../../../src/kernel/der/index.ts'
import {
  buildOcspRequest,
  nodeCrypto,
  parseCertificate,
  parseCertificateIfReadable,
  parseCrl,
  parseOcspResponse,
  validatePath,
} from '../../../src/kernel/x509/index.ts'
import { cpuTime } from '../cpu-time.ts'
import { mutate, mutation } from '../der/mutation.ts'
import {
  openssl,
  responderExtensions,
  rootAuthority,
  signerExtensions,
  temporaryFolder,
  tsaExtensions,
  withoutOpenssl,
} from '../x509/openssl-authority.ts'

/** Cases per structure; `MUTATIONS=20000` for the long run by hand. */
const numRuns = Number(process.env['MUTATIONS'] ?? 1000)
const content = Buffer.from('Årsregnskap')

describe('mutated input ends in an answer or a SeglError, quickly,', { skip: withoutOpenssl }, () => {
  const folder = temporaryFolder()
  after(folder.remove)
  const root = rootAuthority(folder.path, { subject: '/C=NO/CN=Rot' })
  const constrained = ['basicConstraints = critical, CA:TRUE, pathlen:1', 'keyUsage = critical, keyCertSign, cRLSign']
  const ca = root.subordinate({
    subject: '/C=NO/CN=Utsteder',
    extensions: [...constrained, 'subjectKeyIdentifier = hash', 'nameConstraints = permitted;email:.example.no'],
  })
  const kari = ca.issue({
    subject: '/C=NO/CN=Kari/emailAddress=kari@a.example.no',
    extensions: [...signerExtensions, 'crlDistributionPoints = URI:http://crl.example/', 'certificatePolicies = 1.2.3'],
  })
  const tsa = root.issue({ subject: '/CN=TSA', extensions: tsaExtensions })
  const certificate = parseCertificate(kari.der)
  const issuer = parseCertificate(ca.der)

  const ocspRequest = buildOcspRequest({ certificate, issuer, nonce: new Uint8Array(32).fill(1) })
  const responder = ca.issue({ subject: '/CN=OCSP', extensions: responderExtensions })
  const ocsp = Uint8Array.from(ca.ocsp(ocspRequest, responder))
  ca.revoke(ca.issue({ subject: '/CN=Per', extensions: signerExtensions }))
  const crl = Uint8Array.from(ca.crl())
  const rootCrl = Uint8Array.from(root.crl())

  const contentDigest = createHash('sha256').update(content).digest()
  const signedAttributes = buildSignedAttributes({
    contentDigest,
    digestAlgorithm: 'sha256',
    signingCertificate: kari.der,
  })
  const signature = signRaw({ privateKey: kari.privateKey, algorithm: 'ecdsa-p256-sha256', data: signedAttributes })
  const request = buildTimestampRequest({
    digestAlgorithm: 'sha256',
    imprint: createHash('sha256').update(signature).digest(),
  })
  folder.file('serial', '01\n')
  const config = folder.file(
    'tsa.cnf',
    `[tsa]\ndefault_tsa = t\n[t]\nserial = ${folder.path}/serial\ndefault_policy = 1.2.3.4\ndigests = sha256\n` +
      'signer_digest = sha256\ness_cert_id_alg = sha256\naccuracy = secs:1\ntsa_name = yes\n',
  )
  const files = ['-queryfile', folder.file('q.tsq', request), '-signer', tsa.certificateFile, '-inkey', tsa.keyFile]
  const response = Uint8Array.from(openssl(['ts', '-reply', '-config', config, ...files]))
  const granted = parseTimestampResponse(response)
  assert.ok(granted.granted)
  const token = granted.token.der
  const cms = buildSignedData({
    digestAlgorithm: 'sha256',
    signatureAlgorithm: 'ecdsa-p256-sha256',
    signedAttributes,
    signature,
    signingCertificate: kari.der,
    certificates: [ca.der],
    timestampToken: token,
  })

  const path = (input: { certificate?: Uint8Array; candidate?: Uint8Array; ocsp?: Uint8Array; crl?: Uint8Array }) =>
    validatePath({
      certificate: input.certificate === undefined ? certificate : parseCertificate(input.certificate),
      candidates: [input.candidate === undefined ? issuer : parseCertificate(input.candidate)],
      trustAnchors: [parseCertificate(root.der)],
      at: Date.now(),
      revocation: { ocsp: [input.ocsp ?? ocsp], crls: [input.crl ?? crl, rootCrl] },
      purpose: 'signing',
      crypto: nodeCrypto,
    })

  const cases: readonly [name: string, valid: Uint8Array, use: (bytes: Uint8Array) => Promise<unknown>][] = [
    [
      'a signature',
      cms,
      async (bytes) => {
        const signedData = parseSignedData(bytes)
        const result = await verifySignerInfo({ signedData, content, crypto: nodeCrypto })
        if (result.verdict !== 'PASSED') return
        // What passes is what was signed, by whom it was signed.
        assert.ok(equalBytes(signedData.signerInfos[0]?.signedAttributesDer ?? new Uint8Array(), signedAttributes))
        assert.ok(equalBytes(result.certificate?.der ?? new Uint8Array(), kari.der))
      },
    ],
    [
      'a time-stamp token',
      token,
      async (bytes) => {
        const parsed = parseTimestampToken(bytes)
        const result = await verifyTimestampToken({ token: parsed, data: signature, crypto: nodeCrypto })
        if (result.verdict === 'PASSED') assert.equal(parsed.genTime, granted.token.genTime)
      },
    ],
    ['a time-stamp response', response, async (bytes) => parseTimestampResponse(bytes)],
    [
      'an OCSP response',
      ocsp,
      async (bytes) => {
        const result = await path({ ocsp: bytes, crl: new Uint8Array() })
        assert.ok(result.revocation.every(({ status }) => status !== 'revoked'))
        return result.verdict
      },
    ],
    ['an OCSP response read alone', ocsp, async (bytes) => parseOcspResponse(bytes)],
    ['a CRL', crl, async (bytes) => (await path({ crl: bytes, ocsp: new Uint8Array() })).verdict],
    ['a CRL read alone', crl, async (bytes) => parseCrl(bytes)],
    [
      'a signer certificate',
      kari.der,
      async (bytes) => {
        const result = await path({ certificate: bytes })
        if (result.verdict === 'PASSED') assert.ok(equalBytes(bytes, kari.der))
      },
    ],
    [
      'a CA certificate',
      ca.der,
      async (bytes) => {
        const result = await path({ candidate: bytes })
        if (result.verdict === 'PASSED') assert.ok(equalBytes(bytes, ca.der))
      },
    ],
    [
      'a certs-only answer',
      Uint8Array.from(openssl(['crl2pkcs7', '-nocrl', '-certfile', ca.certificateFile, '-outform', 'DER'])),
      async (bytes) => parseCertsOnly(bytes),
    ],
  ]

  for (const [name, valid, use] of cases) {
    test(name, async () => {
      await use(valid)
      let refused = 0
      let slowest = 0
      await fc.assert(
        fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (mutations) => {
          let bytes = Uint8Array.from(valid)
          for (const one of mutations) bytes = stillMutable(bytes) ? Uint8Array.from(mutate(bytes, one)) : bytes
          const started = cpuTime()
          try {
            if ((await use(bytes)) === 'INDETERMINATE') refused += 1
          } catch (error) {
            if (!(error instanceof SeglError)) throw error
            assert.ok(error.offset !== undefined && error.offset >= 0, `${error.message} says no place`)
            refused += 1
          }
          slowest = Math.max(slowest, cpuTime() - started)
        }),
        { numRuns },
      )
      assert.ok(refused > numRuns / 10, `only ${refused} of ${numRuns} were refused`)
      assert.ok(slowest < 1000, `one case took ${slowest} ms`)
    })
  }

  test('a certificate that cannot be read is passed over among others', () => {
    assert.equal(parseCertificateIfReadable(Uint8Array.of(0x30)), undefined)
  })
})

/** Element mutations need a tree to work on; after a byte mutation there may be none. */
function stillMutable(bytes: Uint8Array): boolean {
  try {
    readDer(bytes)
    return bytes.length > 0
  } catch {
    return false
  }
}

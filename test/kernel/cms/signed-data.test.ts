import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { isSeglError } from '../../../src/errors.ts'
import {
  buildSignedAttributes,
  buildSignedData,
  largestContents,
  parseSignedData,
  type SignedDataInput,
  signedAttributesForm,
  signedDataBound,
  signedDataForm,
  signRaw,
  verifySignerInfo,
} from '../../../src/kernel/cms/index.ts'
import { implicitTag } from '../../../src/kernel/der/index.ts'
import { nodeCrypto, type SignatureAlgorithm, type SigningDigest } from '../../../src/kernel/x509/index.ts'
import {
  type Issued,
  type KeyKind,
  openssl,
  rootAuthority,
  signerExtensions,
  temporaryFolder,
  tryOpenssl,
  tsaExtensions,
  withoutOpenssl,
} from '../x509/openssl-authority.ts'

const content = Buffer.from('Årsregnskap 2026, revisjon 2')

describe('a PAdES signature', { skip: withoutOpenssl }, () => {
  const folder = temporaryFolder()
  after(folder.remove)
  const root = rootAuthority(folder.path, { subject: '/C=NO/CN=Rot' })
  const ca = root.subordinate({ subject: '/C=NO/O=Test AS/CN=Utsteder' })
  const kari = ca.issue({ subject: '/C=NO/CN=Kari Nordmann', extensions: signerExtensions })

  const sign = (signer: Issued, algorithm: SignatureAlgorithm, extra: Partial<SignedDataInput> = {}) => {
    const digestAlgorithm = algorithm.slice(-6) as SigningDigest
    const contentDigest = createHash(digestAlgorithm).update(content).digest()
    const signedAttributes = buildSignedAttributes({ contentDigest, digestAlgorithm, signingCertificate: signer.der })
    return {
      digestAlgorithm,
      signatureAlgorithm: algorithm,
      signedAttributes,
      signature: signRaw({ privateKey: signer.privateKey, algorithm, data: signedAttributes }),
      signingCertificate: signer.der,
      certificates: [ca.der, root.der],
      ...extra,
    }
  }

  const opensslVerifies = (cms: Uint8Array, bytes: Uint8Array) => {
    const files = [
      '-in',
      folder.file('s.cms', cms),
      '-content',
      folder.file('content', bytes),
      '-CAfile',
      root.certificateFile,
    ]
    return tryOpenssl([
      'cms',
      '-verify',
      '-cades',
      '-binary',
      '-inform',
      'DER',
      '-purpose',
      'any',
      '-out',
      '/dev/null',
      ...files,
    ])
  }

  const algorithms: readonly [SignatureAlgorithm, KeyKind][] = [
    ['ecdsa-p256-sha256', 'P-256'],
    ['ecdsa-p256-sha512', 'P-256'],
    ['ecdsa-p384-sha384', 'P-384'],
    ['ecdsa-p521-sha512', 'P-521'],
    ['rsa-pkcs1-sha256', 'RSA-2048'],
    ['rsa-pkcs1-sha384', 'RSA-2048'],
    ['rsa-pkcs1-sha512', 'RSA-3072'],
    ['rsa-pss-sha256', 'RSA-2048'],
    ['rsa-pss-sha384', 'RSA-3072'],
    ['rsa-pss-sha512', 'RSA-3072'],
  ]

  for (const [algorithm, key] of algorithms) {
    test(`by ${algorithm} with ${key} is accepted by openssl -cades and by us, and refused over other bytes`, async () => {
      const signer = ca.issue({ subject: '/CN=Ola', key, extensions: signerExtensions })
      const cms = buildSignedData(sign(signer, algorithm))
      const judged = opensslVerifies(cms, content)
      assert.equal(judged.status, 0, judged.text)
      assert.notEqual(opensslVerifies(cms, Buffer.from('noe annet')).status, 0)

      const signedData = parseSignedData(cms)
      const [only] = signedData.signerInfos
      assert.ok(only)
      for (const signerInfos of [[], [only, only]]) {
        const none = await verifySignerInfo({ signedData: { ...signedData, signerInfos }, content, crypto: nodeCrypto })
        assert.deepEqual([none.verdict, none.subIndication], ['FAILED', 'FORMAT_FAILURE'])
      }
      const ours = await verifySignerInfo({ signedData, content, crypto: nodeCrypto })
      assert.equal(ours.verdict, 'PASSED', JSON.stringify(ours.reasons))
      assert.deepEqual(ours.certificate?.der, new Uint8Array(signer.der))
      const other = await verifySignerInfo({ signedData, content: Buffer.from('noe annet'), crypto: nodeCrypto })
      assert.equal(other.verdict, 'FAILED')
      assert.equal(other.subIndication, 'HASH_FAILURE')
      const input = sign(signer, algorithm)
      const attributesOf = signedAttributesForm(input)
      assert.deepEqual(attributesOf(createHash(input.digestAlgorithm).update(content).digest()), input.signedAttributes)
      assert.throws(() => attributesOf(new Uint8Array(31)), isSeglError)
      assert.deepEqual(signedDataForm(input)(input), buildSignedData(input), 'encoded once, the same bytes')
      const bound = signedDataBound({
        ...input,
        digestAlgorithm: algorithm.slice(-6) as SigningDigest,
      })
      assert.ok(cms.length <= bound)
    })
  }

  test('has exactly the three signed attributes of the baseline, and no signing time', () => {
    const {
      signerInfos,
      contentType,
      content: inside,
      version,
      certificates,
    } = parseSignedData(buildSignedData(sign(kari, 'ecdsa-p256-sha256')))
    const [signer] = signerInfos
    assert.ok(signer !== undefined && signerInfos.length === 1)
    assert.deepEqual(signer.signedAttributes.map(({ oid }) => oid).sort(), [
      '1.2.840.113549.1.9.16.2.47',
      '1.2.840.113549.1.9.3',
      '1.2.840.113549.1.9.4',
    ])
    assert.equal(signer.signingTime, undefined)
    assert.deepEqual(signer.unsignedAttributes, [])
    assert.equal(inside, undefined)
    assert.equal(contentType, '1.2.840.113549.1.7.1')
    assert.equal(version, 1)
    assert.equal(signer.version, 1)
    assert.equal(certificates.length, 3)
    assert.equal(signer.essCertificates.length, 1)
    assert.deepEqual(
      [signer.essCertificates[0]?.version, signer.essCertificates[0]?.digest, signer.essCertificates[0]?.serialNumber],
      [2, 'sha256', undefined],
    )
  })

  test('leaves the default hash algorithm out of signing-certificate-v2 and names another one', () => {
    const der = (digestAlgorithm: SigningDigest, octets: number) =>
      Buffer.from(
        buildSignedAttributes({ contentDigest: new Uint8Array(octets), digestAlgorithm, signingCertificate: kari.der }),
      ).toString('hex')
    const sha256 = '0609608648016503040201'
    const sha384 = '0609608648016503040202'
    assert.ok(!der('sha256', 32).includes(sha256))
    assert.ok(der('sha384', 48).includes(sha384))
  })

  test('names a certificate once, also when the chain repeats it', () => {
    const cms = buildSignedData(sign(kari, 'ecdsa-p256-sha256', { certificates: [kari.der, ca.der, ca.der] }))
    assert.equal(parseSignedData(cms).certificates.length, 2)
  })

  test('carries its time-stamp as an unsigned attribute within the reserved octets', async () => {
    const tsa = ca.issue({ subject: '/CN=TSA', key: 'RSA-3072', extensions: tsaExtensions })
    const signed = sign(kari, 'ecdsa-p256-sha256')
    const token = opensslToken(tsa, signed.signature)
    const cms = buildSignedData({ ...signed, timestampToken: token })
    assert.equal(opensslVerifies(cms, content).status, 0)
    const [signer] = parseSignedData(cms).signerInfos
    assert.deepEqual(signer?.signatureTimestamps, [new Uint8Array(token)])
    assert.ok(cms.length <= signedDataBound({ ...signed, largestToken: token.length }))
    // The first token ever is not known beforehand.
    assert.ok(cms.length <= signedDataBound(signed))
  })

  function opensslToken(tsa: Issued, data: Uint8Array): Uint8Array {
    const query = openssl(['ts', '-query', '-data', folder.file('data', data), '-sha256', '-cert'])
    folder.file('serial', '01\n')
    const config = folder.file(
      'tsa.cnf',
      `[tsa]\ndefault_tsa = t\n[t]\nserial = ${folder.path}/serial\ndefault_policy = 1.2.3.4\ndigests = sha256\nsigner_digest = sha256\ness_cert_id_alg = sha256\n`,
    )
    const signer = ['-signer', tsa.certificateFile, '-inkey', tsa.keyFile, '-chain', chainFile()]
    return openssl([
      'ts',
      '-reply',
      '-config',
      config,
      '-queryfile',
      folder.file('q.tsq', query),
      ...signer,
      '-token_out',
    ])
  }

  const chainFile = () => folder.file('chain.pem', openssl(['x509', '-in', ca.certificateFile]))

  test('is bounded by the size of its token, at least 8 KB and at most what /Contents holds', () => {
    const signed = sign(kari, 'ecdsa-p256-sha256')
    const bare = buildSignedData(signed).length
    assert.ok(signedDataBound(signed) >= bare + 8192)
    assert.ok(signedDataBound({ ...signed, largestToken: 7000 }) >= bare + 14_000)
    assert.equal(signedDataBound({ ...signed, largestToken: 20_000 }), largestContents)
    assert.throws(
      () => signedDataBound({ ...signed, largestToken: 32_000 }),
      (error) => isSeglError(error, 'SIGNATURE_TOO_LARGE'),
    )
  })

  test('by openssl itself is read and verified', async () => {
    const files = ['-in', folder.file('content', content), '-signer', kari.certificateFile, '-inkey', kari.keyFile]
    const cms = openssl([
      'cms',
      '-sign',
      '-cades',
      '-binary',
      '-outform',
      'DER',
      '-md',
      'sha384',
      '-certfile',
      chainFile(),
      ...files,
    ])
    const signedData = parseSignedData(cms)
    const result = await verifySignerInfo({ signedData, content, crypto: nodeCrypto })
    assert.equal(result.verdict, 'PASSED', JSON.stringify(result.reasons))
    assert.ok((signedData.signerInfos[0]?.signingTime ?? 0) > Date.now() - 60_000)
    const byKey = openssl(['cms', '-sign', '-cades', '-keyid', '-binary', '-outform', 'DER', ...files])
    assert.equal(
      (await verifySignerInfo({ signedData: parseSignedData(byKey), content, crypto: nodeCrypto })).verdict,
      'PASSED',
    )
  })

  describe('does not verify', () => {
    const verify = (input: SignedDataInput, crypto = nodeCrypto) =>
      verifySignerInfo({ signedData: parseSignedData(buildSignedData(input)), content, crypto })

    test('with the signature of another key', async () => {
      const other = ca.issue({ subject: '/CN=Per', extensions: signerExtensions })
      const { signature } = sign(other, 'ecdsa-p256-sha256')
      const result = await verify({ ...sign(kari, 'ecdsa-p256-sha256'), signature })
      assert.deepEqual([result.verdict, result.subIndication], ['FAILED', 'SIG_CRYPTO_FAILURE'])
    })

    test('when another certificate with the same name and key was slipped in', async () => {
      const twin = ca.issue({ subject: '/CN=Kari Nordmann', pair: kari, extensions: signerExtensions })
      const result = await verify({ ...sign(kari, 'ecdsa-p256-sha256'), signingCertificate: twin.der })
      assert.deepEqual([result.verdict, result.subIndication], ['INDETERMINATE', 'NO_SIGNING_CERTIFICATE_FOUND'])
    })

    test('when a PSS signature is announced with another digest or padding', async () => {
      const signer = ca.issue({ subject: '/CN=RSA', key: 'RSA-2048', extensions: signerExtensions })
      const signed = sign(signer, 'rsa-pss-sha256')
      for (const signatureAlgorithm of ['rsa-pss-sha512', 'rsa-pkcs1-sha256', 'ecdsa-p256-sha256'] as const) {
        const result = await verify({ ...signed, signatureAlgorithm })
        const expected = signatureAlgorithm === 'rsa-pss-sha512' ? 'FORMAT_FAILURE' : 'SIG_CRYPTO_FAILURE'
        assert.equal(result.subIndication, expected, signatureAlgorithm)
      }
    })

    test('without its signed bytes', async () => {
      const signedData = parseSignedData(buildSignedData(sign(kari, 'ecdsa-p256-sha256')))
      const result = await verifySignerInfo({ signedData, crypto: nodeCrypto })
      assert.equal(result.subIndication, 'SIGNED_DATA_NOT_FOUND')
    })

    test('without the certificate, until it is given from elsewhere', async () => {
      const signed = sign(kari, 'ecdsa-p256-sha256')
      const bare = { ...parseSignedData(buildSignedData(signed)), certificates: [] }
      const without = await verifySignerInfo({ signedData: bare, content, crypto: nodeCrypto })
      assert.equal(without.subIndication, 'NO_SIGNING_CERTIFICATE_FOUND')
      const given = await verifySignerInfo({ signedData: bare, content, certificates: [kari.der], crypto: nodeCrypto })
      assert.equal(given.verdict, 'PASSED')
    })

    test('without a signing-certificate attribute, or with unsorted or foreign attributes', async () => {
      const files = ['-in', folder.file('content', content), '-signer', kari.certificateFile, '-inkey', kari.keyFile]
      const plain = parseSignedData(openssl(['cms', '-sign', '-binary', '-outform', 'DER', ...files]))
      const noEss = await verifySignerInfo({ signedData: plain, content, crypto: nodeCrypto })
      assert.deepEqual([noEss.verdict, noEss.subIndication], ['INDETERMINATE', 'SIG_CONSTRAINTS_FAILURE'])
      const none = parseSignedData(openssl(['cms', '-sign', '-noattr', '-binary', '-outform', 'DER', ...files]))
      const noAttributes = await verifySignerInfo({ signedData: none, content, crypto: nodeCrypto })
      assert.equal(noAttributes.subIndication, 'FORMAT_FAILURE')

      const good = sign(kari, 'ecdsa-p256-sha256')
      const [first, ...rest] = attributesOf(good.signedAttributes)
      const unsorted = Uint8Array.of(
        ...good.signedAttributes.subarray(0, 3),
        ...rest.flatMap((one) => [...one]),
        ...(first ?? []),
      )
      assert.equal(unsorted.length, good.signedAttributes.length)
      const signature = signRaw({ privateKey: kari.privateKey, algorithm: 'ecdsa-p256-sha256', data: unsorted })
      const result = await verify({ ...good, signedAttributes: unsorted, signature })
      assert.deepEqual([result.verdict, result.reasons[0]?.citation], ['FAILED', 'RFC 5652 5.3'])
    })

    test('when it relies on SHA-1', async () => {
      const files = ['-in', folder.file('content', content), '-signer', kari.certificateFile, '-inkey', kari.keyFile]
      const cms = openssl(['cms', '-sign', '-cades', '-binary', '-md', 'sha1', '-outform', 'DER', ...files])
      const result = await verifySignerInfo({ signedData: parseSignedData(cms), content, crypto: nodeCrypto })
      assert.equal(result.subIndication, 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE')
    })

    test('when any byte of it is changed', async () => {
      const cms = buildSignedData(sign(kari, 'ecdsa-p256-sha256', { certificates: [] }))
      const certificateAt = Buffer.from(cms).indexOf(Buffer.from(kari.der))
      for (let position = 0; position < cms.length; position++) {
        if (position >= certificateAt && position < certificateAt + kari.der.length) continue
        const changed = Uint8Array.from(cms)
        changed[position] = (changed[position] ?? 0) ^ 0x01
        let verdict = 'refused'
        try {
          const signedData = parseSignedData(changed)
          verdict = (await verifySignerInfo({ signedData, content, crypto: nodeCrypto })).verdict
        } catch (error) {
          assert.ok(isSeglError(error, 'MALFORMED_DER'), String(error))
        }
        // Versions and the announced digest list are outside the signature; all else must not pass.
        if (verdict === 'PASSED') assert.ok(isUnprotected(cms, position), `byte ${position} passes`)
      }
    })
  })

  test('is not made with a key of another kind, or over a digest of another length', () => {
    assert.throws(
      () => signRaw({ privateKey: kari.privateKey, algorithm: 'ecdsa-p384-sha384', data: content }),
      (error) => isSeglError(error, 'INVALID_REQUEST'),
    )
    assert.throws(
      () => signRaw({ privateKey: kari.publicKey, algorithm: 'ecdsa-p256-sha256', data: content }),
      (error) => isSeglError(error, 'INVALID_REQUEST'),
    )
    assert.throws(
      () =>
        buildSignedAttributes({
          contentDigest: new Uint8Array(20),
          digestAlgorithm: 'sha256',
          signingCertificate: kari.der,
        }),
      (error) => isSeglError(error, 'INVALID_REQUEST'),
    )
    const input = sign(kari, 'ecdsa-p256-sha256')
    const asStored = implicitTag(0, input.signedAttributes)
    assert.throws(
      () => buildSignedData({ ...input, signedAttributes: asStored }),
      (error) => isSeglError(error, 'INVALID_REQUEST'),
    )
  })
})

function attributesOf(set: Uint8Array): Uint8Array[] {
  const found: Uint8Array[] = []
  for (let at = 3; at < set.length; ) {
    const length = 2 + (set[at + 1] ?? 0)
    found.push(set.subarray(at, at + length))
    at += length
  }
  return found
}

/** The version numbers, the digest announced in SignedData.digestAlgorithms and the absent parameters around it. */
function isUnprotected(cms: Uint8Array, position: number): boolean {
  const hex = Buffer.from(cms).toString('hex')
  const header = hex.indexOf('020101') / 2
  return position < header + 3 + 2 + 13 || hex.slice(position * 2 - 4, position * 2 + 2) === '020101'
}

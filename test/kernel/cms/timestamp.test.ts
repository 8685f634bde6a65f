import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { isSeglError } from '../../../src/errors.ts'
import {
  buildTimestampRequest,
  parseTimestampResponse,
  parseTimestampToken,
  verifyTimestampToken,
} from '../../../src/kernel/cms/index.ts'
import { renewalDue } from '../../../src/kernel/pades/index.ts'
import { nodeCrypto, parseCertificate, validatePath } from '../../../src/kernel/x509/index.ts'
import {
  type Issued,
  openssl,
  rootAuthority,
  temporaryFolder,
  tryOpenssl,
  tsaExtensions,
  withoutOpenssl,
} from '../x509/openssl-authority.ts'

const data = Buffer.from('signaturverdien')

describe('a time-stamp', { skip: withoutOpenssl }, () => {
  const folder = temporaryFolder()
  after(folder.remove)
  const root = rootAuthority(folder.path, { subject: '/C=NO/CN=Rot' })
  const tsa = root.issue({ subject: '/C=NO/O=Test AS/CN=TSA', key: 'RSA-3072', extensions: tsaExtensions })
  const imprint = createHash('sha256').update(data).digest()

  const reply = (request: Uint8Array, signer: Issued = tsa, lines: readonly string[] = []) => {
    folder.file('serial', '01\n')
    const config = folder.file(
      'tsa.cnf',
      '[tsa]\ndefault_tsa = t\n[t]\n' +
        `serial = ${folder.path}/serial\ndefault_policy = 1.2.3.4\nother_policies = 1.2.3.5\n` +
        'digests = sha256, sha384, sha512\nsigner_digest = sha256\naccuracy = secs:1, millisecs:500, microsecs:100\n' +
        `ess_cert_id_alg = sha256\n${lines.join('\n')}\n`,
    )
    const files = [
      '-queryfile',
      folder.file('q.tsq', request),
      '-signer',
      signer.certificateFile,
      '-inkey',
      signer.keyFile,
    ]
    return openssl(['ts', '-reply', '-config', config, ...files])
  }

  const tokenOf = (response: Uint8Array) => {
    const parsed = parseTimestampResponse(response)
    assert.ok(parsed.granted)
    return parsed.token
  }

  test('is asked for in a way that openssl understands', () => {
    const request = buildTimestampRequest({
      digestAlgorithm: 'sha384',
      imprint: new Uint8Array(48).fill(7),
      nonce: Uint8Array.of(0xff, 1, 2, 3, 4, 5, 6, 7),
      policy: '1.2.3.5',
    })
    const text = openssl(['ts', '-query', '-in', folder.file('q.tsq', request), '-text']).toString()
    assert.match(text, /Hash Algorithm: sha384/)
    assert.match(text, /Policy OID: 1\.2\.3\.5/)
    assert.match(text, /Nonce: 0xFF01020304050607/)
    assert.match(text, /Certificate required: yes/)
  })

  test('from openssl is read in full and verifies', async () => {
    const nonce = Uint8Array.of(0, 0, 0x91, 2, 3)
    const before = Math.floor(Date.now() / 1000) * 1000
    const token = tokenOf(
      reply(buildTimestampRequest({ digestAlgorithm: 'sha256', imprint, nonce, policy: '1.2.3.5' })),
    )
    assert.ok(token.genTime >= before && token.genTime <= Date.now())
    assert.equal(token.accuracyMs, 1501)
    assert.equal(token.policy, '1.2.3.5')
    assert.equal(token.serialNumber, '2')
    assert.equal(token.digestAlgorithm, 'sha256')
    assert.deepEqual(Buffer.from(token.tsaCertificate?.der ?? []), tsa.der)
    assert.equal(token.ordering, false)
    const options = { token, nonce, crypto: nodeCrypto }
    const result = await verifyTimestampToken({ ...options, data })
    assert.equal(result.verdict, 'PASSED', JSON.stringify(result.reasons))
    assert.equal((await verifyTimestampToken({ ...options, imprint })).verdict, 'PASSED')
    assert.equal((await verifyTimestampToken(options)).subIndication, 'SIGNED_DATA_NOT_FOUND')

    const files = ['-in', folder.file('t.tst', token.der), '-data', folder.file('data', data)]
    openssl(['ts', '-verify', '-token_in', ...files, '-CAfile', root.certificateFile])
    const path = await validatePath({
      certificate: parseCertificate(tsa.der),
      candidates: [],
      trustAnchors: [parseCertificate(root.der)],
      at: token.genTime,
      revocation: 'unchecked',
      purpose: 'timestamping',
      crypto: nodeCrypto,
    })
    assert.equal(path.verdict, 'PASSED')
  })

  test('is read with SHA-512, ordering and the TSA name', async () => {
    const request = buildTimestampRequest({
      digestAlgorithm: 'sha512',
      imprint: createHash('sha512').update(data).digest(),
    })
    const token = tokenOf(reply(request, tsa, ['ordering = yes', 'tsa_name = yes']))
    assert.equal(token.ordering, true)
    assert.equal(token.nonce, undefined)
    assert.equal(token.tsa?.kind, 'directory')
    assert.equal((await verifyTimestampToken({ token, data, crypto: nodeCrypto })).verdict, 'PASSED')
  })

  test('with the old SHA-1 certificate identifier (RFC 2634) still binds its TSA', async () => {
    const token = tokenOf(
      reply(buildTimestampRequest({ digestAlgorithm: 'sha256', imprint }), tsa, ['ess_cert_id_alg = sha1']),
    )
    assert.equal(token.signedData.signerInfos[0]?.essCertificates[0]?.version, 1)
    assert.equal((await verifyTimestampToken({ token, data, crypto: nodeCrypto })).verdict, 'PASSED')
  })

  test('without the TSA certificate verifies when it is given', async () => {
    const token = tokenOf(reply(buildTimestampRequest({ digestAlgorithm: 'sha256', imprint, certReq: false })))
    assert.equal(token.tsaCertificate, undefined)
    const result = await verifyTimestampToken({ token, data, crypto: nodeCrypto })
    assert.equal(result.subIndication, 'NO_SIGNING_CERTIFICATE_FOUND')
    const given = await verifyTimestampToken({ token, data, certificates: [tsa.der], crypto: nodeCrypto })
    assert.equal(given.verdict, 'PASSED')
  })

  test('over other bytes, or with another nonce or none, is refused', async () => {
    const nonce = randomBytes(8)
    const token = tokenOf(reply(buildTimestampRequest({ digestAlgorithm: 'sha256', imprint, nonce })))
    const other = await verifyTimestampToken({ token, data: Buffer.from('noe annet'), crypto: nodeCrypto })
    assert.deepEqual([other.verdict, other.subIndication], ['FAILED', 'HASH_FAILURE'])
    const wrong = await verifyTimestampToken({ token, data, nonce: randomBytes(8), crypto: nodeCrypto })
    assert.deepEqual([wrong.verdict, wrong.subIndication], ['FAILED', 'FORMAT_FAILURE'])
    const none = tokenOf(reply(buildTimestampRequest({ digestAlgorithm: 'sha256', imprint })))
    assert.equal((await verifyTimestampToken({ token: none, data, nonce, crypto: nodeCrypto })).verdict, 'FAILED')
  })

  test('by a digest that is not accepted, or with critical extensions that nobody knows, is refused', async () => {
    const token = tokenOf(reply(buildTimestampRequest({ digestAlgorithm: 'sha256', imprint })))
    for (const digestAlgorithm of ['sha1', undefined] as const) {
      const result = await verifyTimestampToken({ token: { ...token, digestAlgorithm }, data, crypto: nodeCrypto })
      assert.equal(result.subIndication, 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE')
    }
    const strange = { ...token, unknownCritical: ['1.2.3'] }
    const result = await verifyTimestampToken({ token: strange, data, crypto: nodeCrypto })
    assert.deepEqual([result.verdict, result.subIndication], ['FAILED', 'FORMAT_FAILURE'])
  })

  test('is renewed by what can be read of the revocation data beside it', () => {
    const token = tokenOf(reply(buildTimestampRequest({ digestAlgorithm: 'sha256', imprint })))
    const nothing = { certificates: [root.der], crls: [], ocsps: [] }
    const garbage = [Buffer.from('<html>'), Uint8Array.of(0x30, 0)]
    const due = renewalDue(token.der, nothing)
    assert.deepEqual(renewalDue(token.der, { ...nothing, crls: garbage, ocsps: garbage }), due)
  })

  test('with a TSTInfo that was changed fails', async () => {
    const token = tokenOf(reply(buildTimestampRequest({ digestAlgorithm: 'sha256', imprint })))
    const year = Buffer.from(token.der).indexOf(new Date(token.genTime).toISOString().slice(0, 4))
    const changed = Uint8Array.from(token.der)
    changed[year + 3] = changed[year + 3] === 0x30 ? 0x31 : 0x30
    const result = await verifyTimestampToken({ token: parseTimestampToken(changed), data, crypto: nodeCrypto })
    assert.deepEqual([result.verdict, result.subIndication], ['FAILED', 'HASH_FAILURE'])
  })

  test('that the TSA refuses is an answer with its reasons, no error', () => {
    const md5 = buildTimestampRequest({ digestAlgorithm: 'sha256', imprint, policy: '1.9.9' })
    const refusal = parseTimestampResponse(reply(md5))
    assert.ok(!refusal.granted)
    assert.equal(refusal.status, 'rejection')
    assert.deepEqual(refusal.failures, ['unacceptedPolicy'])
    assert.match(refusal.text, /policy/i)
  })

  test('is no time-stamp when it is another kind of CMS, or cut off', () => {
    const token = tokenOf(reply(buildTimestampRequest({ digestAlgorithm: 'sha256', imprint })))
    const files = ['-in', folder.file('data', data), '-signer', tsa.certificateFile, '-inkey', tsa.keyFile]
    const cms = openssl(['cms', '-sign', '-nodetach', '-binary', '-outform', 'DER', ...files])
    for (const bytes of [cms, token.der.subarray(0, 1000), new Uint8Array()]) {
      assert.throws(
        () => parseTimestampToken(bytes),
        (error) => isSeglError(error, 'MALFORMED_DER'),
      )
    }
  })

  test('is not asked for with an imprint of the wrong length', () => {
    assert.throws(
      () => buildTimestampRequest({ digestAlgorithm: 'sha512', imprint }),
      (error) => isSeglError(error, 'INVALID_REQUEST'),
    )
  })

  test('is refused from a certificate not issued for time-stamping', async () => {
    const signer = root.issue({
      subject: '/CN=Ikke TSA',
      extensions: tsaExtensions.map((line) =>
        line.replace('critical, timeStamping', 'critical, timeStamping, emailProtection'),
      ),
    })
    // openssl refuses to stamp with it, so the token is made as a plain CMS over a borrowed TSTInfo.
    const token = tokenOf(reply(buildTimestampRequest({ digestAlgorithm: 'sha256', imprint })))
    const info = folder.file('info', token.signedData.content ?? new Uint8Array())
    const files = ['-in', info, '-signer', signer.certificateFile, '-inkey', signer.keyFile]
    const type = ['-econtent_type', '1.2.840.113549.1.9.16.1.4']
    const made = tryOpenssl(['cms', '-sign', '-cades', '-nodetach', '-binary', '-outform', 'DER', ...type, ...files])
    assert.equal(made.status, 0, made.text)
    const result = await verifyTimestampToken({ token: parseTimestampToken(made.stdout), data, crypto: nodeCrypto })
    assert.deepEqual([result.subIndication, result.reasons[0]?.citation], ['CHAIN_CONSTRAINTS_FAILURE', 'RFC 3161 2.3'])
  })
})

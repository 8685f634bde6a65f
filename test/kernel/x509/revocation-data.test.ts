import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { isSeglError } from '../../../src/errors.ts'
import {
  bitString,
  booleanValue,
  concatBytes,
  explicitTag,
  integer,
  nullValue,
  octetString,
  oid,
  readDer,
  sequence,
  setOf,
  utf8String,
  wrap,
  x509Time,
} from '../../../src/kernel/der/index.ts'
import {
  buildOcspRequest,
  checkCrl,
  checkOcspResponse,
  findRevocation,
  nodeCrypto,
  parseCertificate,
  parseCrl,
  parseOcspResponse,
  purposeProblem,
} from '../../../src/kernel/x509/index.ts'
import { cpuTime } from '../cpu-time.ts'
import {
  openssl,
  responderExtensions,
  rootAuthority,
  signerExtensions,
  temporaryFolder,
  tryOpenssl,
  withoutOpenssl,
} from './openssl-authority.ts'

describe('OCSP with openssl on the other side', { skip: withoutOpenssl }, () => {
  const folder = temporaryFolder()
  after(folder.remove)
  const ca = rootAuthority(folder.path, { subject: '/C=NO/CN=Utsteder' })
  const kari = ca.issue({ subject: '/CN=Kari', extensions: signerExtensions })
  const responder = ca.issue({ subject: '/CN=OCSP', extensions: responderExtensions })
  const [certificate, issuer] = [parseCertificate(kari.der), parseCertificate(ca.der)]
  const nonce = Uint8Array.from({ length: 32 }, (_, i) => i)
  const at = Date.now()
  const check = (response: Uint8Array, extra: { nonce?: Uint8Array } = {}) =>
    checkOcspResponse({ response: parseOcspResponse(response), certificate, issuer, at, crypto: nodeCrypto, ...extra })

  test('the request names the certificate and carries the nonce', () => {
    const request = buildOcspRequest({ certificate, issuer, nonce })
    const text = openssl(['ocsp', '-reqin', folder.file('r.der', request), '-req_text']).toString()
    assert.match(text, new RegExp(`Serial Number: 0?${certificate.serialNumber}`, 'i'))
    assert.match(text, /Hash Algorithm: sha1/)
    assert.match(text, /OCSP Nonce/)
    const sha256 = buildOcspRequest({ certificate, issuer, digest: 'sha256' })
    assert.match(
      openssl(['ocsp', '-reqin', folder.file('r.der', sha256), '-req_text']).toString(),
      /Hash Algorithm: sha256/,
    )
    for (const size of [0, 129]) {
      assert.throws(
        () => buildOcspRequest({ certificate, issuer, nonce: new Uint8Array(size) }),
        (error) => isSeglError(error, 'INVALID_REQUEST'),
      )
    }
  })

  test('the answer is good, with its times and its nonce', async () => {
    for (const digest of ['sha1', 'sha256'] as const) {
      const der = ca.ocsp(buildOcspRequest({ certificate, issuer, nonce, digest }), responder)
      // openssl wants the digest of the CertID before the certificate.
      const asked = [`-${digest}`, '-issuer', ca.certificateFile, '-cert', kari.certificateFile]
      const response = folder.file('response.der', der)
      const args = ['ocsp', '-no_nonce', '-respin', response, ...asked, '-CAfile', ca.certificateFile]
      const text = openssl(args).toString()
      assert.match(text, /: good/)
      const status = await check(der, { nonce })
      assert.equal(status.status, 'good', JSON.stringify(status.problems))
      assert.ok((status.nextUpdate ?? 0) - (status.thisUpdate ?? 0) === 3_600_000)
      assert.deepEqual(Buffer.from(parseOcspResponse(der).basic?.nonce ?? []), Buffer.from(nonce))
    }
  })

  test('an answer with the nonce of another request is not taken, one without a nonce is', async () => {
    const other = ca.ocsp(buildOcspRequest({ certificate, issuer, nonce: new Uint8Array(32) }), responder)
    assert.equal((await check(other, { nonce })).status, 'unknown')
    const none = ca.ocsp(buildOcspRequest({ certificate, issuer }), responder)
    assert.equal((await check(none, { nonce })).status, 'good')
  })

  test('an answer about another certificate says nothing', async () => {
    const per = ca.issue({ subject: '/CN=Per', extensions: signerExtensions })
    const response = ca.ocsp(buildOcspRequest({ certificate: parseCertificate(per.der), issuer }), responder)
    assert.deepEqual(await check(response).then(({ status, problems }) => [status, problems]), ['unknown', []])
  })

  test('a revoked certificate is revoked from its time on, with the reason', async () => {
    const ola = ca.issue({ subject: '/CN=Ola', extensions: signerExtensions })
    ca.revoke(ola, 'superseded')
    const request = buildOcspRequest({ certificate: parseCertificate(ola.der), issuer })
    const response = parseOcspResponse(ca.ocsp(request, responder))
    const common = { response, certificate: parseCertificate(ola.der), issuer, crypto: nodeCrypto }
    const revoked = await checkOcspResponse({ ...common, at: Date.now() })
    assert.deepEqual([revoked.status, revoked.reason], ['revoked', 4])
    const before = await checkOcspResponse({ ...common, at: (revoked.revokedAt ?? 0) - 1 })
    assert.deepEqual([before.status, before.revokedAt], ['good', revoked.revokedAt])
  })

  test('a certificate the responder does not know is not good', async () => {
    const stranger = rootAuthority(folder.path, { subject: '/C=NO/CN=Utsteder', pair: ca })
    const unknown = stranger.issue({ subject: '/CN=Ukjent', extensions: signerExtensions })
    const request = buildOcspRequest({ certificate: parseCertificate(unknown.der), issuer })
    const response = parseOcspResponse(ca.ocsp(request, responder))
    const common = { response, certificate: parseCertificate(unknown.der), issuer, at, crypto: nodeCrypto }
    assert.match((await checkOcspResponse(common)).problems[0]?.detail ?? '', /does not know/)
  })

  test('a refusal is a status, and something else is malformed', async () => {
    const refusals = ['malformedRequest', 'internalError', 'tryLater', undefined, 'sigRequired', 'unauthorized']
    for (const [index, status] of refusals.entries()) {
      const response = sequence(integer(index + 1, 0x0a))
      if (status === undefined) assert.throws(() => parseOcspResponse(response), /not known/)
      else {
        assert.equal(parseOcspResponse(response).status, status)
        assert.match((await check(response)).problems[0]?.detail ?? '', new RegExp(status))
      }
    }
    for (const response of [sequence(integer(0, 0x0a)), new Uint8Array([0x3c]), Buffer.from('<html>')]) {
      assert.throws(
        () => parseOcspResponse(response),
        (error) => isSeglError(error, 'MALFORMED_DER'),
      )
    }
  })

  test('a critical extension that nobody knows makes an answer useless, in OCSP and in the entry of a CRL', async () => {
    const response = parseOcspResponse(ca.ocsp(buildOcspRequest({ certificate, issuer }), responder))
    const common = { certificate, issuer, at: Date.now(), crypto: nodeCrypto }
    assert.equal((await checkOcspResponse({ ...common, response })).status, 'good')
    const { basic } = response
    assert.ok(basic)
    const strange = { ...response, basic: { ...basic, unknownCritical: ['1.2.3'] } }
    const answer = await checkOcspResponse({ ...common, response: strange })
    assert.match(answer.problems[0]?.detail ?? '', /critical extensions/)

    const crl = parseCrl(ca.crl())
    assert.equal((await checkCrl({ ...common, crl })).status, 'good')
    const extension = sequence(oid('1.2.3'), booleanValue(true), octetString(nullValue()))
    const serial = integer(BigInt(`0x${certificate.serialNumber}`))
    const entry = sequence(serial, x509Time(Date.UTC(2026, 0, 1)), sequence(extension))
    const listed = await checkCrl({ ...common, crl: { ...crl, revokedCertificates: readDer(sequence(entry)) } })
    assert.equal(listed.status, 'unknown')
    assert.match(listed.problems[0]?.detail ?? '', /critical extensions/)
  })

  test('an answer or a certificate of a later version is malformed', () => {
    const basic = sequence(
      sequence(explicitTag(0, integer(1))),
      sequence(oid('1.2.840.113549.1.1.11')),
      bitString(new Uint8Array(1)),
    )
    const response = sequence(oid('1.3.6.1.5.5.7.48.1.1'), octetString(basic))
    assert.throws(
      () => parseOcspResponse(sequence(integer(0, 0x0a), explicitTag(0, response))),
      (error) => isSeglError(error, 'MALFORMED_DER') && /version/.test(error.detail),
    )
    const later = Buffer.from(kari.der)
    later[later.indexOf('a003020102', 'hex') + 4] = 3
    assert.throws(
      () => parseCertificate(later),
      (error) => isSeglError(error, 'MALFORMED_DER') && /version/.test(error.detail),
    )
  })

  test('whoever asks for no purpose is told of none', () => {
    assert.equal(purposeProblem(parseCertificate(responder.der), 'any'), undefined)
    assert.ok(purposeProblem(parseCertificate(responder.der), 'signing'))
  })

  test('openssl takes the CRL that we take, and both see who is on it', async () => {
    const ola = ca.issue({ subject: '/CN=Ola to', extensions: signerExtensions })
    ca.revoke(ola, 'keyCompromise')
    const der = ca.crl()
    const crl = parseCrl(der)
    const status = (one: typeof kari) =>
      checkCrl({ crl, certificate: parseCertificate(one.der), issuer, at: Date.now(), crypto: nodeCrypto })
    const pem = folder.file('crl.pem', openssl(['crl', '-inform', 'DER'], der))
    const judge = (one: typeof kari) =>
      tryOpenssl(['verify', '-crl_check', '-CRLfile', pem, '-CAfile', ca.certificateFile, one.certificateFile]).text
    assert.match(judge(kari), /OK/)
    assert.match(judge(ola), /revoked/)
    assert.equal((await status(kari)).status, 'good')
    assert.equal((await status(ola)).status, 'revoked')
    assert.equal(findRevocation(crl, parseCertificate(ola.der).serialNumber)?.reason, 1)
  })
})

describe('a CRL', () => {
  const name = sequence(setOf([sequence(oid('2.5.4.3'), utf8String('CA'))]))
  const algorithm = sequence(oid('1.2.840.113549.1.1.11'), nullValue())
  const list = (entries: readonly Uint8Array[], version = 1) => {
    const times = [x509Time(Date.UTC(2026, 0, 1)), x509Time(Date.UTC(2027, 0, 1))]
    const tbs = sequence(
      integer(version),
      algorithm,
      name,
      ...times,
      ...(entries.length === 0 ? [] : [concatBytes(wrap(0x30, entries))]),
    )
    return sequence(tbs, algorithm, Uint8Array.of(3, 2, 0, 0))
  }

  test('of 100 000 entries is read and searched in a moment', () => {
    const revokedAt = x509Time(Date.UTC(2026, 5, 1))
    const der = list(Array.from({ length: 100_000 }, (_, i) => sequence(integer(2n ** 100n + BigInt(i)), revokedAt)))
    const started = cpuTime()
    const crl = parseCrl(der)
    const last = findRevocation(crl, (2n ** 100n + 99_999n).toString(16))
    assert.equal(last?.revokedAt, Date.UTC(2026, 5, 1))
    assert.equal(findRevocation(crl, 'ff'), undefined)
    assert.ok(cpuTime() - started < 2000)
  })

  test('without entries names nobody, and serial numbers with a high first bit are found', () => {
    assert.equal(findRevocation(parseCrl(list([])), '1'), undefined)
    const crl = parseCrl(list([sequence(integer(0xff), x509Time(0)), sequence(integer(-1), x509Time(0))]))
    assert.equal(findRevocation(crl, 'ff')?.serialNumber, 'ff')
    assert.equal(findRevocation(crl, '-1'), undefined)
  })

  test('of a version that RFC 5280 5.1.2.1 does not know is refused', () => {
    assert.throws(
      () => parseCrl(list([], 2)),
      (error) => isSeglError(error, 'MALFORMED_DER'),
    )
  })
})

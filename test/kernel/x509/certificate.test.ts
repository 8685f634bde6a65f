import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { rootCertificates } from 'node:tls'
import { isSeglError } from '../../../src/errors.ts'
import { readPem, toHex } from '../../../src/kernel/der/index.ts'
import {
  distinguishedName,
  nameAttribute,
  nameAttributes,
  parseCertificate,
  parseName,
  sameName,
  writeName,
} from '../../../src/kernel/x509/index.ts'
import { caExtensions, openssl, rootAuthority, temporaryFolder, withoutOpenssl } from './openssl-authority.ts'

describe('real certificates of the world', () => {
  test('every root that Node trusts is read as Node reads it', () => {
    assert.ok(rootCertificates.length > 100)
    for (const pem of rootCertificates) {
      const [der = new Uint8Array()] = readPem(pem, 'CERTIFICATE')
      const theirs = new X509Certificate(pem)
      const ours = parseCertificate(der)
      assert.equal(ours.serialNumber, BigInt(`0x${theirs.serialNumber}`).toString(16))
      assert.equal(ours.notBefore, Date.parse(theirs.validFrom))
      assert.equal(ours.notAfter, Date.parse(theirs.validTo))
      assert.deepEqual(Buffer.from(ours.spkiDer), theirs.publicKey.export({ format: 'der', type: 'spki' }))
      assert.equal(ours.basicConstraints?.ca ?? ours.version === 1, theirs.ca || ours.version === 1)
      const bits = theirs.publicKey.asymmetricKeyDetails?.modulusLength
      if (bits !== undefined) assert.equal(ours.publicKey.bits, bits)
      assert.deepEqual(ours.unknownCritical, [])
      assert.ok(ours.signatureScheme !== undefined)
    }
  })
})

describe('a certificate from openssl', { skip: withoutOpenssl }, () => {
  const folder = temporaryFolder()
  after(folder.remove)

  test('its fields and extensions are all read', () => {
    const ca = rootAuthority(folder.path, { subject: '/C=NO/O=Test AS/CN=Rot', key: 'P-384', digest: 'sha384' })
    const leaf = ca.issue({
      subject:
        '/C=NO/O=Blåbær, Ærlig \\/ Sønn AS/organizationIdentifier=NTRNO-974760673/serialNumber=UN:NO-1/CN=Kari Ås',
      key: 'RSA-2048',
      digest: 'sha512',
      notBefore: Date.UTC(2049, 11, 31, 23, 59, 58),
      notAfter: Date.UTC(2051, 0, 1),
      extensions: [
        'basicConstraints = critical, CA:FALSE',
        'keyUsage = critical, nonRepudiation, digitalSignature',
        'extendedKeyUsage = emailProtection, 1.3.6.1.5.5.7.3.36',
        'subjectKeyIdentifier = hash',
        'authorityKeyIdentifier = keyid',
        'authorityInfoAccess = OCSP;URI:http://ocsp.example/a,caIssuers;URI:http://ca.example/ca.cer',
        'crlDistributionPoints = URI:http://crl.example/1.crl,URI:http://crl.example/2.crl',
        'certificatePolicies = 1.2.3.4, 0.4.0.194112.1.2',
        'subjectAltName = email:kari@example.no, URI:https://example.no/x, DNS:example.no, IP:10.0.0.1, dirName:dir',
        qcLine(),
        '1.2.3.4.5 = critical, DER:0500',
        '',
        '[dir]',
        'CN = Et sted',
      ],
    })
    const certificate = parseCertificate(leaf.der)
    assert.equal(certificate.version, 3)
    assert.equal(nameAttribute(certificate.subject, 'CN'), 'Kari Ås')
    assert.equal(nameAttribute(certificate.subject, 'organizationIdentifier'), 'NTRNO-974760673')
    assert.equal(nameAttribute(certificate.subject, 'serialNumber'), 'UN:NO-1')
    assert.deepEqual(nameAttributes(certificate.subject, 'OU'), [])
    assert.equal(certificate.notBefore, Date.UTC(2049, 11, 31, 23, 59, 58))
    assert.equal(certificate.notAfter, Date.UTC(2051, 0, 1))
    assert.deepEqual(certificate.publicKey.kind, 'rsa')
    assert.equal(certificate.publicKey.bits, 2048)
    assert.deepEqual(certificate.signatureScheme, { kind: 'ecdsa', digest: 'sha512' })
    assert.deepEqual([...(certificate.keyUsage ?? [])], ['digitalSignature', 'nonRepudiation'])
    assert.deepEqual(certificate.extendedKeyUsage, {
      purposes: ['1.3.6.1.5.5.7.3.4', '1.3.6.1.5.5.7.3.36'],
      critical: false,
    })
    assert.deepEqual(certificate.aia, { ocsp: ['http://ocsp.example/a'], caIssuers: ['http://ca.example/ca.cer'] })
    assert.deepEqual(certificate.crlDistributionPoints, ['http://crl.example/1.crl', 'http://crl.example/2.crl'])
    assert.deepEqual(certificate.policies, ['1.2.3.4', '0.4.0.194112.1.2'])
    assert.deepEqual(certificate.unknownCritical, ['1.2.3.4.5'])
    assert.deepEqual(
      certificate.subjectAltName.map(({ kind }) => kind),
      ['email', 'uri', 'dns', 'ip', 'directory'],
    )
    assert.deepEqual(certificate.qcStatements, {
      oids: ['0.4.0.1862.1.1', '0.4.0.1862.1.4', '0.4.0.1862.1.6', '0.4.0.1862.1.7', '0.4.0.1862.1.5'],
      compliance: true,
      sscd: true,
      types: ['esign'],
      legislation: ['NO'],
      pds: [{ url: 'http', language: 'en' }],
    })
    const issuer = parseCertificate(ca.der)
    assert.deepEqual(issuer.signatureScheme, { kind: 'ecdsa', digest: 'sha384' })
    assert.equal(issuer.publicKey.curve, 'P-384')
    assert.equal(certificate.authorityKeyIdentifier?.keyIdentifier, issuer.subjectKeyIdentifier)
    assert.ok(issuer.selfIssued && !certificate.selfIssued)
    assert.ok(sameName(issuer.subject, certificate.issuer))
  })

  test('its subject is written as openssl writes it by RFC 4514', () => {
    const ca = rootAuthority(folder.path, {
      subject: '/C=NO/O=Komma\\, \\"Sitat\\" + Pluss AS/CN= # Begge ender ',
      extensions: caExtensions,
    })
    const theirs = openssl([
      'x509',
      '-in',
      ca.certificateFile,
      '-noout',
      '-subject',
      '-nameopt',
      'RFC2253,-esc_msb,utf8',
    ])
    const ours = distinguishedName(parseCertificate(ca.der).subject)
    assert.equal(`subject=${ours}`, theirs.toString('utf8').trimEnd())
  })
})

/** QcCompliance, QcSSCD, QcType esign, QcCClegislation NO, QcPDS (http, en), by hand from EN 319 412-5. */
function qcLine(): string {
  const statement = (arc: string, info = '') => {
    const body = `060604008e4601${arc}${info}`
    return `30${(body.length / 2).toString(16).padStart(2, '0')}${body}`
  }
  const all = [
    statement('01'),
    statement('04'),
    statement('06', '3009060704008e46010601'),
    statement('07', '300413024e4f'),
    statement('05', '300c300a1604687474701302656e'),
  ].join('')
  return `qcStatements = DER:30${(all.length / 2).toString(16).padStart(2, '0')}${all}`
}

describe('names', () => {
  const name = (value: string) =>
    parseName(
      writeName([
        { type: 'C', value: 'NO' },
        { type: 'O', value },
      ]),
    )

  test('letter case and surplus spaces do not make two names different (RFC 5280 7.1)', () => {
    assert.ok(sameName(name('Regnskap  AS'), name(' regnskap as')))
    assert.ok(!sameName(name('Regnskap AS'), name('Regnskap A S')))
  })

  test('control characters in a name cannot break a line of a report', () => {
    assert.equal(distinguishedName(name('A\nB\u0000')), 'O=A\\0aB\\00,C=NO')
  })

  test('a value that is no text is shown by its DER', () => {
    const der = Buffer.from('300e310c300a060355040a0403414243', 'hex')
    assert.equal(distinguishedName(parseName(der)), 'O=#0403414243')
  })
})

describe('a malformed certificate', () => {
  const [pem = ''] = rootCertificates
  const [der = new Uint8Array()] = readPem(pem, 'CERTIFICATE')

  test('is refused with the offset of the fault when bytes follow it', () => {
    assert.throws(
      () => parseCertificate(Uint8Array.of(...der, 0)),
      (error) => isSeglError(error, 'MALFORMED_DER') && error.offset === der.length,
    )
  })

  test('is refused when its two signature algorithms differ (RFC 5280 4.1.1.2)', () => {
    const hex = toHex(der)
    const sha256 = '2a864886f70d01010b'
    const sha1 = '2a864886f70d010105'
    const algorithm = hex.includes(sha256) ? sha256 : sha1
    const at = hex.lastIndexOf(algorithm)
    const changed = Buffer.from(`${hex.slice(0, at)}2a864886f70d01010c${hex.slice(at + algorithm.length)}`, 'hex')
    assert.throws(() => parseCertificate(changed), /signature algorithms of the certificate differ/)
  })

  test('is refused when it has extensions but is not of version 3 (RFC 5280 4.1.2.1)', () => {
    const changed = Buffer.from(toHex(der).replace('a003020102', 'a003020101'), 'hex')
    assert.throws(
      () => parseCertificate(changed),
      (error) => isSeglError(error, 'MALFORMED_DER') && /version 3/.test(error.message),
    )
  })
})

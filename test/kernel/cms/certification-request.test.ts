import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { isSeglError } from '../../../src/errors.ts'
import { buildCertificationRequest, parseCertsOnly } from '../../../src/kernel/cms/index.ts'
import { decodeBase64, writePem } from '../../../src/kernel/der/index.ts'
import { distinguishedName, type SignatureAlgorithm } from '../../../src/kernel/x509/index.ts'
import {
  type KeyKind,
  keyPair,
  openssl,
  rootAuthority,
  temporaryFolder,
  tryOpenssl,
  withoutOpenssl,
} from '../x509/openssl-authority.ts'

describe('enrolment of a seal over EST', { skip: withoutOpenssl }, () => {
  const folder = temporaryFolder()
  after(folder.remove)
  const subject = [
    { type: 'C', value: 'NO' },
    { type: 'O', value: 'Blåbær Regnskap AS' },
    { type: 'organizationIdentifier', value: 'NTRNO-974760673' },
    { type: 'CN', value: 'Blåbær Regnskap AS' },
  ] as const

  const wishes: readonly [SignatureAlgorithm, KeyKind][] = [
    ['rsa-pss-sha256', 'RSA-3072'],
    ['rsa-pkcs1-sha256', 'RSA-2048'],
    ['ecdsa-p256-sha256', 'P-256'],
    ['ecdsa-p384-sha384', 'P-384'],
  ]
  for (const [algorithm, key] of wishes) {
    test(`openssl accepts the request signed by ${algorithm}`, () => {
      const request = buildCertificationRequest({ subject, ...keyPair(key, algorithm), algorithm })
      const file = folder.file('request.csr', writePem(request, 'CERTIFICATE REQUEST'))
      const judged = tryOpenssl([
        'req',
        '-in',
        file,
        '-verify',
        '-noout',
        '-subject',
        '-nameopt',
        'RFC2253,-esc_msb,utf8',
      ])
      assert.equal(judged.status, 0, judged.text)
      assert.match(judged.text, /verify OK/)
      const names = 'CN=Blåbær Regnskap AS,organizationIdentifier=NTRNO-974760673,O=Blåbær Regnskap AS,C=NO'
      assert.ok(judged.text.includes(names), judged.text)
    })
  }

  test('the certificates of the answer are read', () => {
    const root = rootAuthority(folder.path, { subject: '/C=NO/CN=Rot' })
    const ca = root.subordinate({ subject: '/C=NO/CN=Utsteder' })
    const files = ['-certfile', ca.certificateFile, '-certfile', root.certificateFile]
    const answer = openssl(['crl2pkcs7', '-nocrl', ...files, '-outform', 'DER'])
    // RFC 7030 4.1.3: the body is Base64.
    const body = answer.toString('base64').replace(/(.{64})/g, '$1\r\n')
    assert.deepEqual(
      parseCertsOnly(decodeBase64(body))
        .map(({ subject: name }) => distinguishedName(name))
        .sort(),
      ['CN=Rot,C=NO', 'CN=Utsteder,C=NO'],
    )
  })

  test('an answer without certificates, or none at all, is refused', () => {
    const empty = Buffer.from(
      '302306092a864886f70d010702a0163014020101310030' + '0b06092a864886f70d010701' + '3100',
      'hex',
    )
    assert.throws(
      () => parseCertsOnly(empty),
      (error) => isSeglError(error, 'TRUST_SERVICE_MALFORMED'),
    )
    assert.throws(
      () => parseCertsOnly(new Uint8Array([0x30, 0x00])),
      (error) => isSeglError(error, 'MALFORMED_DER'),
    )
    assert.throws(
      () => decodeBase64('<html>'),
      (error) => isSeglError(error, 'MALFORMED_DER'),
    )
  })
})

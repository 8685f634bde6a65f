import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isSeglError } from '../../../src/errors.ts'
import {
  parseSignedData,
  parseTimestampResponse,
  parseTimestampToken,
  readSigningCertificate,
} from '../../../src/kernel/cms/index.ts'
import {
  booleanValue,
  explicitTag,
  implicitTag,
  integer,
  namedBits,
  nullValue,
  octetString,
  oid,
  readDer,
  sequence,
  setOf,
  tlv,
  utf8String,
} from '../../../src/kernel/der/index.ts'

const sha256 = sequence(oid('2.16.840.1.101.3.4.2.1'))
const data = '1.2.840.113549.1.7.1'
const tstInfo = '1.2.840.113549.1.9.16.1.4'
const name = sequence(setOf([sequence(oid('2.5.4.3'), utf8String('Per'))]))

const signerInfo = (...attributes: Uint8Array[]) =>
  sequence(
    integer(1),
    sequence(name, integer(7)),
    sha256,
    setOf(attributes, 0xa0),
    sequence(oid('1.2.840.10045.4.3.2')),
    octetString(Uint8Array.of(1)),
  )
const attribute = (type: string, ...values: Uint8Array[]) => sequence(oid(type), setOf(values))
const signedData = (content: Uint8Array, parts: Uint8Array[], signers: Uint8Array[]) =>
  sequence(
    oid('1.2.840.113549.1.7.2'),
    explicitTag(0, sequence(integer(1), setOf([sha256]), content, ...parts, setOf(signers))),
  )
const detached = sequence(oid(data))
const malformed = (error: unknown) => isSeglError(error, 'MALFORMED_DER')

describe('CMS by other hands', () => {
  test('may carry CRLs and OCSP responses (RFC 5940) and kinds of certificates nobody uses', () => {
    const crl = sequence(integer(1))
    const ocsp = sequence(integer(2, 0x0a))
    const otherInfo = (format: string, info: Uint8Array) => implicitTag(1, sequence(oid(format), info))
    const parts = [
      setOf([sequence(integer(5)), tlv(0xa1, integer(6))], 0xa0),
      setOf([crl, otherInfo('1.3.6.1.5.5.7.16.2', ocsp), otherInfo('1.2.3', ocsp)], 0xa1),
    ]
    const parsed = parseSignedData(signedData(detached, parts, []))
    assert.deepEqual(parsed.certificates, [sequence(integer(5))])
    assert.deepEqual(parsed.crls, [crl])
    assert.deepEqual(parsed.ocspResponses, [ocsp])
    assert.deepEqual(parsed.signerInfos, [])
  })

  test('is refused when an attribute that must be single is there twice (RFC 5652 clause 11)', () => {
    const digest = attribute('1.2.840.113549.1.9.4', octetString(new Uint8Array(32)))
    const other = attribute('1.2.840.113549.1.9.4', octetString(new Uint8Array(32).fill(1)))
    const two = attribute('1.2.840.113549.1.9.4', octetString(Uint8Array.of(1)), octetString(Uint8Array.of(2)))
    assert.throws(() => parseSignedData(signedData(detached, [], [signerInfo(digest, other)])), malformed)
    assert.throws(() => parseSignedData(signedData(detached, [], [signerInfo(two)])), malformed)
    assert.equal(parseSignedData(signedData(detached, [], [signerInfo(digest)])).signerInfos.length, 1)
  })

  test('is refused when it is no SignedData', () => {
    assert.throws(() => parseSignedData(sequence(oid(data), explicitTag(0, octetString()))), /not SignedData/)
  })

  test('may name the certificate with issuer and serial number, by a digest of any kind', () => {
    const hash = octetString(new Uint8Array(20))
    const issuerSerial = (...names: Uint8Array[]) => sequence(sequence(...names), integer(7))
    const version1 = sequence(sequence(sequence(hash, issuerSerial(explicitTag(4, name)))))
    assert.deepEqual(readSigningCertificate(readDer(version1), 1), [
      { version: 1, digest: 'sha1', hash: new Uint8Array(20), issuerDer: name, serialNumber: '7' },
    ])
    const [dns] = readSigningCertificate(readDer(sequence(sequence(sequence(hash, issuerSerial(tlv(0x82)))))), 1)
    assert.equal(dns?.issuerDer, undefined)
    const unknown = sequence(sequence(sequence(sequence(oid('1.2.3')), hash)), sequence())
    assert.equal(readSigningCertificate(readDer(unknown), 2)[0]?.digest, undefined)
  })
})

describe('a time-stamp token by other hands', () => {
  const imprint = sequence(sha256, octetString(new Uint8Array(32)))
  const time = tlv(0x18, Buffer.from('20261122120000.25Z'))
  const info = (...rest: Uint8Array[]) => sequence(integer(1), oid('1.2.3'), imprint, integer(9), time, ...rest)
  const token = (tst: Uint8Array, signers = [signerInfo()], type = tstInfo) =>
    signedData(sequence(oid(type), explicitTag(0, octetString(tst))), [], signers)

  test('may leave everything out that is optional', () => {
    const parsed = parseTimestampToken(token(info()))
    assert.equal(parsed.genTime, Date.UTC(2026, 10, 22, 12, 0, 0, 250))
    assert.deepEqual(
      [parsed.accuracyMs, parsed.nonce, parsed.tsa, parsed.ordering, parsed.tsaCertificate, parsed.unknownCritical],
      [undefined, undefined, undefined, false, undefined, []],
    )
  })

  test('may state everything, also critical extensions that nobody knows', () => {
    const extension = sequence(oid('1.2.3.4'), booleanValue(true), octetString(nullValue()))
    const accuracy = sequence(implicitTag(0, integer(20)), implicitTag(1, integer(1)))
    const parts = [
      accuracy,
      booleanValue(true),
      integer(-5),
      explicitTag(0, implicitTag(6, octetString(Buffer.from('tsa:')))),
      implicitTag(1, sequence(extension)),
    ]
    const parsed = parseTimestampToken(token(info(...parts)))
    assert.equal(parsed.accuracyMs, 21)
    assert.deepEqual(parsed.tsa, { kind: 'uri', value: 'tsa:' })
    assert.deepEqual(parsed.unknownCritical, ['1.2.3.4'])
  })

  test('is refused with two signers, another content, another version or an impossible accuracy', () => {
    const other = sequence(integer(2), oid('1.2.3'), imprint, integer(9), time)
    const short = sequence(
      integer(1),
      oid('1.2.3'),
      sequence(sha256, octetString(new Uint8Array(20))),
      integer(9),
      time,
    )
    const wrong = [
      token(info(), [signerInfo(), signerInfo(attribute('1.2.3', nullValue()))]),
      token(info(), []),
      token(info(), [signerInfo()], data),
      token(other),
      token(short),
      token(info(sequence(implicitTag(0, integer(1000))))),
      token(info(sequence(implicitTag(1, integer(0))))),
      signedData(sequence(oid(tstInfo)), [], [signerInfo()]),
    ]
    for (const der of wrong) assert.throws(() => parseTimestampToken(der), malformed)
  })

  test('that was not granted says why, as far as it says anything', () => {
    const answer = (status: number, ...rest: Uint8Array[]) =>
      parseTimestampResponse(sequence(sequence(integer(status), ...rest)))
    assert.deepEqual(answer(2), { granted: false, status: 'rejection', failures: [], text: '' })
    assert.deepEqual(answer(3, sequence(utf8String('a'), utf8String('b')), namedBits([14, 20])), {
      granted: false,
      status: 'waiting',
      failures: ['timeNotAvailable', 'unknown'],
      text: 'a b',
    })
    assert.throws(() => answer(0), malformed)
    assert.throws(() => answer(6), malformed)
  })
})

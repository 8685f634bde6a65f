// A TSA and an OCSP responder that cost little more than their signatures, so that the bench measures ours and not theirs.
import { createHash, randomBytes, sign } from 'node:crypto'
import type { Signer } from '../src/bankid/ca.ts'
import { parseTimestampToken } from '../src/kernel/cms/index.ts'
import {
  bitString,
  encodingOf,
  enter,
  explicitTag,
  generalizedTime,
  implicitTag,
  integer,
  nullValue,
  octetString,
  oid,
  readDer,
  sequence,
  setOf,
  Tag,
  take,
  takeOptional,
  tlv,
  unsignedInteger,
} from '../src/kernel/der/index.ts'
import {
  digestIdentifier,
  digestOids,
  ocspBasicOid,
  parseCertificate,
  parseOcspResponse,
  schemeIdentifier,
  schemeOfAlgorithm,
} from '../src/kernel/x509/index.ts'

const ecdsa = schemeIdentifier(schemeOfAlgorithm('ecdsa-p256-sha256'))
const sha256 = digestIdentifier('sha256')
const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
const attribute = (type: string, value: Uint8Array) => sequence(oid(type), setOf([value]))

/** A positive serial number of 16 octets. */
const serial = () => unsignedInteger(Buffer.concat([Buffer.of(0x40), randomBytes(15)]))

/** Answers with a TimeStampToken (RFC 3161) over a SHA-256 imprint, signed with P-256, its certificate inside. */
export function fastTimestamps({ key, certificate }: Signer): (imprint: Uint8Array, at: Date) => Uint8Array {
  const tbs = enter(take(enter(readDer(certificate), 'Certificate'), Tag.sequence, 'tbs'), 'TBSCertificate')
  takeOptional(tbs, 0xa0)
  const number = encodingOf(take(tbs, Tag.integer, 'serial'))
  take(tbs, Tag.sequence, 'signature')
  const identifier = sequence(encodingOf(take(tbs, Tag.sequence, 'issuer')), number)
  const contentType = attribute('1.2.840.113549.1.9.3', oid('1.2.840.113549.1.9.16.1.4'))
  const ess = attribute('1.2.840.113549.1.9.16.2.47', sequence(sequence(sequence(octetString(digest(certificate))))))
  const policy = oid('1.3.6.1.4.1.32473.8081.2.1')
  const accuracy = sequence(integer(1))
  const answer = (imprint: Uint8Array, at: Date) => {
    const messageImprint = sequence(sha256, octetString(imprint))
    const info = sequence(integer(1), policy, messageImprint, serial(), generalizedTime(at.getTime()), accuracy)
    const attributes = setOf([contentType, attribute('1.2.840.113549.1.9.4', octetString(digest(info))), ess])
    const signature = sign('sha256', attributes, key)
    const signerInfo = sequence(
      integer(1),
      identifier,
      sha256,
      implicitTag(0, attributes),
      ecdsa,
      octetString(signature),
    )
    const signedData = sequence(
      integer(3),
      setOf([sha256]),
      sequence(oid('1.2.840.113549.1.9.16.1.4'), explicitTag(0, octetString(info))),
      tlv(0xa0, certificate),
      setOf([signerInfo]),
    )
    return sequence(oid('1.2.840.113549.1.7.2'), explicitTag(0, signedData))
  }
  parseTimestampToken(answer(new Uint8Array(32), new Date()))
  return answer
}

/** Answers `good` (RFC 6960) about one certificate, signed with P-256 by the responder of its issuer. */
export function fastOcsp(
  { key, certificate: own }: Signer,
  subject: Uint8Array,
  issuer: Uint8Array,
): (at: Date) => Uint8Array {
  const [about, by, responder] = [subject, issuer, own].map(parseCertificate)
  if (about === undefined || by === undefined || responder === undefined) throw new Error('Three certificates')
  const sha1 = (bytes: Uint8Array) => octetString(createHash('sha1').update(bytes).digest())
  const certificateId = sequence(
    sequence(oid(digestOids.sha1), nullValue()),
    sha1(about.issuerDer),
    sha1(by.publicKey.octets),
    unsignedInteger(
      Buffer.from(about.serialNumber.padStart(about.serialNumber.length + (about.serialNumber.length % 2), '0'), 'hex'),
    ),
  )
  const responderId = explicitTag(2, sha1(responder.publicKey.octets))
  const certificates = explicitTag(0, sequence(own))
  const good = Uint8Array.of(0x80, 0)
  const answer = (at: Date) => {
    const time = generalizedTime(at.getTime())
    const until = explicitTag(0, generalizedTime(at.getTime() + 3_000_000))
    const data = sequence(responderId, time, sequence(sequence(certificateId, good, time, until)))
    const basic = sequence(data, ecdsa, bitString(sign('sha256', data, key)), certificates)
    return sequence(
      tlv(Tag.enumerated, Uint8Array.of(0)),
      explicitTag(0, sequence(oid(ocspBasicOid), octetString(basic))),
    )
  }
  parseOcspResponse(answer(new Date()))
  return answer
}

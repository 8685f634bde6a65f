// The signed attributes of a PAdES baseline signature: exactly the three that EN 319 142-1 Table 1 demands.
import { SeglError } from '../../errors.ts'
import { octetString, oid, sequence, setOf } from '../der/index.ts'
import { digestIdentifier, digestLengths, digestNow, type SigningDigest } from '../x509/index.ts'
import { attributeOids, contentTypes } from './oids.ts'

/**
 * The SET (0x31 …) that is hashed and signed: content-type id-data, message-digest and signing-certificate-v2, sorted.
 * No signing-time: EN 319 142-1 6.3 forbids it, the time is `/M` and the time-stamp.
 */
export function buildSignedAttributes(input: {
  /** Digest of the signed bytes, by `digestAlgorithm`. */
  readonly contentDigest: Uint8Array
  readonly digestAlgorithm: SigningDigest
  /** The signer's certificate, DER. */
  readonly signingCertificate: Uint8Array
}): Uint8Array {
  const { contentDigest, digestAlgorithm, signingCertificate } = input
  expectLength(contentDigest, digestAlgorithm)
  return setOf([
    attribute(attributeOids.contentType, oid(contentTypes.data)),
    attribute(attributeOids.messageDigest, octetString(contentDigest)),
    attribute(attributeOids.signingCertificateV2, signingCertificateV2(digestAlgorithm, signingCertificate)),
  ])
}

/** `buildSignedAttributes` for many signatures with one certificate: everything but the digest is encoded once. */
export function signedAttributesForm(input: {
  readonly digestAlgorithm: SigningDigest
  readonly signingCertificate: Uint8Array
}): (contentDigest: Uint8Array) => Uint8Array {
  const blank = new Uint8Array(digestLengths[input.digestAlgorithm])
  const form = buildSignedAttributes({ ...input, contentDigest: blank })
  const other = buildSignedAttributes({ ...input, contentDigest: blank.map(() => 0xff) })
  // The attributes differ in type and length, so the digest has no say in their order and always lies in the same place.
  const place = form.findIndex((octet, index) => octet !== other[index])
  return (contentDigest) => {
    expectLength(contentDigest, input.digestAlgorithm)
    const filled = form.slice()
    filled.set(contentDigest, place)
    return filled
  }
}

function expectLength(contentDigest: Uint8Array, digestAlgorithm: SigningDigest): void {
  if (contentDigest.length !== digestLengths[digestAlgorithm]) {
    throw new SeglError('INVALID_REQUEST', `A ${digestAlgorithm} digest has ${digestLengths[digestAlgorithm]} octets.`)
  }
}

/** SigningCertificateV2 (RFC 5035 3) without issuerSerial (EN 319 122-1 5.2.2.3); SHA-256 is the default, so absent. */
function signingCertificateV2(digest: SigningDigest, certificate: Uint8Array): Uint8Array {
  const hash = octetString(digestNow(digest, certificate))
  const identifier = digest === 'sha256' ? sequence(hash) : sequence(digestIdentifier(digest), hash)
  return sequence(sequence(identifier))
}

/** An Attribute with the values given (RFC 5652 5.3). */
export function attribute(type: string, ...values: readonly Uint8Array[]): Uint8Array {
  return sequence(oid(type), setOf(values))
}

// Writes the CMS SignedData of a PAdES signature (RFC 5652 5.1, EN 319 142-1 6.3) and says how large it can become.
import { SeglError } from '../../errors.ts'
import {
  compareBytes,
  concatBytes,
  enter,
  equalBytes,
  implicitTag,
  integer,
  octetString,
  oid,
  readDer,
  sequence,
  setOf,
  Tag,
  take,
  takeOptional,
  wrap,
} from '../der/index.ts'
import {
  type Certificate,
  digestIdentifier,
  digestLengths,
  parseCertificate,
  type SignatureAlgorithm,
  type SigningDigest,
  schemeIdentifier,
  schemeOfAlgorithm,
} from '../x509/index.ts'
import { attributeOids, contentTypes } from './oids.ts'
import { buildSignedAttributes } from './signed-attributes.ts'

/** What all signatures with one key and certificate have in common. */
export type SignerCertificates = {
  readonly digestAlgorithm: SigningDigest
  readonly signatureAlgorithm: SignatureAlgorithm
  /** The signer's certificate, DER. */
  readonly signingCertificate: Uint8Array
  /** The rest of the chain, DER; the signer's own may be among them. */
  readonly certificates: readonly Uint8Array[]
}

/** What differs from one signature to the next. */
export type SignatureParts = {
  /** The SET from `buildSignedAttributes`. */
  readonly signedAttributes: Uint8Array
  readonly signature: Uint8Array
  /** TimeStampToken over the signature value: makes B-T of B-B. */
  readonly timestampToken?: Uint8Array
}

export type SignedDataInput = SignerCertificates & SignatureParts

/** A ContentInfo with detached SignedData version 1 and one SignerInfo. */
export function buildSignedData(input: SignedDataInput): Uint8Array {
  return signedDataForm(input)(input)
}

/** `buildSignedData` for many signatures with one certificate: everything but attributes, signature and token is encoded once. */
export function signedDataForm(signer: SignerCertificates): (parts: SignatureParts) => Uint8Array {
  const digest = digestIdentifier(signer.digestAlgorithm)
  const certificates = distinct([signer.signingCertificate, ...signer.certificates]).sort(compareBytes)
  const head = concatBytes([integer(1), setOf([digest]), sequence(oid(contentTypes.data)), ...wrap(0xa0, certificates)])
  const signerHead = concatBytes([integer(1), issuerAndSerialNumber(signer.signingCertificate), digest])
  const algorithm = schemeIdentifier(schemeOfAlgorithm(signer.signatureAlgorithm))
  return ({ signedAttributes, signature, timestampToken }) => {
    if (signedAttributes[0] !== Tag.set) {
      throw new SeglError('INVALID_REQUEST', 'The signed attributes must be the SET that was signed.')
    }
    const signerInfo = wrap(Tag.sequence, [
      signerHead,
      implicitTag(0, signedAttributes),
      algorithm,
      octetString(signature),
      ...(timestampToken === undefined ? [] : unsignedAttributes(timestampToken)),
    ])
    const signedData = wrap(Tag.sequence, [head, ...wrap(Tag.set, signerInfo)])
    return concatBytes(wrap(Tag.sequence, [oid(contentTypes.signedData), ...wrap(0xa0, signedData)]))
  }
}

function unsignedAttributes(timestampToken: Uint8Array): Uint8Array[] {
  const values = wrap(Tag.set, [timestampToken])
  return wrap(0xa1, wrap(Tag.sequence, [oid(attributeOids.signatureTimestamp), ...values]))
}

/** IssuerAndSerialNumber taken from the certificate byte for byte, so that no encoding of a name is ever changed. */
function issuerAndSerialNumber(certificate: Uint8Array): Uint8Array {
  const tbs = enter(take(enter(readDer(certificate), 'Certificate'), Tag.sequence, 'tbsCertificate'), 'TBSCertificate')
  takeOptional(tbs, 0xa0)
  const serial = take(tbs, Tag.integer, 'serialNumber')
  take(tbs, Tag.sequence, 'signature')
  const issuer = take(tbs, Tag.sequence, 'issuer')
  return sequence(certificate.subarray(issuer.start, issuer.end), certificate.subarray(serial.start, serial.end))
}

function distinct(certificates: readonly Uint8Array[]): Uint8Array[] {
  return certificates.filter((one, index) => certificates.findIndex((other) => equalBytes(one, other)) === index)
}

/** Largest signature of an algorithm with this key, in octets; ECDSA is a DER SEQUENCE of two integers. */
export function largestSignature(algorithm: SignatureAlgorithm, certificate: Certificate): number {
  if (algorithm.startsWith('ecdsa-p256')) return 72
  if (algorithm.startsWith('ecdsa-p384')) return 104
  if (algorithm.startsWith('ecdsa-p521')) return 139
  return Math.ceil(certificate.publicKey.bits / 8)
}

/** The most that `/Contents` may hold, in octets: 65 534 hexadecimal digits (ISO 32000-1 Annex C). */
export const largestContents = 32_767

/** Room for a time-stamp token that nobody has seen yet. */
const tokenRoom = 8_192

/**
 * Octets to reserve in `/Contents`: the signature with its chain, and twice the largest token seen, at least 8 KB.
 * The hole is part of the approved hash, so it cannot grow later. Throws SIGNATURE_TOO_LARGE when a chain with one
 * such token cannot fit into 32 767 octets.
 */
export function signedDataBound(
  input: SignerCertificates & {
    /** Octets of the largest token any configured TSA has given; 0 when none is known, or none will come. */
    readonly largestToken?: number
  },
): number {
  const { digestAlgorithm, signatureAlgorithm, signingCertificate, certificates, largestToken = 0 } = input
  const contentDigest = new Uint8Array(digestLengths[digestAlgorithm])
  const withoutToken = buildSignedData({
    digestAlgorithm,
    signatureAlgorithm,
    signedAttributes: buildSignedAttributes({ contentDigest, digestAlgorithm, signingCertificate }),
    signature: new Uint8Array(largestSignature(signatureAlgorithm, parseCertificate(signingCertificate))),
    signingCertificate,
    certificates,
  }).length
  // The attribute around the token and longer length octets of the structures that hold it.
  const around = 64
  if (withoutToken + around + largestToken > largestContents) {
    throw new SeglError(
      'SIGNATURE_TOO_LARGE',
      'The certificate chain and time-stamp need more than 32 767 octets. Use a shorter chain.',
    )
  }
  return Math.min(withoutToken + around + Math.max(2 * largestToken, tokenRoom), largestContents)
}

// The signing-certificate attributes (RFC 2634 5.4 and RFC 5035 3): which certificate the signer bound himself to.
import {
  contextConstructedTag,
  type Element,
  encodingOf,
  enter,
  equalBytes,
  explicit,
  itemsOf,
  leave,
  readOctetString,
  readSerialNumber,
  Tag,
  take,
  takeOptional,
} from '../der/index.ts'
import { type Certificate, type DigestAlgorithm, digestOf, readAlgorithm } from '../x509/index.ts'

export type EssCertificate = {
  readonly version: 1 | 2
  /** SHA-1 in version 1, SHA-256 by default in version 2; undefined when it is none of ours. */
  readonly digest: DigestAlgorithm | undefined
  readonly hash: Uint8Array
  /** From issuerSerial, when given as one directory name. */
  readonly issuerDer: Uint8Array | undefined
  readonly serialNumber: string | undefined
}

/** Reads a SigningCertificate (version 1) or SigningCertificateV2 value. */
export function readSigningCertificate(element: Element, version: 1 | 2): EssCertificate[] {
  const cursor = enter(element, 'SigningCertificate')
  const certificates = itemsOf(take(cursor, Tag.sequence, 'certs'), 'certs', Tag.sequence, Tag.sequence)
  takeOptional(cursor, Tag.sequence)
  leave(cursor)
  return certificates.map((item) => {
    const fields = enter(item, 'ESSCertID')
    const algorithm = version === 2 ? takeOptional(fields, Tag.sequence) : undefined
    const hash = readOctetString(take(fields, Tag.octetString, 'certHash'))
    const issuerSerial = takeOptional(fields, Tag.sequence)
    leave(fields)
    const standard = version === 1 ? 'sha1' : 'sha256'
    const digest = algorithm === undefined ? standard : digestOf(readAlgorithm(algorithm))
    if (issuerSerial === undefined) return { version, digest, hash, issuerDer: undefined, serialNumber: undefined }
    const names = enter(issuerSerial, 'IssuerSerial')
    const [name, ...others] = itemsOf(take(names, Tag.sequence, 'issuer'), 'GeneralNames', Tag.sequence)
    const serialNumber = readSerialNumber(take(names, Tag.integer, 'serialNumber'))
    leave(names)
    const isDirectory = name?.tag === contextConstructedTag(4) && others.length === 0
    return {
      version,
      digest,
      hash,
      issuerDer: isDirectory ? encodingOf(explicit(name, 'issuer')) : undefined,
      serialNumber,
    }
  })
}

/** Whether the certificate, which has this digest by `ess.digest`, is the one the attribute names. */
export function matchesEss(ess: EssCertificate, certificate: Certificate, digest: Uint8Array): boolean {
  if (ess.serialNumber !== undefined && ess.serialNumber !== certificate.serialNumber) return false
  if (ess.issuerDer !== undefined && !equalBytes(ess.issuerDer, certificate.issuerDer)) return false
  return equalBytes(ess.hash, digest)
}

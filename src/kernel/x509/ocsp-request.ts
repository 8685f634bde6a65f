// OCSP requests for one certificate (RFC 6960 4.1).
import { SeglError } from '../../errors.ts'
import { explicitTag, nullValue, octetString, oid, sequence, unsignedInteger } from '../der/index.ts'
import type { Certificate } from './certificate.ts'
import type { DigestAlgorithm } from './crypto.ts'
import { digestNow } from './node-crypto.ts'
import { digestOids, extensionOids } from './oids.ts'

/**
 * An OCSPRequest for one certificate. CertID uses SHA-1 unless told otherwise: it only names the certificate, and it is
 * the one digest every responder knows (RFC 5019 2.1.1). A nonce has 1 to 128 octets (RFC 9654 2.1).
 */
export function buildOcspRequest(input: {
  readonly certificate: Certificate
  readonly issuer: Certificate
  readonly nonce?: Uint8Array
  readonly digest?: DigestAlgorithm
}): Uint8Array {
  const { certificate, issuer, nonce, digest = 'sha1' } = input
  if (nonce !== undefined && (nonce.length < 1 || nonce.length > 128)) {
    throw new SeglError('INVALID_REQUEST', 'An OCSP nonce has 1 to 128 octets (RFC 9654). Give one of 32 octets.')
  }
  const certificateId = sequence(
    sequence(oid(digestOids[digest]), nullValue()),
    octetString(digestNow(digest, certificate.issuerDer)),
    octetString(digestNow(digest, issuer.publicKey.octets)),
    unsignedInteger(hexOctets(certificate.serialNumber)),
  )
  const extensions =
    nonce === undefined
      ? []
      : [explicitTag(2, sequence(sequence(oid(extensionOids.ocspNonce), octetString(octetString(nonce)))))]
  return sequence(sequence(sequence(sequence(certificateId)), ...extensions))
}

const hexOctets = (hex: string): Uint8Array =>
  Uint8Array.from(hex.padStart(hex.length + (hex.length % 2), '0').match(/../g) ?? [], (pair) =>
    Number.parseInt(pair, 16),
  )

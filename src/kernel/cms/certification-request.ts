// PKCS#10 certification requests (RFC 2986) and the certs-only answer of EST (RFC 7030 4.2.3).
import type { KeyObject } from 'node:crypto'
import { SeglError } from '../../errors.ts'
import { bitString, integer, sequence, tlv } from '../der/index.ts'
import {
  type Certificate,
  type NameInput,
  parseCertificate,
  type SignatureAlgorithm,
  schemeIdentifier,
  schemeOfAlgorithm,
  writeName,
} from '../x509/index.ts'
import { parseSignedData } from './read.ts'
import { signRaw } from './sign.ts'

/** A CertificationRequest, signed by the key it asks a certificate for (proof of possession). */
export function buildCertificationRequest(input: {
  readonly subject: NameInput
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
  readonly algorithm: SignatureAlgorithm
}): Uint8Array {
  const { subject, publicKey, privateKey, algorithm } = input
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  // No attributes: [0] is IMPLICIT SET OF, and not optional (RFC 2986 4.1).
  const info = sequence(integer(0), writeName(subject), spki, tlv(0xa0))
  const signature = signRaw({ privateKey, algorithm, data: info })
  return sequence(info, schemeIdentifier(schemeOfAlgorithm(algorithm)), bitString(signature))
}

/** The certificates of a degenerate SignedData (application/pkcs7-mime; smime-type=certs-only), DER already decoded. */
export function parseCertsOnly(der: Uint8Array): Certificate[] {
  const signedData = parseSignedData(der)
  if (signedData.signerInfos.length > 0 || signedData.certificates.length === 0) {
    const detail = 'The answer of the CA holds no certificates. Ask the CA again.'
    throw new SeglError('TRUST_SERVICE_MALFORMED', detail, { offset: 0 })
  }
  return signedData.certificates.map((certificate) => parseCertificate(certificate))
}

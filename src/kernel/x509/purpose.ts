// What a certificate's key may be used for: keyUsage and extendedKeyUsage against the use at hand.
import type { Certificate } from './certificate.ts'
import { keyPurposes } from './oids.ts'
import type { Reason } from './verdict.ts'

/** `signing` is a document signature or seal, `any` leaves the leaf's key usage unchecked. */
export type Purpose = 'signing' | 'timestamping' | 'ocspSigning' | 'any'

/** Key purposes under which CAs issue certificates for signing documents. */
const signingPurposes: readonly string[] = [
  keyPurposes.any,
  keyPurposes.clientAuth,
  keyPurposes.emailProtection,
  keyPurposes.documentSigning,
  keyPurposes.adobeDocumentSigning,
  keyPurposes.microsoftDocumentSigning,
]

/** Why the certificate may not be used for the purpose; undefined when it may. */
export function purposeProblem(certificate: Certificate, purpose: Purpose): Reason | undefined {
  const { keyUsage, extendedKeyUsage } = certificate
  const signs = keyUsage === undefined || keyUsage.has('digitalSignature') || keyUsage.has('nonRepudiation')
  switch (purpose) {
    case 'any':
      return undefined
    case 'signing':
      if (!signs) return problem('RFC 5280 4.2.1.3', 'The key usage of the certificate does not allow signing')
      if (extendedKeyUsage !== undefined && !extendedKeyUsage.purposes.some((oid) => signingPurposes.includes(oid))) {
        return problem(
          'RFC 5280 4.2.1.12',
          'The extended key usage of the certificate does not allow signing documents',
        )
      }
      return undefined
    case 'timestamping':
      // RFC 3161 2.3: exactly one purpose, and critical.
      if (
        extendedKeyUsage === undefined ||
        !extendedKeyUsage.critical ||
        extendedKeyUsage.purposes.length !== 1 ||
        extendedKeyUsage.purposes[0] !== keyPurposes.timeStamping
      ) {
        return problem(
          'RFC 3161 2.3',
          'A time-stamping certificate must have timeStamping as its only, critical purpose',
        )
      }
      return signs
        ? undefined
        : problem('RFC 3161 2.3', 'The key usage of the certificate does not allow time-stamping')
    case 'ocspSigning':
      if (extendedKeyUsage?.purposes.includes(keyPurposes.ocspSigning) !== true) {
        return problem('RFC 6960 4.2.2.2', 'The certificate was not issued for signing OCSP responses')
      }
      return signs ? undefined : problem('RFC 6960 4.2.2.2', 'The key usage of the certificate does not allow signing')
  }
}

/** Why a CA may not issue for the purpose: an extendedKeyUsage in a CA certificate binds what it issues. */
export function issuingProblem(ca: Certificate, purpose: Purpose): Reason | undefined {
  if (ca.extendedKeyUsage === undefined || purpose === 'any') return undefined
  const { purposes } = ca.extendedKeyUsage
  const wanted: readonly string[] =
    purpose === 'timestamping'
      ? [keyPurposes.any, keyPurposes.timeStamping]
      : purpose === 'ocspSigning'
        ? [keyPurposes.any, keyPurposes.ocspSigning]
        : signingPurposes
  if (purposes.some((oid) => wanted.includes(oid))) return undefined
  return problem('RFC 5280 4.2.1.12', 'The extended key usage of the CA does not cover this use')
}

const problem = (citation: string, detail: string): Reason => ({
  subIndication: 'CHAIN_CONSTRAINTS_FAILURE',
  citation,
  detail,
})

// Checks a CRL and looks a certificate up in it (RFC 5280 6.3.3, complete CRLs of the issuing CA).
import type { Certificate } from './certificate.ts'
import { type Crl, findRevocation } from './crl.ts'
import type { Crypto } from './crypto.ts'
import { freshnessProblem, proofProblem } from './freshness.ts'
import { sameName } from './names.ts'
import { type RevocationStatus, unknownStatus } from './revocation-status.ts'
import { weakness } from './strength.ts'
import type { Reason } from './verdict.ts'

export type CrlToCheck = {
  readonly crl: Crl
  readonly certificate: Certificate
  readonly issuer: Certificate
  readonly at: number
  /** By when the CRL provably existed; its issuer must have been valid then. */
  readonly provenAt?: number | undefined
  readonly crypto: Crypto
}

/** What the CRL says about the certificate at `at`; `unknown` with the problem when it cannot be relied on for that. */
export async function checkCrl(input: CrlToCheck): Promise<RevocationStatus> {
  const { crl, certificate, issuer, at, crypto } = input
  // A CRL of another CA is no problem, it just says nothing here.
  if (!sameName(crl.issuer, certificate.issuer)) return unknownStatus([])
  const problem = scopeProblem(crl, certificate) ?? issuerProblem(crl, issuer)
  if (problem !== undefined) return unusable(problem)
  const scheme = crl.signatureScheme
  const { spkiDer: spki } = issuer
  if (scheme === undefined || !(await crypto.verify({ scheme, spki, data: crl.tbsDer, signature: crl.signature }))) {
    return unusable('The signature of the CRL does not verify')
  }
  const weak = weakness(scheme, issuer.publicKey)
  if (weak !== undefined) return unusable(`The signature of the CRL ${weak}`)
  const { thisUpdate, nextUpdate } = crl
  const unproven = proofProblem(issuer, thisUpdate, input.provenAt)
  if (unproven !== undefined) return unproven
  const found = { source: 'crl', evidence: crl.der, thisUpdate, nextUpdate, problems: [] } as const
  const entry = findRevocation(crl, certificate.serialNumber)
  if (entry !== undefined && entry.unknownCritical.length > 0) {
    return unusable('The entry of the CRL has critical extensions that are not known')
  }
  if (entry !== undefined && entry.revokedAt <= at) {
    return { ...found, status: 'revoked', revokedAt: entry.revokedAt, reason: entry.reason }
  }
  const stale = freshnessProblem(certificate, at, { thisUpdate, nextUpdate, expiredFrom: crl.expiredCertsFrom })
  if (stale !== undefined) return unusable(stale)
  return { ...found, status: 'good', revokedAt: entry?.revokedAt, reason: entry?.reason }
}

/** RFC 5280 6.3.3 (b): does this list speak about this certificate at all? */
function scopeProblem(crl: Crl, certificate: Certificate): string | undefined {
  if (crl.unknownCritical.length > 0) return 'The CRL has critical extensions that are not known (or is a delta CRL)'
  const point = crl.issuingDistributionPoint
  if (point === undefined) return undefined
  const isCa = certificate.basicConstraints?.ca === true
  if (point.indirect || point.onlySomeReasons || point.onlyAttributeCertificates) {
    return 'The CRL covers only a part of what can be revoked'
  }
  if ((point.onlyUserCertificates && isCa) || (point.onlyCaCertificates && !isCa)) {
    return 'The CRL covers another kind of certificate'
  }
  if (point.uris.length > 0 && !point.uris.some((uri) => certificate.crlDistributionPoints.includes(uri))) {
    return 'The CRL belongs to another distribution point'
  }
  return undefined
}

function issuerProblem(crl: Crl, issuer: Certificate): string | undefined {
  if (issuer.keyUsage !== undefined && !issuer.keyUsage.has('cRLSign')) return 'The CA may not sign CRLs'
  const wanted = crl.authorityKeyIdentifier?.keyIdentifier
  const own = issuer.subjectKeyIdentifier
  return wanted !== undefined && own !== undefined && wanted !== own ? 'The CRL is signed with another key' : undefined
}

function unusable(detail: string): RevocationStatus {
  const reason: Reason = { subIndication: 'TRY_LATER', citation: 'RFC 5280 6.3.3', detail }
  return unknownStatus([reason])
}

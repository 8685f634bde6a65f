// Does revocation data speak about a certificate at a given time, and may it be relied on (EN 319 102-1 5.2.5, 5.6.2.2)?
import { type Certificate, isValidAt } from './certificate.ts'
import { type RevocationStatus, unknownStatus } from './revocation-status.ts'

/** Clocks of a TSA, a CA and ours may disagree by this much. */
const skew = 60_000

export type Period = {
  readonly thisUpdate: number
  readonly nextUpdate: number | undefined
  /** The issuer keeps answering for certificates that expired at or after this time. */
  readonly expiredFrom: number | undefined
}

/**
 * Why an answer does not speak about `certificate` at `at`, as a sentence; undefined when it does. Newer data is always
 * good: what is not revoked later was not revoked before. Older data counts until its own nextUpdate.
 */
export function freshnessProblem(certificate: Certificate, at: number, period: Period): string | undefined {
  const { thisUpdate, nextUpdate, expiredFrom } = period
  if (nextUpdate !== undefined && nextUpdate < thisUpdate) return 'The revocation data ends before it begins'
  // RFC 5280 3.3: issuers drop expired certificates, so silence about one means nothing.
  if (thisUpdate > certificate.notAfter + skew && (expiredFrom === undefined || expiredFrom > certificate.notAfter)) {
    return 'The revocation data was issued after the certificate had expired'
  }
  if (thisUpdate + skew >= at) return undefined
  if (nextUpdate !== undefined && at <= nextUpdate) return undefined
  return `The revocation data of ${new Date(thisUpdate).toISOString()} is too old`
}

/**
 * The answer `unknown` when the data's issuer was not valid any more by the time the data provably existed, or the data
 * claims to be younger than that proof; undefined when all is well or no such time is given.
 */
export function proofProblem(
  issuer: Certificate,
  thisUpdate: number,
  provenAt: number | undefined,
): RevocationStatus | undefined {
  if (provenAt === undefined || (isValidAt(issuer, provenAt) && thisUpdate <= provenAt + skew)) return undefined
  return unknownStatus([
    {
      subIndication: 'REVOCATION_OUT_OF_BOUNDS_NO_POE',
      citation: 'EN 319 102-1 5.6.2.2',
      detail: 'Nothing proves that the revocation data existed while the certificate of its issuer was valid',
    },
  ])
}

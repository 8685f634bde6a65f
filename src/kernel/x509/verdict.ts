// Verdicts of ETSI EN 319 102-1 clause 5.1.3: the main status, the sub-indication and what led to it.

export type Verdict = 'PASSED' | 'FAILED' | 'INDETERMINATE'

/** Sub-indications of EN 319 102-1 Table 3 that the kernel can reach. */
export type SubIndication =
  | 'FORMAT_FAILURE'
  | 'HASH_FAILURE'
  | 'SIG_CRYPTO_FAILURE'
  | 'REVOKED'
  | 'EXPIRED'
  | 'NOT_YET_VALID'
  | 'SIG_CONSTRAINTS_FAILURE'
  | 'CHAIN_CONSTRAINTS_FAILURE'
  | 'CERTIFICATE_CHAIN_GENERAL_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE'
  | 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE'
  | 'TIMESTAMP_ORDER_FAILURE'
  | 'NO_SIGNING_CERTIFICATE_FOUND'
  | 'NO_CERTIFICATE_CHAIN_FOUND'
  | 'REVOKED_NO_POE'
  | 'REVOKED_CA_NO_POE'
  | 'OUT_OF_BOUNDS_NO_POE'
  | 'OUT_OF_BOUNDS_NOT_REVOKED'
  | 'REVOCATION_OUT_OF_BOUNDS_NO_POE'
  | 'NO_POE'
  | 'TRY_LATER'
  | 'SIGNED_DATA_NOT_FOUND'

/** One thing that was found wrong, for the report: the rule by its clause, and what broke it. */
export type Reason = {
  readonly subIndication: SubIndication
  /** The clause that is broken, such as `RFC 5280 6.1.4 (k)`. */
  readonly citation: string
  /** A sentence in English; names certificates by their subject, never prints keys or bytes. */
  readonly detail: string
}

const failures: ReadonlySet<SubIndication> = new Set([
  'FORMAT_FAILURE',
  'HASH_FAILURE',
  'SIG_CRYPTO_FAILURE',
  'REVOKED',
  'EXPIRED',
  'NOT_YET_VALID',
])

/** The main status that goes with a sub-indication (EN 319 102-1 Table 3); PASSED when there is none. */
export function verdictOf(subIndication: SubIndication | undefined): Verdict {
  if (subIndication === undefined) return 'PASSED'
  return failures.has(subIndication) ? 'FAILED' : 'INDETERMINATE'
}

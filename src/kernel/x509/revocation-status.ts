// The answer to the question whether a certificate was revoked at a given time.
import type { Reason } from './verdict.ts'

export type RevocationStatus = {
  /** `unknown` when nothing usable speaks about the certificate at that time. */
  readonly status: 'good' | 'revoked' | 'unknown'
  readonly source: 'ocsp' | 'crl' | undefined
  /** The response or list that decided, DER. */
  readonly evidence: Uint8Array | undefined
  /** Milliseconds since 1970. Also given with `good`, when the certificate was revoked only after the time asked for. */
  readonly revokedAt: number | undefined
  /** CRLReason by number; 6 is certificateHold. */
  readonly reason: number | undefined
  readonly thisUpdate: number | undefined
  readonly nextUpdate: number | undefined
  /** Why the other material could not be used. */
  readonly problems: readonly Reason[]
}

export const unknownStatus = (problems: readonly Reason[]): RevocationStatus => ({
  status: 'unknown',
  source: undefined,
  evidence: undefined,
  revokedAt: undefined,
  reason: undefined,
  thisUpdate: undefined,
  nextUpdate: undefined,
  problems,
})

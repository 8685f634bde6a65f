// Validates a certificate at a given time: path, constraints and revocation (RFC 5280 clause 6, EN 319 102-1 5.2.6).
import type { Certificate } from './certificate.ts'
import { chainProblems } from './chain-rules.ts'
import type { Crypto } from './crypto.ts'
import { distinguishedName } from './names.ts'
import { findPaths } from './path-building.ts'
import type { Purpose } from './purpose.ts'
import { type RevocationMaterial, revocationStatus } from './revocation.ts'
import type { RevocationStatus } from './revocation-status.ts'
import { type Reason, type SubIndication, type Verdict, verdictOf } from './verdict.ts'

export type PathInput = {
  readonly certificate: Certificate
  /** Certificates that may be issuers, from the signature, the DSS or elsewhere; none of them is trusted. */
  readonly candidates: readonly Certificate[]
  readonly trustAnchors: readonly Certificate[]
  /** The time at which the certificate has to have been valid (best-signature-time), milliseconds since 1970. */
  readonly at: number
  /** OCSP responses and CRLs, DER; `'unchecked'` leaves revocation out, for material whose status is looked at later. */
  readonly revocation: RevocationMaterial | 'unchecked'
  /**
   * By when that material provably existed (the time-stamp over the DSS); its issuers must have been valid then, or a
   * key stolen after its end could have written it (EN 319 102-1 5.6.2.2). Left out for material fetched just now.
   */
  readonly revocationProvenAt?: number
  readonly purpose: Purpose
  readonly crypto: Crypto
}

export type CertificateRevocation = RevocationStatus & { readonly certificate: Certificate }

export type PathValidation = {
  readonly verdict: Verdict
  readonly subIndication: SubIndication | undefined
  readonly reasons: readonly Reason[]
  /** From the certificate to the trust anchor; only the certificate itself when no chain was found. */
  readonly path: readonly Certificate[]
  /** One for each certificate of the path but the anchor; empty when revocation was left out. */
  readonly revocation: readonly CertificateRevocation[]
}

/** Which sub-indication stands for a path with several faults: what more data cannot cure comes first. */
const order: readonly SubIndication[] = [
  'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  'NO_CERTIFICATE_CHAIN_FOUND',
  'CHAIN_CONSTRAINTS_FAILURE',
  'REVOKED_NO_POE',
  'REVOKED_CA_NO_POE',
  'OUT_OF_BOUNDS_NO_POE',
  'REVOCATION_OUT_OF_BOUNDS_NO_POE',
  'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
  'TRY_LATER',
]

const rank = (subIndication: SubIndication | undefined) =>
  subIndication === undefined ? order.length : order.indexOf(subIndication)

/**
 * Looks for a chain to a trust anchor that passes every rule at `at`; without one, the chain that comes nearest is
 * reported. As in EN 319 102-1 5.2.6 the verdict is PASSED or INDETERMINATE: only the caller knows what is proven about
 * the time of signing.
 */
export async function validatePath(input: PathInput): Promise<PathValidation> {
  const { paths, brokenLink } = await findPaths(input)
  let best: PathValidation | undefined
  for (const path of paths) {
    const found = await validateChain(input, path)
    if (found.verdict === 'PASSED') return found
    if (best === undefined || rank(found.subIndication) > rank(best.subIndication)) best = found
  }
  return best ?? noChain(input.certificate, brokenLink)
}

async function validateChain(input: PathInput, path: readonly Certificate[]): Promise<PathValidation> {
  const { at, purpose, candidates, crypto } = input
  const reasons = chainProblems({ path, at, purpose })
  const revocation: CertificateRevocation[] = []
  if (input.revocation !== 'unchecked') {
    for (const [index, certificate] of path.entries()) {
      const issuer = path[index + 1]
      if (issuer === undefined) break
      const material = { revocation: input.revocation, provenAt: input.revocationProvenAt, candidates, crypto }
      const status = await revocationStatus({ certificate, issuer, at, ...material })
      revocation.push({ ...status, certificate })
      reasons.push(...revocationReasons(certificate, status, index === 0))
    }
  }
  const [first] = [...reasons].sort((a, b) => rank(a.subIndication) - rank(b.subIndication))
  const subIndication = first?.subIndication
  return { verdict: verdictOf(subIndication), subIndication, reasons, path, revocation }
}

function revocationReasons(certificate: Certificate, status: RevocationStatus, isLeaf: boolean): Reason[] {
  const subject = distinguishedName(certificate.subject)
  if (status.status === 'good') return []
  if (status.status === 'unknown') {
    const detail = `Nothing usable says whether the certificate "${subject}" was revoked`
    // Material whose issuer has expired is not cured by waiting, unlike material that is missing.
    const expired = status.problems.some((problem) => problem.subIndication === 'REVOCATION_OUT_OF_BOUNDS_NO_POE')
    const subIndication = expired ? 'REVOCATION_OUT_OF_BOUNDS_NO_POE' : 'TRY_LATER'
    return [{ subIndication, citation: 'EN 319 102-1 5.2.6.4', detail }, ...status.problems]
  }
  // CRLReason certificateHold: it may yet be released.
  const onHold = status.reason === 6
  const revoked = isLeaf ? 'REVOKED_NO_POE' : 'REVOKED_CA_NO_POE'
  const since = new Date(status.revokedAt ?? 0).toISOString()
  return [
    {
      subIndication: onHold ? 'TRY_LATER' : revoked,
      citation: 'RFC 5280 6.1.3 (a)(3)',
      detail: `The certificate "${subject}" is ${onHold ? 'on hold' : 'revoked'} since ${since}`,
    },
  ]
}

function noChain(certificate: Certificate, brokenLink: boolean): PathValidation {
  const subject = distinguishedName(certificate.subject)
  const reason: Reason = brokenLink
    ? {
        subIndication: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
        citation: 'RFC 5280 6.1.3 (a)(1)',
        detail: `In the chain of "${subject}" a certificate is not signed with the key of the issuer it names`,
      }
    : {
        subIndication: 'NO_CERTIFICATE_CHAIN_FOUND',
        citation: 'EN 319 102-1 5.2.6.4',
        detail: `No chain leads from "${subject}" to a trust anchor`,
      }
  const { subIndication } = reason
  return { verdict: verdictOf(subIndication), subIndication, reasons: [reason], path: [certificate], revocation: [] }
}

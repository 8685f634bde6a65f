// Certificate policies along a path (RFC 5280 6.1 as simplified by RFC 9618): is there a policy the whole path has?
import type { Certificate } from './certificate.ts'
import { anyPolicyOid } from './oids.ts'

/** State between two certificates; the policies are those that the next certificate may have, none means no policy is left. */
export type PolicyState = {
  readonly policies: ReadonlySet<string>
  readonly explicitPolicy: number
  readonly policyMapping: number
  readonly inhibitAnyPolicy: number
}

/** For a path of `length` certificates below the anchor, any policy accepted and none demanded by the verifier. */
export function initialPolicyState(length: number): PolicyState {
  const never = length + 1
  return {
    policies: new Set([anyPolicyOid]),
    explicitPolicy: never,
    policyMapping: never,
    inhibitAnyPolicy: never,
  }
}

/** RFC 5280 6.1.3 (d) to (f): the policies of `certificate` that the path so far allows. */
export function policiesOf(certificate: Certificate, state: PolicyState, isLeaf: boolean): Set<string> {
  const own = new Set(certificate.policies)
  const valid = new Set<string>()
  for (const policy of own) {
    if (policy === anyPolicyOid) continue
    if (state.policies.has(policy) || state.policies.has(anyPolicyOid)) valid.add(policy)
  }
  if (own.has(anyPolicyOid) && (state.inhibitAnyPolicy > 0 || (!isLeaf && certificate.selfIssued))) {
    for (const policy of state.policies) valid.add(policy)
  }
  return valid
}

/** True when the path needs a policy and has none (RFC 5280 6.1.3 (f), 6.1.5 (g)). */
export const lacksPolicy = (valid: ReadonlySet<string>, explicitPolicy: number): boolean =>
  explicitPolicy <= 0 && valid.size === 0

/** RFC 5280 6.1.4 (a), (b), (h) to (j): the state for the certificates that `certificate` issues. */
export function nextPolicyState(certificate: Certificate, valid: Set<string>, state: PolicyState): PolicyState {
  // 6.1.4 (h): a self-issued certificate (key rollover) does not count.
  const step = certificate.selfIssued ? 0 : 1
  const least = (counter: number, bound: number | undefined) =>
    Math.min(Math.max(counter - step, 0), bound ?? Number.POSITIVE_INFINITY)
  return {
    policies: mapPolicies(certificate, valid, state.policyMapping > 0),
    explicitPolicy: least(state.explicitPolicy, certificate.policyConstraints?.requireExplicitPolicy),
    policyMapping: least(state.policyMapping, certificate.policyConstraints?.inhibitPolicyMapping),
    inhibitAnyPolicy: least(state.inhibitAnyPolicy, certificate.inhibitAnyPolicy),
  }
}

/** The explicit-policy counter for the last certificate (RFC 5280 6.1.5 (a), (b)). */
export function finalExplicitPolicy(certificate: Certificate, state: PolicyState): number {
  const counter = Math.max(state.explicitPolicy - 1, 0)
  return certificate.policyConstraints?.requireExplicitPolicy === 0 ? 0 : counter
}

function mapPolicies(certificate: Certificate, valid: Set<string>, allowed: boolean): Set<string> {
  if (certificate.policyMappings.length === 0) return valid
  const mapped = new Set(valid)
  for (const { issuer } of certificate.policyMappings) mapped.delete(issuer)
  if (!allowed) return mapped
  for (const { issuer, subject } of certificate.policyMappings) {
    if (valid.has(issuer) || valid.has(anyPolicyOid)) mapped.add(subject)
  }
  return mapped
}

/** RFC 5280 6.1.4 (a): anyPolicy must not be mapped. */
export function mapsAnyPolicy(certificate: Certificate): boolean {
  return certificate.policyMappings.some(({ issuer, subject }) => issuer === anyPolicyOid || subject === anyPolicyOid)
}

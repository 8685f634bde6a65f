// The rules of RFC 5280 6.1 for one chain whose signatures already verified; revocation is looked at elsewhere.
import { type Certificate, isValidAt } from './certificate.ts'
import { type NameConstraintState, nameConstraintProblem } from './name-constraints.ts'
import { distinguishedName } from './names.ts'
import {
  finalExplicitPolicy,
  initialPolicyState,
  lacksPolicy,
  mapsAnyPolicy,
  nextPolicyState,
  type PolicyState,
  policiesOf,
} from './policies.ts'
import { issuingProblem, type Purpose, purposeProblem } from './purpose.ts'
import { weakness } from './strength.ts'
import type { Reason, SubIndication } from './verdict.ts'

export type ChainRules = {
  /** Leaf first, trust anchor last. */
  readonly path: readonly Certificate[]
  /** Milliseconds since 1970. */
  readonly at: number
  readonly purpose: Purpose
}

type Walk = {
  readonly reasons: Reason[]
  maxPathLength: number
  nameConstraints: NameConstraintState
  policies: PolicyState
}

/** Everything that is wrong with the chain at that time, the certificates taken from the anchor to the leaf. */
export function chainProblems(rules: ChainRules): Reason[] {
  const { path, purpose } = rules
  const [anchor, ...chain] = [...path].reverse()
  const leaf = path[0]
  if (anchor === undefined || leaf === undefined) return []
  const walk: Walk = {
    reasons: [],
    // RFC 5937: the constraints of the anchor's own certificate hold as well.
    maxPathLength: anchor.basicConstraints?.pathLength ?? Number.POSITIVE_INFINITY,
    nameConstraints: anchor.nameConstraints === undefined ? [] : [anchor.nameConstraints],
    policies: initialPolicyState(chain.length),
  }
  if (chain.length > 0) {
    anchorRules(walk, anchor, purpose)
    chain.forEach((certificate, index) => {
      const issuer = index === 0 ? anchor : chain[index - 1]
      const isLeaf = index === chain.length - 1
      certificateRules(walk, rules, certificate, issuer ?? anchor, isLeaf)
    })
  }
  const wrongPurpose = purposeProblem(leaf, purpose)
  if (wrongPurpose !== undefined) walk.reasons.push(withSubject(wrongPurpose, leaf))
  return walk.reasons
}

function anchorRules({ reasons }: Walk, anchor: Certificate, purpose: Purpose): void {
  if (anchor.basicConstraints?.ca === false || (anchor.version === 3 && anchor.basicConstraints === undefined)) {
    reasons.push(constraint('RFC 5280 6.1.4 (k)', anchor, 'is no CA'))
  }
  if (anchor.keyUsage !== undefined && !anchor.keyUsage.has('keyCertSign')) {
    reasons.push(constraint('RFC 5280 6.1.4 (n)', anchor, 'may not sign certificates'))
  }
  const problem = issuingProblem(anchor, purpose)
  if (problem !== undefined) reasons.push(withSubject(problem, anchor))
}

function certificateRules(
  walk: Walk,
  { at, purpose }: ChainRules,
  certificate: Certificate,
  issuer: Certificate,
  isLeaf: boolean,
): void {
  const { reasons } = walk
  const weak =
    weakness(certificate.signatureScheme, issuer.publicKey) ?? (isLeaf ? keyWeakness(certificate) : undefined)
  if (weak !== undefined) {
    reasons.push(reason('CRYPTO_CONSTRAINTS_FAILURE_NO_POE', 'ETSI TS 119 312', certificate, weak))
  }
  if (!isValidAt(certificate, at)) {
    const when = at < certificate.notBefore ? 'was not yet valid' : 'had expired'
    const detail = `${when} at ${new Date(at).toISOString()}`
    reasons.push(reason('OUT_OF_BOUNDS_NO_POE', 'RFC 5280 6.1.3 (a)(2)', certificate, detail))
  }
  if (isLeaf || !certificate.selfIssued) {
    const problem = nameConstraintProblem(certificate, walk.nameConstraints)
    if (problem !== undefined) {
      reasons.push(constraint('RFC 5280 6.1.3 (b), (c)', certificate, `breaks a name constraint: ${problem}`))
    }
  }
  if (certificate.unknownCritical.length > 0) {
    const detail = `has critical extensions that are not known: ${certificate.unknownCritical.join(', ')}`
    reasons.push(constraint('RFC 5280 6.1.4 (o), 6.1.5 (f)', certificate, detail))
  }
  if (certificate.ocspNoCheck && purpose !== 'ocspSigning') {
    // RFC 6960 4.2.2.2.1 defines it for responders only; elsewhere it would switch revocation off.
    reasons.push(constraint('RFC 6960 4.2.2.2.1', certificate, 'has ocsp-nocheck without being an OCSP responder'))
  }
  policyRules(walk, certificate, isLeaf)
  if (!isLeaf) caRules(walk, certificate, purpose)
}

const keyWeakness = ({ publicKey }: Certificate) =>
  publicKey.kind === 'other' || publicKey.bits === 0
    ? 'has a key of a kind that is not supported'
    : weakness({ kind: 'ed25519' }, publicKey)

function policyRules(walk: Walk, certificate: Certificate, isLeaf: boolean): void {
  const valid = policiesOf(certificate, walk.policies, isLeaf)
  const explicitPolicy = isLeaf ? finalExplicitPolicy(certificate, walk.policies) : walk.policies.explicitPolicy
  if (lacksPolicy(valid, explicitPolicy)) {
    walk.reasons.push(
      constraint('RFC 5280 6.1.3 (f), 6.1.5 (g)', certificate, 'lacks a policy that a CA above demands'),
    )
  }
  if (isLeaf) return
  if (mapsAnyPolicy(certificate)) {
    walk.reasons.push(constraint('RFC 5280 6.1.4 (a)', certificate, 'maps the policy that means any'))
  }
  walk.policies = nextPolicyState(certificate, valid, walk.policies)
}

/** RFC 5280 6.1.4 (g), (k) to (n): what a certificate must allow to issue the next one. */
function caRules(walk: Walk, certificate: Certificate, purpose: Purpose): void {
  const { reasons } = walk
  if (certificate.version !== 3 || certificate.basicConstraints?.ca !== true) {
    reasons.push(constraint('RFC 5280 6.1.4 (k)', certificate, 'is no CA'))
  }
  if (!certificate.selfIssued) {
    if (walk.maxPathLength <= 0) {
      reasons.push(constraint('RFC 5280 6.1.4 (l)', certificate, 'is one CA more than a CA above allows'))
    }
    walk.maxPathLength -= 1
  }
  walk.maxPathLength = Math.min(
    walk.maxPathLength,
    certificate.basicConstraints?.pathLength ?? Number.POSITIVE_INFINITY,
  )
  if (certificate.keyUsage !== undefined && !certificate.keyUsage.has('keyCertSign')) {
    reasons.push(constraint('RFC 5280 6.1.4 (n)', certificate, 'may not sign certificates'))
  }
  const problem = issuingProblem(certificate, purpose)
  if (problem !== undefined) reasons.push(withSubject(problem, certificate))
  if (certificate.nameConstraints !== undefined) {
    walk.nameConstraints = [...walk.nameConstraints, certificate.nameConstraints]
  }
}

function reason(subIndication: SubIndication, citation: string, certificate: Certificate, detail: string): Reason {
  return { subIndication, citation, detail: `The certificate "${distinguishedName(certificate.subject)}" ${detail}` }
}

const constraint = (citation: string, certificate: Certificate, detail: string): Reason =>
  reason('CHAIN_CONSTRAINTS_FAILURE', citation, certificate, detail)

function withSubject(problem: Reason, certificate: Certificate): Reason {
  return { ...problem, detail: `${problem.detail} ("${distinguishedName(certificate.subject)}")` }
}

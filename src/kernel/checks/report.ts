// The report: every check of every signature, the level reached, the verdict, and what is not proven.
import { createHash } from 'node:crypto'
import { readInPieces } from '../pdf/index.ts'
import { distinguishedName, nameAttribute, type SubIndication, type Verdict } from '../x509/index.ts'
import type { Check, Finding } from './check.ts'
import type { Evidence, Signature } from './evidence.ts'
import { changeIn } from './pdf/later-changes.ts'

export type CheckReport = {
  readonly id: string
  readonly title: string
  readonly verdict: Verdict
  readonly subIndication?: SubIndication | undefined
  readonly citation: string
  readonly detail?: string | undefined
}

export type SignatureReport = {
  readonly field: string
  readonly kind: Signature['kind']
  /** What the file itself carries for this signature; `null` for time-stamps. */
  readonly level: 'B-B' | 'B-T' | 'B-LT' | 'B-LTA' | null
  readonly verdict: Verdict
  readonly subIndication: SubIndication | null
  readonly signer: {
    readonly name: string
    readonly subject: string
    readonly issuer: string
    readonly serialNumber: string
  } | null
  /** RFC 3339; null when nothing proves a time. */
  readonly bestTime: string | null
  readonly claimedTime: string | null
  readonly revision: number | null
  readonly checks: readonly CheckReport[]
}

export type RevisionReport = {
  readonly number: number
  readonly end: number
  /** SHA-256 of the file up to the end of this revision, hex. */
  readonly sha256: string
  readonly change: 'upload' | 'archiving' | 'signing' | 'other'
}

export type Report = {
  readonly sha256: string
  readonly verdict: Verdict
  readonly subIndication: SubIndication | null
  readonly simulated: boolean
  readonly revisions: readonly RevisionReport[]
  readonly signatures: readonly SignatureReport[]
  /** Codes of what this verification does not show; text/ has the sentences. */
  readonly notProven: readonly NotProven[]
}

export type NotProven =
  | 'LEGAL_EFFECT_SIMULATED'
  | 'AUTHORITY_TO_SIGN'
  | 'CONTENT_UNDERSTOOD'
  | 'NO_SIGNATURE'
  | 'TRUST_NOT_GIVEN'
  | 'BYTES_AFTER_LAST_SIGNATURE'
  | 'TIME_NOT_TRUSTED'

export type Checked = { readonly signature: Signature; readonly findings: readonly (readonly [Check, Finding])[] }

export const runChecks = (
  signatures: readonly Signature[],
  evidence: Evidence,
  checks: readonly Check[],
): readonly Checked[] =>
  signatures.map((signature) => ({
    signature,
    findings: checks.flatMap((check) => {
      const finding = check.run(signature, evidence)
      return finding ? [[check, finding] as const] : []
    }),
  }))

export function conclude(checked: readonly Checked[], evidence: Evidence): Report {
  const signatures = checked.map((one) => signatureReport(one, evidence))
  const last = evidence.embedded.at(-1)
  const uncovered = last !== undefined && last.covers !== evidence.revisions.length - 1
  const trailing = evidence.source.size > (evidence.revisions.at(-1)?.end ?? 0)
  const worst = worstOf(signatures)
  const simulated = checked.some(({ signature }) => isSimulated(signature))
  const unsigned = signatures.length === 0
  const verdict: Verdict = unsigned
    ? 'INDETERMINATE'
    : uncovered || trailing
      ? atLeast(worst.verdict, 'INDETERMINATE')
      : worst.verdict
  return {
    sha256: sha256(evidence, evidence.source.size),
    verdict,
    subIndication:
      verdict === 'PASSED' ? null : (worst.subIndication ?? (unsigned ? 'SIGNED_DATA_NOT_FOUND' : 'FORMAT_FAILURE')),
    simulated,
    revisions: evidence.revisions.map(({ index, end }) => ({
      number: index,
      end,
      sha256: sha256(evidence, end),
      change: index === 0 ? 'upload' : changeIn(evidence, index).kind,
    })),
    signatures,
    notProven: [
      ...(unsigned ? (['NO_SIGNATURE'] as const) : []),
      ...(evidence.trustAnchors.length === 0 ? (['TRUST_NOT_GIVEN'] as const) : []),
      ...(uncovered || trailing ? (['BYTES_AFTER_LAST_SIGNATURE'] as const) : []),
      ...(signatures.some(({ kind, bestTime }) => kind !== 'timestamp' && bestTime === null)
        ? (['TIME_NOT_TRUSTED'] as const)
        : []),
      ...(simulated ? (['LEGAL_EFFECT_SIMULATED'] as const) : []),
      ...(unsigned ? [] : (['AUTHORITY_TO_SIGN', 'CONTENT_UNDERSTOOD'] as const)),
    ],
  }
}

function signatureReport({ signature, findings }: Checked, evidence: Evidence): SignatureReport {
  const { embedded, kind, signer, proofs, bestTime } = signature
  const checks = findings.map(
    ([{ id, title, citation }, { verdict, subIndication, detail }]): CheckReport => ({
      id,
      title,
      verdict,
      citation,
      ...(subIndication && verdict !== 'PASSED' ? { subIndication } : {}),
      ...(detail ? { detail } : {}),
    }),
  )
  const required = checks.filter(({ id }) => id !== 'ARCHIVE_TIME_STAMP')
  const worst = worstOf(required)
  const proven = kind === 'timestamp' ? worst.verdict === 'PASSED' : proofs.some(({ verdict }) => verdict === 'PASSED')
  const certificate = signer?.certificate
  return {
    field: embedded.field.name,
    kind,
    level: kind === 'timestamp' ? null : levelOf(signature, checks, evidence),
    verdict: worst.verdict,
    subIndication: worst.subIndication ?? null,
    signer: certificate
      ? {
          name: nameAttribute(certificate.subject, 'CN') ?? '',
          subject: distinguishedName(certificate.subject),
          issuer: distinguishedName(certificate.issuer),
          serialNumber: certificate.serialNumber,
        }
      : null,
    bestTime: proven ? new Date(bestTime).toISOString() : null,
    claimedTime: signature.claimedTime === undefined ? null : new Date(signature.claimedTime).toISOString(),
    revision: embedded.covers ?? null,
    checks,
  }
}

/** What the file carries, as EU DSS counts it: time-stamp, then validation data for the whole chain, then archive time-stamp. */
function levelOf(signature: Signature, checks: readonly CheckReport[], evidence: Evidence): SignatureReport['level'] {
  const good = (id: string): boolean => checks.find((check) => check.id === id)?.verdict === 'PASSED'
  if (!signature.proofs.some(({ verdict }) => verdict === 'PASSED')) return 'B-B'
  const { ocsp, crls } = evidence.revocation
  const complete =
    good('CERTIFICATE_PATH') &&
    ocsp.length + crls.length > 0 &&
    signature.path?.revocation.every(({ status }) => status === 'good')
  if (!complete) return 'B-T'
  return good('ARCHIVE_TIME_STAMP') ? 'B-LTA' : 'B-LT'
}

const order: readonly Verdict[] = ['PASSED', 'INDETERMINATE', 'FAILED']

function worstOf(
  all: readonly { readonly verdict: Verdict; readonly subIndication?: SubIndication | null | undefined }[],
): { readonly verdict: Verdict; readonly subIndication: SubIndication | null | undefined } {
  let worst: { readonly verdict: Verdict; readonly subIndication: SubIndication | null | undefined } = {
    verdict: 'PASSED',
    subIndication: undefined,
  }
  for (const { verdict, subIndication } of all) {
    if (order.indexOf(verdict) > order.indexOf(worst.verdict)) worst = { verdict, subIndication }
  }
  return worst
}

const atLeast = (verdict: Verdict, floor: Verdict): Verdict =>
  order.indexOf(verdict) > order.indexOf(floor) ? verdict : floor

/** Simulated trust services say TEST in the names of all their certificates. */
const isSimulated = ({ path, signer }: Signature): boolean =>
  [...(path?.path ?? []), ...(signer?.certificate ? [signer.certificate] : [])].some(({ subject, issuer }) =>
    [subject, issuer].some((name) => /\bTEST\b|\bSimBankID\b/i.test(distinguishedName(name))),
  )

function sha256({ source }: Evidence, end: number): string {
  const hash = createHash('sha256')
  for (const piece of readInPieces(source, 0, end)) hash.update(piece)
  return hash.digest('hex')
}

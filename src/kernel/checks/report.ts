// The report: every check of every signature, the level reached, the verdict, and what is not proven.
import { equalBytes } from '../der/index.ts'
import { distinguishedName, nameAttribute, type SubIndication, type Verdict } from '../x509/index.ts'
import { type Change, changeIn } from './changes/index.ts'
import type { Check, Finding } from './check.ts'
import type { Evidence, Signature } from './evidence.ts'
import { isEarlier, isSeglField } from './origin.ts'
import { isOurName } from './ours.ts'

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
  /** It came with the upload: others made it before the order, and its trust is not the order's. */
  readonly earlier: boolean
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

/** What another program signed, by three questions apart. */
export type Apart = {
  /** The digest is right and the key made the signature. */
  readonly cryptography: Verdict
  /** It is a signature of PAdES baseline; never FAILED for that alone. */
  readonly form: Verdict
  /** The certificate leads to a root that was given, and was valid. */
  readonly path: Verdict
}

export type RevisionReport = {
  readonly number: number
  readonly end: number
  /** SHA-256 of the file up to the end of this revision, hex; of the upload's last one, of the upload. */
  readonly sha256: string
  readonly change: 'upload' | 'prepared' | Change['kind']
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
  | 'NOT_SEALED'
  | 'HYBRID_XREF'
  | 'SAME_CERTIFICATE'
  | 'EARLIER_SIGNATURES'

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
  const worst = worstOf(signatures.map((one) => (one.earlier ? forTheOrder(one) : one)))
  const notProven = openQuestions(checked, signatures, evidence)
  // What is not signed, or not yet closed, cannot be more than half proven; validation data alone proves itself.
  const selfProving = isUncoveredArchiving(evidence)
  const open =
    notProven.includes('NO_SIGNATURE') ||
    notProven.includes('NOT_SEALED') ||
    (notProven.includes('BYTES_AFTER_LAST_SIGNATURE') && !selfProving)
  const verdict: Verdict = open ? atLeast(worst.verdict, 'INDETERMINATE') : worst.verdict
  const otherwise: SubIndication = signatures.length === 0 ? 'SIGNED_DATA_NOT_FOUND' : 'FORMAT_FAILURE'
  return {
    sha256: evidence.digests.file,
    verdict,
    subIndication: verdict === 'PASSED' ? null : (worst.subIndication ?? otherwise),
    simulated: checked.some(({ signature }) => isSimulated(signature)),
    revisions: evidence.revisions.map((_, index) => revisionReport(index, evidence)),
    signatures,
    notProven,
  }
}

/**
 * What the order's own verdict takes over from a signature that came with the upload. Whom its maker trusted, when, and in which
 * form he signed are not for this order to prove: EARLIER_SIGNATURES says so when any of that is open. But that his signature is
 * broken, or was broken by what came after it, is a fact about this file.
 */
function forTheOrder(one: SignatureReport): Pick<SignatureReport, 'verdict' | 'subIndication'> {
  const broken = brokenEarlier(one)
  return { verdict: broken ? 'FAILED' : 'PASSED', subIndication: broken?.subIndication ?? null }
}

/** The first check by which a signature of others is broken; undefined where only its trust, time or form is open. */
export const brokenEarlier = ({ checks }: SignatureReport): CheckReport | undefined =>
  checks.find(({ id, verdict }) => verdict === 'FAILED' && integrityChecks.includes(id))

const integrityChecks = [
  'BYTE_RANGE',
  'CONTENTS_PADDING',
  'COVERS_REVISION',
  'SIGNATURE_ONCE',
  'CMS_SIGNATURE',
  'LATER_CHANGES',
  'DOC_MDP',
  'FIELD_LOCK',
]

function revisionReport(index: number, evidence: Evidence): RevisionReport {
  const { revisions, origin, digests } = evidence
  const prepared = origin?.prepared
  const end = index + 1 === prepared ? (origin?.uploadLength ?? 0) : (revisions[index]?.end ?? 0)
  const change = (): RevisionReport['change'] => {
    if (index === 0 || (prepared !== undefined && index < prepared)) return 'upload'
    return index === prepared && origin?.sheets === true ? 'prepared' : changeIn(evidence, index).kind
  }
  return { number: index, end, sha256: digests.prefix(end) ?? '', change: change() }
}

function openQuestions(
  checked: readonly Checked[],
  signatures: readonly SignatureReport[],
  { revisions, source, embedded, trustAnchors, origin }: Evidence,
): readonly NotProven[] {
  const behind = lastCovered(embedded) !== revisions.length - 1 || source.size > (revisions.at(-1)?.end ?? 0)
  const people = checked.filter(
    ({ signature }) => signature.kind === 'signer' && !isEarlier(signature.embedded, origin),
  )
  const sealed = signatures.some(({ kind }) => kind === 'seal')
  const questions: readonly (readonly [NotProven, boolean])[] = [
    ['NO_SIGNATURE', signatures.length === 0],
    ['TRUST_NOT_GIVEN', trustAnchors.length === 0],
    ['BYTES_AFTER_LAST_SIGNATURE', signatures.length > 0 && behind],
    ['NOT_SEALED', origin !== undefined && !sealed && embedded.some(({ field }) => isSeglField(field))],
    [
      'TIME_NOT_TRUSTED',
      signatures.some(({ kind, bestTime, earlier }) => kind !== 'timestamp' && bestTime === null && !earlier),
    ],
    ['EARLIER_SIGNATURES', signatures.some(({ earlier, verdict }) => earlier && verdict !== 'PASSED')],
    ['HYBRID_XREF', revisions.some(({ kind }) => kind === 'hybrid')],
    ['SAME_CERTIFICATE', people.some((one) => people.some((other) => one !== other && sameCertificate(one, other)))],
    ['LEGAL_EFFECT_SIMULATED', checked.some(({ signature }) => isSimulated(signature))],
    ['AUTHORITY_TO_SIGN', signatures.length > 0],
    ['CONTENT_UNDERSTOOD', signatures.length > 0],
  ]
  return questions.flatMap(([code, open]) => (open ? [code] : []))
}

const lastCovered = (embedded: Evidence['embedded']): number =>
  Math.max(-1, ...embedded.map(({ covers }) => covers ?? -1))

/** Behind the last signature come validation data, which nobody has to sign, and no bytes that belong to nothing. */
function isUncoveredArchiving(evidence: Evidence): boolean {
  const from = lastCovered(evidence.embedded) + 1
  return evidence.revisions
    .slice(from)
    .every(({ index }) => index > 0 && changeIn(evidence, index).kind === 'archiving')
}

function sameCertificate({ signature: a }: Checked, { signature: b }: Checked): boolean {
  const [one, other] = [a.signer?.certificate, b.signer?.certificate]
  return one !== undefined && other !== undefined && equalBytes(one.der, other.der)
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
    earlier: isEarlier(embedded, evidence.origin),
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

const cryptographyChecks = ['BYTE_RANGE', 'CONTENTS_PADDING', 'COVERS_REVISION', 'CMS_SIGNATURE']
const formChecks = ['SIGNATURE_DICTIONARY', 'CMS_DER', 'CMS_COMPLETE', 'SIGNED_ATTRIBUTES', 'CLAIMED_TIME']

/** Undefined for what Segl signed, which has one form only, and for time-stamps. */
export function apartOf({ kind, field, checks }: SignatureReport): Apart | undefined {
  if (kind !== 'signer' || isOurName(field)) return undefined
  const worst = (ids: readonly string[]) => worstOf(checks.filter(({ id }) => ids.includes(id))).verdict
  return { cryptography: worst(cryptographyChecks), form: worst(formChecks), path: worst(['CERTIFICATE_PATH']) }
}

/** What the file carries, as EU DSS counts it: time-stamp, then validation data for the whole chain, then archive time-stamp. */
function levelOf(signature: Signature, checks: readonly CheckReport[], evidence: Evidence): SignatureReport['level'] {
  const good = (id: string): boolean => checks.find((check) => check.id === id)?.verdict === 'PASSED'
  // A token that is intact counts for the level, also where no root says whom to trust.
  if (!signature.proofs.some(({ path }) => path !== undefined)) return 'B-B'
  const { ocsp, crls } = evidence.revocationAt(evidence.revisions.length - 1)
  const complete =
    good('CERTIFICATE_PATH') &&
    good('TIME_STAMP') &&
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

/** The organisation that the simulated BankID puts into the subject of its root and all its authorities (bankid/pki.ts). */
const simulated = 'TEST - SimBankID'

/** Only certificates that a simulated authority issued, or is. */
const isSimulated = ({ path, signer }: Signature): boolean =>
  [...(path?.path ?? []), ...(signer?.certificate ? [signer.certificate] : [])].some(({ subject, issuer }) =>
    [subject, issuer].some((name) => nameAttribute(name, 'O') === simulated),
  )

// Verification of a signed PDF as one function of five calls: read, prove times, know signers, check, conclude.

import type { ByteSource } from '../pdf/index.ts'
import { type Certificate, type Crypto, nodeCrypto } from '../x509/index.ts'
import { boundedCrypto } from './bounded-crypto.ts'
import type { Check } from './check.ts'
import { algorithms } from './etsi/algorithms.ts'
import { archiveTimeStamp } from './etsi/archive-time-stamp.ts'
import { claimedTime } from './etsi/claimed-time.ts'
import { keyUsage } from './etsi/key-usage.ts'
import { signedAttributes } from './etsi/signed-attributes.ts'
import { timeStamp } from './etsi/time-stamp.ts'
import { type Evidence, readEvidence } from './evidence.ts'
import { byteRange } from './pdf/byte-range.ts'
import { certification } from './pdf/certification.ts'
import { coversRevision } from './pdf/covers-revision.ts'
import { fieldLock } from './pdf/field-lock.ts'
import { laterChanges } from './pdf/later-changes.ts'
import { objectsReadable } from './pdf/objects-readable.ts'
import { padding } from './pdf/padding.ts'
import { signatureDictionary } from './pdf/signature-dictionary.ts'
import { signatureOnce } from './pdf/signature-once.ts'
import { wholeFile } from './pdf/whole-file.ts'
import { conclude, type Report, runChecks } from './report.ts'
import { certificatePath } from './rfc/certificate-path.ts'
import { cmsComplete } from './rfc/cms-complete.ts'
import { cmsDer } from './rfc/cms-der.ts'
import { cmsSignature } from './rfc/cms-signature.ts'
import { afterSeal } from './segl/after-seal.ts'
import { auditTrail } from './segl/audit-trail.ts'
import { sealOrganisation } from './segl/seal-organisation.ts'
import { sheetsOnly } from './segl/sheets-only.ts'
import { trailTold } from './segl/trail-told.ts'
import { uploadKept } from './segl/upload-kept.ts'
import { knowSigners } from './signers.ts'
import { proveTimes } from './times.ts'

export type { Check, Finding } from './check.ts'
export { type Apart, apartOf, type Report, type SignatureReport } from './report.ts'

/** Every rule, in the order in which a person would ask. */
export const checks: readonly Check[] = [
  byteRange,
  padding,
  coversRevision,
  wholeFile,
  signatureDictionary,
  signatureOnce,
  cmsSignature,
  cmsDer,
  cmsComplete,
  signedAttributes,
  certificatePath,
  keyUsage,
  sealOrganisation,
  algorithms,
  timeStamp,
  claimedTime,
  objectsReadable,
  laterChanges,
  certification,
  fieldLock,
  uploadKept,
  sheetsOnly,
  afterSeal,
  auditTrail,
  trailTold,
  archiveTimeStamp,
]

export type VerificationInput = {
  readonly source: ByteSource
  /** Roots that the verifier trusts; none is implicit. */
  readonly trustAnchors: readonly Certificate[]
  /** When the verification happens. */
  readonly at: Date
  readonly crypto?: Crypto
}

/** Verifies every signature of a file with nothing but the file and the roots. Throws what openPdf throws for no PDF. */
export const verify = async (input: VerificationInput): Promise<Report> => (await examine(input)).report

/** The same, with what the file gave to judge: `report.signatures` are in the order of `evidence.embedded`. */
export async function examine({
  source,
  trustAnchors,
  at,
  crypto = nodeCrypto,
}: VerificationInput): Promise<{ readonly report: Report; readonly evidence: Evidence }> {
  const bounded = boundedCrypto(crypto)
  const evidence = readEvidence(source, trustAnchors, at.getTime(), bounded)
  const times = await proveTimes(evidence, bounded)
  const signatures = await knowSigners(evidence, times, bounded)
  const checked = runChecks(signatures, evidence, checks)
  return { report: conclude(checked, evidence), evidence }
}

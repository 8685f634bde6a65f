// Pre-flight: whether an upload can be signed as it is, with a stable code and a place for each finding.

import { isSeglError } from '../../errors.ts'
import type { ByteSource } from './byte-source.ts'
import { dss } from './dss.ts'
import { defaultLimits, type PdfFile, placeOf } from './file.ts'
import { formFields, signatures } from './form.ts'
import { collectMentions, firstFreeObject } from './mentions.ts'
import { refuseUncounted } from './object-count.ts'
import { openPdf } from './open.ts'
import { claimFindings, claimsOf } from './preflight-claims.ts'
import { drawnFindings } from './preflight-drawn.ts'
import { formFindings } from './preflight-form.ts'
import { inspectObjects } from './preflight-objects.ts'
import { pagesInWords, readPages } from './preflight-pages.ts'
import {
  blank,
  type Finding,
  type FindingCode,
  largestUpload,
  type PageRange,
  type Preflight,
  type PreflightOptions,
  type RefusalCode,
  refusal,
  warning,
} from './preflight-report.ts'
import { directSignatures, strictFindings } from './preflight-strict.ts'
import { objectFindings, structureFindings } from './preflight-structure.ts'
import { revisions } from './revision.ts'

export type {
  ExistingSignature,
  Finding,
  FindingCode,
  PageRange,
  Preflight,
  PreflightOptions,
  RefusalCode,
} from './preflight-report.ts'

/** Reads the whole structure of the file, every object once. Never throws for what is in the file: that becomes a finding. */
export function preflight(source: ByteSource, options: PreflightOptions = {}): Preflight {
  const findings: Finding[] = []
  let report = blank(source.size)
  try {
    const maximum = Math.min(options.maximumBytes ?? largestUpload, largestUpload)
    if (source.size > maximum) {
      const detail = `The file has ${source.size} bytes; at most ${maximum} are accepted.`
      return { ...report, findings: [refusal('TOO_LARGE', detail, maximum)] }
    }
    const file = openPdf(source, options.limits ?? defaultLimits)
    report = { ...report, version: file.version, xrefKind: file.xrefKind, linearized: file.linearized }
    if (file.encrypted) return { ...report, findings: [encryption(file)] }
    for (const part of inspect(file, findings)) report = { ...report, ...part }
  } catch (error) {
    if (!isSeglError(error, 'NOT_A_PDF', 'TRUNCATED', 'MALFORMED_PDF', 'TOO_COMPLEX', 'TOO_LARGE')) throw error
    // Without a place of its own, it is about the file as a whole.
    findings.push(refusal(error.code as RefusalCode, error.detail, error.offset ?? 0))
  }
  return { ...report, findings, accepted: findings.every(({ severity }) => severity !== 'refuse') }
}

/** Adds to `findings`, and gives what is known of the file part by part: what was read before a fault stays in the report. */
function* inspect(file: PdfFile, findings: Finding[]): Generator<Partial<Preflight>> {
  const history = revisions(file)
  findings.push(...structureFindings(file, history))
  const mentions = collectMentions(file)
  const seen = inspectObjects(file, mentions.visit)
  refuseUncounted(file, mentions.mentions)
  mentions.rest(history)
  // Throws where nothing could be appended.
  firstFreeObject(file, mentions.mentions)
  findings.push(...objectFindings(file, seen))
  const form = { file, fields: formFields(file), signatures: signatures(file, history) }
  const { findings: onPages, inline, strict, ...pages } = readPages(file, form.fields, seen)
  const claims = claimsOf(file)
  yield {
    ...pages,
    ...claims,
    revisions: history.length,
    existingSignatures: form.signatures.map(({ field, subFilter, covers, certification }) => ({
      ...{ field: field.name, subFilter, covers, certification },
    })),
  }
  findings.push(...formFindings(form, seen), ...onPages, ...drawnFindings(file, seen))
  // Validation data is appended to what is there, so that must be readable.
  dss(file)
  const found = (code: FindingCode) => findings.some((finding) => finding.code === code)
  const unshowable = found('EARLIER_SIGNATURES') && !found('EARLIER_CERTIFICATION') ? inline : []
  yield { unshowable }
  findings.push(
    ...inlineFindings(unshowable),
    ...strictFindings(file, seen, [...strict, ...directSignatures(file, form.signatures)]),
    ...claimFindings(file, claims),
  )
}

function encryption(file: PdfFile): Finding {
  const detail = 'The PDF is encrypted: nobody could read what is signed. Upload a copy without password.'
  const section = file.sections.find(({ trailer }) => trailer.has('Encrypt'))
  return refusal('ENCRYPTED', detail, placeOf(file, section?.trailer.get('Encrypt')) ?? section?.offset)
}

function inlineFindings(ranges: readonly PageRange[]): Finding[] {
  const [first] = ranges
  if (first === undefined) return []
  const detail =
    `${pagesInWords(ranges)} of the signed PDF: annotations there are no objects of their own, so no signature can be shown. Order ` +
    'without places on such pages, or upload the unsigned document.'
  return [{ ...warning('INLINE_ANNOTATIONS', detail), page: first.from }]
}

// Pre-flight: whether an upload can be signed as it is, with a stable code and a place for each finding.

import { type ErrorCode, isSeglError } from '../../errors.ts'
import type { ByteSource } from './byte-source.ts'
import { dss } from './dss.ts'
import { earlierSignatures } from './earlier-signatures.ts'
import { defaultLimits, type Limits, type PdfFile, placeOf, type XrefKind } from './file.ts'
import { acroFormOf, catalogOf, type FormField, formFields, isSigned, signatures } from './form.ts'
import { isDict } from './object.ts'
import { objectsAfter, openPdf } from './open.ts'
import { visiblePage } from './page-geometry.ts'
import { hasInlineAnnotations, pagesOf } from './page-tree.ts'
import { claimFindings, claimsOf } from './preflight-claims.ts'
import { inspectObjects, type Observation, reachable, type Suspicion } from './preflight-objects.ts'
import { revisions } from './revision.ts'

export type RefusalCode = Extract<
  ErrorCode,
  | 'NOT_A_PDF'
  | 'BYTES_BEFORE_HEADER'
  | 'TRUNCATED'
  | 'MALFORMED_PDF'
  | 'ENCRYPTED'
  | 'JAVASCRIPT'
  | 'LAUNCH_ACTION'
  | 'EXTERNAL_CONTENT'
  | 'XFA'
  | 'FORM_FIELDS'
  | 'ALREADY_SIGNED'
  | 'CHANGES_FORBIDDEN'
  | 'TOO_LARGE'
  | 'TAGS_UNREADABLE'
  | 'TOO_COMPLEX'
>

export type FindingCode =
  | RefusalCode
  | Observation
  | 'EARLIER_SIGNATURES'
  | 'EARLIER_CERTIFICATION'
  | 'INLINE_ANNOTATIONS'
  | 'HYBRID_XREF'
  | 'USAGE_RIGHTS'
  | 'PORTFOLIO'
  | 'PDFA_CLAIM'
  | 'PDFUA_CLAIM'
  | 'TAGGED'

export type Finding = {
  readonly code: FindingCode
  /** `refuse`: not signed as it is. `warn`: signed, and somebody should know. `info`: a fact. */
  readonly severity: 'refuse' | 'warn' | 'info'
  /** Byte offset in the file, where one place can be named. */
  readonly offset?: number
  /** What was found and what to do, for a person. */
  readonly detail: string
}

/** Pages `from` to `to`, both included, counted from 1. */
export type PageRange = { readonly from: number; readonly to: number }

export type ExistingSignature = {
  readonly field: string
  readonly subFilter: string | undefined
  /** Index of the revision that it covers. */
  readonly covers: number | undefined
  /** /P of a DocMDP transform (1 to 3), when it certifies the document. */
  readonly certification: number | undefined
}

export type Preflight = {
  /** No finding refuses. */
  readonly accepted: boolean
  readonly findings: readonly Finding[]
  readonly size: number
  /** Undefined when the file could not be read that far. */
  readonly pages: number | undefined
  /** Visible size in points, as shown: one entry where it changes, from page `from` (1) on; empty when it changes too often. */
  readonly pageSizes: readonly { readonly from: number; readonly width: number; readonly height: number }[]
  /** Where no signature can be shown behind those that the file carries; empty when it carries none, or a certification. */
  readonly unshowable: readonly PageRange[]
  readonly version: string | undefined
  readonly xrefKind: XrefKind | undefined
  readonly linearized: boolean
  readonly revisions: number | undefined
  /** What the XMP claims, such as `2B`. */
  readonly pdfaClaim: string | undefined
  readonly pdfuaClaim: string | undefined
  readonly tagged: boolean
  readonly existingSignatures: readonly ExistingSignature[]
}

export type PreflightOptions = {
  readonly limits?: Limits
  /** Larger uploads are TOO_LARGE; never more than 2 GiB − 1 less the room for signatures. */
  readonly maximumBytes?: number
}

/** The largest upload: signatures, sheets and validation data need room below 2^31. */
const largestUpload = 2 ** 31 - 1 - (64 << 20)

/** Changes of page size that a report tells; no real document has more. */
const mostSizes = 2000

const blank = (size: number): Preflight => ({
  accepted: false,
  findings: [],
  size,
  pages: undefined,
  pageSizes: [],
  unshowable: [],
  version: undefined,
  xrefKind: undefined,
  linearized: false,
  revisions: undefined,
  pdfaClaim: undefined,
  pdfuaClaim: undefined,
  tagged: false,
  existingSignatures: [],
})

/** Reads the whole structure of the file, every object once. Never throws for what is in the file: that becomes a finding. */
export function preflight(source: ByteSource, options: PreflightOptions = {}): Preflight {
  let report = blank(source.size)
  const add = (finding: Finding): void => {
    report = { ...report, findings: [...report.findings, finding] }
  }
  try {
    const maximum = Math.min(options.maximumBytes ?? largestUpload, largestUpload)
    if (source.size > maximum) {
      add(refusal('TOO_LARGE', `The file has ${source.size} bytes; at most ${maximum} are accepted.`, maximum))
      return report
    }
    const file = openPdf(source, options.limits ?? defaultLimits)
    report = { ...report, version: file.version, xrefKind: file.xrefKind, linearized: file.linearized }
    if (file.encrypted) {
      const detail = 'The PDF is encrypted: nobody could read what is signed. Upload a copy without password.'
      const section = file.sections.find(({ trailer }) => trailer.has('Encrypt'))
      add(refusal('ENCRYPTED', detail, placeOf(file, section?.trailer.get('Encrypt')) ?? section?.offset))
      return report
    }
    for (const finding of structureFindings(file)) add(finding)
    for (const finding of objectFindings(file)) add(finding)
    report = { ...report, ...describe(file) }
    for (const finding of formFindings(file)) add(finding)
    // Validation data is appended to what is there, so that must be readable.
    dss(file)
    const found = (code: FindingCode) => report.findings.some((finding) => finding.code === code)
    if (found('EARLIER_SIGNATURES') && !found('EARLIER_CERTIFICATION')) {
      report = { ...report, unshowable: pagesWithInlineAnnotations(file) }
      for (const finding of inlineFindings(report.unshowable)) add(finding)
    }
    for (const finding of claimFindings(file, report)) add(finding)
  } catch (error) {
    if (!isSeglError(error, 'NOT_A_PDF', 'TRUNCATED', 'MALFORMED_PDF', 'TOO_COMPLEX', 'TOO_LARGE')) throw error
    // Without a place of its own, it is about the file as a whole.
    add(refusal(error.code as RefusalCode, error.detail, error.offset ?? 0))
  }
  return { ...report, accepted: report.findings.every(({ severity }) => severity !== 'refuse') }
}

const refusal = (code: RefusalCode, detail: string, offset?: number): Finding => ({
  code,
  severity: 'refuse',
  detail,
  ...(offset === undefined ? {} : { offset }),
})

function structureFindings(file: PdfFile): Finding[] {
  const findings: Finding[] = []
  if (file.headerOffset > 0) {
    // Measured: EU DSS and pyHanko do not read such files at all, and a ByteRange counts from the first byte.
    const detail = `${file.headerOffset} bytes stand before the PDF in the file; validators do not read that. Upload the PDF alone.`
    findings.push(refusal('BYTES_BEFORE_HEADER', detail, 0))
  }
  const history = revisions(file)
  const end = history.at(-1)?.end ?? file.source.size
  const smuggled = objectsAfter(file, end)
  if (smuggled !== undefined) {
    const detail = `Objects follow the end of the PDF (byte ${smuggled}): an update was cut off. Upload the file again.`
    findings.push(refusal('TRUNCATED', detail, smuggled))
  }
  if (file.xrefKind === 'hybrid') {
    findings.push({
      code: 'HYBRID_XREF',
      severity: 'warn',
      offset: file.sections.find(({ kind }) => kind === 'hybrid')?.offset ?? file.startxref,
      detail:
        'The PDF has a hybrid cross-reference, as word processors write it; strict validators reject that. Export it again ' +
        'without compatibility with PDF 1.4, upload it with `normalise`, or accept the warning.',
    })
  }
  return findings
}

const suspicionDetails: Readonly<Record<Suspicion, string>> = {
  JAVASCRIPT:
    'The PDF contains JavaScript, which can change what is shown after signing. Upload a copy without scripts.',
  LAUNCH_ACTION: 'The PDF can start programs. Upload a copy without such actions.',
  EXTERNAL_CONTENT:
    'The PDF shows content that lies in another file, which no signature covers. Upload a complete copy.',
}

const observations: Readonly<Record<Observation, Pick<Finding, 'severity' | 'detail'>>> = {
  UNEMBEDDED_FONTS: { severity: 'warn', detail: 'Some fonts are not embedded: the text can look different elsewhere.' },
  HIDDEN_LAYERS: {
    severity: 'warn',
    detail: 'The PDF has layers that can be hidden: check that all content is shown.',
  },
  OVERLAY_ANNOTATIONS: { severity: 'warn', detail: 'Annotations lie over the content. Flatten them before signing.' },
  MULTIMEDIA: { severity: 'warn', detail: 'The PDF contains sound, video or 3D, which print and archive do not keep.' },
  ACTIVE_CONTENT: { severity: 'warn', detail: 'Actions in the PDF can send data or change what is shown.' },
  EMBEDDED_FILES: { severity: 'info', detail: 'Files are attached inside the PDF; the signature covers them too.' },
}

function objectFindings(file: PdfFile): Finding[] {
  const findings: Finding[] = []
  const seen = inspectObjects(file)
  if (seen.suspicions.length > 0) {
    const reached = reachable(file, new Set(seen.suspicions.map(({ number }) => number)))
    const reported = new Set<string>()
    for (const { code, number, offset } of seen.suspicions) {
      if (!reached.has(number) || reported.has(code)) continue
      reported.add(code)
      findings.push(refusal(code, suspicionDetails[code], offset))
    }
  }
  for (const [code, offset] of seen.observations) findings.push({ code, ...observations[code], offset })
  return findings
}

function formFindings(file: PdfFile): Finding[] {
  const findings: Finding[] = []
  const catalog = catalogOf(file)
  const catalogAt = placeOf(file, file.trailer.get('Root'))
  const form = acroFormOf(file)
  if (form !== undefined && (form.has('XFA') || file.resolve(catalog.get('NeedsRendering')) === true)) {
    const detail = 'The PDF contains an XFA form. Print it to a plain PDF and upload that.'
    findings.push(refusal('XFA', detail, placeOf(file, catalog.get('AcroForm')) ?? catalogAt))
  }
  const fields = formFields(file)
  const open = fields.filter(({ type }) => type !== 'Sig')
  if (open.length > 0) {
    const detail = `The PDF has ${open.length} form fields that could be changed after signing. Flatten the form first, or upload it with \`normalise\`.`
    findings.push(refusal('FORM_FIELDS', detail, placeOf(file, open[0]?.ref)))
  }
  findings.push(...earlierFindings(file, fields))
  const permissions = file.resolve(catalog.get('Perms'))
  if (isDict(permissions) && (permissions.has('UR') || permissions.has('UR3'))) {
    const detail = 'The PDF has usage rights, which end when something is appended; readers may warn about it.'
    findings.push({ code: 'USAGE_RIGHTS', severity: 'warn', detail })
  }
  if (catalog.has('Collection')) {
    const detail = 'The PDF is a portfolio: readers may show its attachments instead of its pages.'
    findings.push({ code: 'PORTFOLIO', severity: 'warn', detail })
  }
  return findings
}

function earlierFindings(file: PdfFile, fields: readonly FormField[]): Finding[] {
  const earlier = earlierSignatures(file)
  const place = placeOf(file, fields.find((field) => isSigned(file, field))?.ref)
  if (earlier?.obstacle) {
    const { code, detail, offset } = earlier.obstacle
    return [refusal(code, detail, offset ?? place)]
  }
  if (earlier === undefined) {
    const odd = fields.find((field) => isSigned(file, field))
    const detail = `The field ${odd?.name} holds something that is no signature. Upload the unsigned document.`
    return odd === undefined ? [] : [refusal('ALREADY_SIGNED', detail, placeOf(file, odd.ref))]
  }
  const detail =
    `The PDF carries ${earlier.count} signatures or time-stamps already. They are kept, so no sheets are appended. Upload the ` +
    'unsigned document if sheets are wanted.'
  const where = place === undefined ? {} : { offset: place }
  const kept: Finding = { code: 'EARLIER_SIGNATURES', severity: 'warn', detail, ...where }
  if (earlier.allow === 'visible') return [kept]
  const certified =
    'One of its signatures certifies the PDF and allows signatures, but none that is shown. Order without places for them, or ' +
    'upload the unsigned document.'
  return [kept, { code: 'EARLIER_CERTIFICATION', severity: 'warn', detail: certified, ...where }]
}

/** One range where pages follow each other; what comes after the last range that a report tells is counted to it. */
function pagesWithInlineAnnotations(file: PdfFile): readonly PageRange[] {
  const ranges: PageRange[] = []
  for (const page of pagesOf(file)) {
    if (!hasInlineAnnotations(file, page)) continue
    const number = page.index + 1
    const last = ranges.at(-1)
    if (last && (last.to === number - 1 || ranges.length === mostSizes)) {
      ranges[ranges.length - 1] = { from: last.from, to: number }
    } else ranges.push({ from: number, to: number })
  }
  return ranges
}

function inlineFindings(ranges: readonly PageRange[]): Finding[] {
  const [first] = ranges
  if (first === undefined) return []
  const detail =
    `Page ${first.from}${ranges.length > 1 || first.to > first.from ? ' and others' : ''} of the signed PDF has annotations that ` +
    'are no objects of their own, so no signature can be shown there. Order without places on such pages, or upload the ' +
    'unsigned document.'
  return [{ code: 'INLINE_ANNOTATIONS', severity: 'warn', detail }]
}

function describe(file: PdfFile): Partial<Preflight> {
  let pages = 0
  const sizes: { from: number; width: number; height: number }[] = []
  for (const page of pagesOf(file)) {
    pages += 1
    if (sizes.length > mostSizes) continue
    const { width, height } = visiblePage(file, page) ?? { width: 0, height: 0 }
    const last = sizes.at(-1)
    if (last?.width !== width || last.height !== height) sizes.push({ from: pages, width, height })
  }
  const history = revisions(file)
  return {
    pages,
    pageSizes: sizes.length > mostSizes ? [] : sizes,
    revisions: history.length,
    ...claimsOf(file),
    existingSignatures: signatures(file, history).map((signature) => ({
      field: signature.field.name,
      subFilter: signature.subFilter,
      covers: signature.covers,
      certification: signature.certification,
    })),
  }
}

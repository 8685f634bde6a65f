// What pre-flight reports of an upload: findings with code, severity and place, and what the file is.

import type { ErrorCode } from '../../errors.ts'
import type { Limits, XrefKind } from './file.ts'
import type { Observation } from './preflight-objects.ts'

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
  | 'NO_PAGES'
  | 'CONTENT_AMBIGUOUS'
>

export type FindingCode =
  | RefusalCode
  | Observation
  | 'EARLIER_SIGNATURES'
  | 'EARLIER_CERTIFICATION'
  | 'INLINE_ANNOTATIONS'
  | 'HYBRID_XREF'
  | 'STRICT_VALIDATORS'
  | 'BLANK_PAGES'
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
  /** Page (from 1), the first one where it concerns several. */
  readonly page?: number
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
export const largestUpload = 2 ** 31 - 1 - (64 << 20)

/** Changes of page size that a report tells; no real document has more. */
export const mostSizes = 2000

export const blank = (size: number): Preflight => ({
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

export const refusal = (code: RefusalCode, detail: string, offset?: number): Finding => ({
  code,
  severity: 'refuse',
  detail,
  ...(offset === undefined ? {} : { offset }),
})

export const warning = (code: FindingCode, detail: string, offset?: number): Finding => ({
  ...{ code, severity: 'warn', detail },
  ...(offset === undefined ? {} : { offset }),
})

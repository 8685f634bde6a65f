// Judges an uploaded PDF before anybody is asked to sign it. Done away from the event loop; nothing is stored by it.
import type { FileParts } from './pdf-work.ts'

export type Finding = {
  /** Stable. A refusing one is a code of errors.ts. */
  readonly code: string
  /** `refuse`: not signed as it is. `warn`: signed, and somebody should know. `info`: a fact. */
  readonly severity: 'refuse' | 'warn' | 'info'
  /** What was found and what to do, for a person; never text from the file. */
  readonly detail: string
  /** Byte offset in the file, where there is one. */
  readonly offset?: number
  /** Id of the check that the finished file would fail (docs/checks.md). */
  readonly check?: string
  /** Page, from 1; the first one where it concerns several. */
  readonly page?: number
}

/** Visible size of each page in points, as shown: one entry where it changes. `from` counts from 1. */
export type PageSizes = readonly { readonly from: number; readonly width: number; readonly height: number }[]

/** Pages `from` to `to`, both included, counted from 1. */
export type PageRanges = readonly { readonly from: number; readonly to: number }[]

/** Plain JSON: it travels between threads and is stored with the document. */
export type PreFlightReport = {
  readonly findings: readonly Finding[]
  /** 0 when the file could not be read far enough. */
  readonly pages: number
  readonly pageSizes: PageSizes
  /** Where no signature can be shown behind those that the file carries already. */
  readonly unshowable: PageRanges
  /** The later of header and catalog version, such as `1.7`. */
  readonly version: string | null
  /** PDF/A level that the file claims, such as `2B`. */
  readonly pdfaClaim: string | null
  readonly tagged: boolean
}

export interface PreFlight {
  /** Everything found. A file that is not a PDF is a finding, not an exception. */
  inspect(file: FileParts): Promise<PreFlightReport>
}

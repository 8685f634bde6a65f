// Judges an uploaded PDF before anybody is asked to sign it. Done away from the event loop; nothing is stored by it.
import type { ErrorCode } from '../../errors.ts'
import type { FileParts } from './pdf-work.ts'

export type Finding = {
  /** A code of errors.ts. */
  readonly code: ErrorCode
  /** `refuse`: the file cannot be signed. `notice`: worth knowing. */
  readonly severity: 'refuse' | 'notice'
  /** What was found and what to do, for a person; never text from the file. */
  readonly detail: string
  /** Byte offset in the file, where there is one. */
  readonly offset?: number
}

export type PreFlightReport = {
  readonly findings: readonly Finding[]
  /** 0 when the file could not be read far enough. */
  readonly pages: number
  /** The later of header and catalog version, such as `1.7`. */
  readonly pdfVersion: string | null
}

export interface PreFlight {
  /** Everything found, worst first. A file that is not a PDF is a finding, not an exception. */
  inspect(file: FileParts): Promise<PreFlightReport>
}

// What a corpora run notes of one file, a line of JSON each, so that a run that was ended goes on.

export type FileRecord = {
  /** Path below the folder that was given. */
  readonly file: string
  readonly sha256: string
  readonly size: number
  /** /Producer of the document information, without its version. */
  readonly producer: string
  /** Signatures and time-stamps that others made. */
  readonly earlier: number
  /** Codes of pre-flight's findings. */
  readonly findings: readonly string[]
  /** The first finding that refuses; null where the file was accepted. */
  readonly refused: Refusal | null
  /** What `normalise` makes of a refused file: null where it was not tried. */
  readonly normalised: 'accepted' | Refusal | null
  /** The verdict of the finished file, `broke` where a step threw after pre-flight had accepted; null where nothing was signed. */
  readonly verdict: Verdict | null
  /** Checks of the finished file that did not pass, or what broke. */
  readonly failed: readonly string[]
  /** Checks of Segl's own signatures, seal and time-stamp among them. */
  readonly ownFailed: readonly string[]
  /** qpdf, poppler and PDFium open it without a word; null where they were not asked. */
  readonly quiet: boolean | null
  readonly milliseconds: number
}

export type Refusal = { readonly code: string; readonly detail: string }
export type Verdict = 'PASSED' | 'FAILED' | 'INDETERMINATE' | 'broke'

/** `accepted` and `refused` speak of the file as it came; `hung` and `crashed` of the process that judged it. */
export const outcomeOf = ({ refused, verdict, normalised }: FileRecord): string => {
  if (refused === null) return `accepted, then ${verdict}`
  if (normalised === 'accepted') return `refused ${refused.code}, with normalise ${verdict}`
  return `refused ${refused.code}`
}

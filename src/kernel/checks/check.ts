// What a check is: one rule of one standard, asked of one signature, with its answer in the words of EN 319 102-1.
import type { SubIndication, Verdict } from '../x509/index.ts'
import type { Evidence, Signature } from './evidence.ts'
import { isOurs } from './ours.ts'

export type Finding = {
  readonly verdict: Verdict
  readonly subIndication?: SubIndication | undefined
  /** What was found, in English; absent when there is nothing to say beyond the verdict. */
  readonly detail?: string | undefined
}

export type Check = {
  /** Stable, UPPER_SNAKE. */
  readonly id: string
  readonly title: string
  readonly citation: string
  /** `undefined`: the rule does not apply to this signature. */
  readonly run: (signature: Signature, evidence: Evidence) => Finding | undefined
}

export const passed = (detail?: string): Finding => ({ verdict: 'PASSED', detail })
export const failed = (subIndication: SubIndication, detail: string): Finding => ({
  verdict: 'FAILED',
  subIndication,
  detail,
})
export const indeterminate = (subIndication: SubIndication, detail: string): Finding => ({
  verdict: 'INDETERMINATE',
  subIndication,
  detail,
})

/** What PAdES baseline does not have: in our own signatures a fault, in those of other programs a form of theirs, told apart. */
export const notBaseline = ({ embedded }: Pick<Signature, 'embedded'>, detail: string): Finding =>
  isOurs(embedded) ? failed('FORMAT_FAILURE', detail) : indeterminate('SIG_CONSTRAINTS_FAILURE', detail)

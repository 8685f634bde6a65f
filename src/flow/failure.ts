// What a failure means for the story: who has to do something, and when it is tried again.
import { isSeglError } from '../errors.ts'
import type { FailureClass } from './model.ts'

const askSigner = ['TIMESTAMP_TOO_LATE', 'SIGNATURE_INVALID', 'SIGNATURE_TOO_LARGE', 'CERTIFICATE_INVALID']
const trustService = [
  'TRUST_SERVICE_UNAVAILABLE',
  'TRUST_SERVICE_REFUSED',
  'TRUST_SERVICE_MALFORMED',
  'TIMESTAMP_INVALID',
  'REVOCATION_DATA_INVALID',
  'CLOCK_SKEWED',
]
const ofPerson = ['WRONG_PERSON', 'LEVEL_TOO_LOW', 'METHOD_NOT_ACCEPTED', 'CEREMONY_CANCELLED']

/** True for codes that say what the person did, not what a machine failed to do. */
export const isFailureOfPerson = (code: string): boolean => ofPerson.includes(code)

export type Failure = {
  readonly code: string
  readonly detail: string
  readonly failureClass: FailureClass
  /** Seconds until the next try; null when a person has to look first. */
  readonly retryAfterSeconds: number | null
}

const maximumBackOff = 6 * 3600
/** After about three days of trying a person has to look at it. */
const lastAttempt = 24

/** Classifies an error of a worker's step after its `attempt`th try (from 1). `signers`: the step is one signer's. */
export function failureOf(error: unknown, attempt: number, signers: boolean): Failure {
  const code = isSeglError(error) ? error.code : 'INTERNAL'
  const detail = isSeglError(error) ? error.detail : 'An unexpected error; the log has it under the order.'
  // 2 s, 4 s, 8 s … six hours, with a quarter of spread so that many do not come back at once.
  const backOff = Math.min(2 ** Math.min(attempt, 20), maximumBackOff) * (1 + Math.random() / 4)
  if (signers && askSigner.includes(code)) return { code, detail, failureClass: 'askSigner', retryAfterSeconds: null }
  if (attempt >= lastAttempt) return { code, detail, failureClass: 'person', retryAfterSeconds: null }
  return {
    code,
    detail,
    failureClass: [...trustService, ...askSigner].includes(code) ? 'trustService' : 'retry',
    retryAfterSeconds: backOff,
  }
}

// What a failure means for the story: who has to do something, and when it is tried again.
import { catalogue, type ErrorCode, isSeglError, type SeglError } from '../errors.ts'
import type { FailureClass } from './model.ts'

const askSigner = ['TIMESTAMP_TOO_LATE', 'SIGNATURE_INVALID', 'SIGNATURE_TOO_LARGE', 'CERTIFICATE_INVALID']
const trustService = [
  'TRUST_SERVICE_UNAVAILABLE',
  'TRUST_SERVICE_REFUSED',
  'TRUST_SERVICE_MALFORMED',
  'TIMESTAMP_INVALID',
  'REVOCATION_DATA_INVALID',
  'CLOCK_SKEWED',
  'FINISHED_FILE_UNPROVEN',
]
const ofPerson = ['WRONG_PERSON', 'LEVEL_TOO_LOW', 'METHOD_NOT_ACCEPTED', 'CEREMONY_CANCELLED']

/** True for codes that say what the person did, not what a machine failed to do. */
export const isFailureOfPerson = (code: string): boolean => ofPerson.includes(code)

export type Failure = {
  readonly code: string
  readonly detail: string
  /** Id of the check that the finished file failed, where it did. */
  readonly check: string | null
  readonly failureClass: FailureClass
  /** Seconds until the next try; null when a person has to look first. */
  readonly retryAfterSeconds: number | null
}

/** What no trying mends: the installation's own keys and settings, and what our own verifier rejects. */
const ofInstallation = [
  'CONFIG_INVALID',
  'SECRET_MISSING',
  'SECRET_WRONG',
  'CERTIFICATE_INVALID',
  'FINISHED_FILE_REJECTED',
]

const daySeconds = 24 * 3600
/** 2 s, 4 s, 8 s … a day: after about a week of trying a person has to look at it. */
const lastAttempt = 22

/** Classifies an error of a worker's step after its `attempt`th try (from 1). `signers`: the step is one signer's. */
export function failureOf(error: unknown, attempt: number, signers: boolean): Failure {
  const code = isSeglError(error) ? error.code : 'INTERNAL'
  const detail = isSeglError(error) ? error.detail : 'An unexpected error; the log has it under the order.'
  const check = isSeglError(error) ? checkIn(error) : null
  // With a quarter of spread, so that many do not come back at once.
  const backOff = Math.min(2 ** Math.min(attempt, 20), daySeconds) * (1 + Math.random() / 4)
  if (signers && askSigner.includes(code))
    return { code, detail, check, failureClass: 'askSigner', retryAfterSeconds: null }
  if (attempt >= lastAttempt || needsPerson(code))
    return { code, detail, check, failureClass: 'person', retryAfterSeconds: null }
  return {
    code,
    detail,
    check,
    failureClass: [...trustService, ...askSigner].includes(code) ? 'trustService' : 'retry',
    retryAfterSeconds: backOff,
  }
}

/** The same file or the same settings fail in the same way tomorrow. */
const needsPerson = (code: ErrorCode): boolean =>
  ofInstallation.includes(code) || [413, 422].includes(catalogue[code].status)

function checkIn({ extra }: SeglError): string | null {
  const { check } = extra
  return typeof check === 'string' ? check : null
}

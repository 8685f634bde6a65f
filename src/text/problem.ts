// What a person is told about each error code that a signer or an uploader can meet.
import { catalogue, type ErrorCode } from '../errors.ts'

export const personCodes = [
  'LINK_VOID',
  'LINK_INVALID',
  'NOT_FOUND',
  'SESSION_INVALID',
  'CEREMONY_CANCELLED',
  'CEREMONY_EXPIRED',
  'WRONG_PERSON',
  'LEVEL_TOO_LOW',
  'FOUR_EYES_SAME_PERSON',
  'METHOD_NOT_ACCEPTED',
  'NO_SLOT_LEFT',
  'DELEGATION_NOT_ALLOWED',
  'SUCCESSOR_NOT_ALLOWED',
  'DOCUMENT_BUSY',
  'TOO_MANY_TO_APPROVE',
  'STATE_CONFLICT',
  'NOT_SIGNED_YET',
  'INVALID_REQUEST',
  'FORBIDDEN',
  'METHOD_NOT_ALLOWED',
  'RATE_LIMITED',
  'TRUST_SERVICE_UNAVAILABLE',
  'TRUST_SERVICE_REFUSED',
  'TRUST_SERVICE_MALFORMED',
  'SIGNATURE_INVALID',
  'SIGNATURE_TOO_LARGE',
  'TIMESTAMP_INVALID',
  'TIMESTAMP_TOO_LATE',
  'REVOCATION_DATA_INVALID',
  'CERTIFICATE_INVALID',
  'CLOCK_SKEWED',
  'UNAVAILABLE',
  'INTERNAL',
  'NOT_A_PDF',
  'TRUNCATED',
  'MALFORMED_PDF',
  'ENCRYPTED',
  'JAVASCRIPT',
  'LAUNCH_ACTION',
  'BYTES_BEFORE_HEADER',
  'EXTERNAL_CONTENT',
  'NO_PAGES',
  'CONTENT_AMBIGUOUS',
  'XFA',
  'FORM_FIELDS',
  'ALREADY_SIGNED',
  'CHANGES_FORBIDDEN',
  'TAGS_UNREADABLE',
  'NOT_NORMALISABLE',
  'HYBRID_XREF',
  'TOO_LARGE',
  'TOO_COMPLEX',
] as const satisfies readonly ErrorCode[]

/** The codes that have words for a person; any other is told as UNAVAILABLE or INTERNAL. */
export type PersonCode = (typeof personCodes)[number]

export type PersonError = {
  /** What happened, as a heading. */
  readonly title: string
  /** Why, and what it means for the signature. */
  readonly explanation: string
  /** What to do next. */
  readonly next: string
}

export type PersonErrors = Readonly<Record<PersonCode, PersonError>>

/** The code that has words for a person: the code itself, or UNAVAILABLE or INTERNAL for what is nobody's business but ours. */
export function personCode(code: string): PersonCode {
  const known = personCodes.find((one) => one === code)
  if (known !== undefined) return known
  const [, entry] = Object.entries(catalogue).find(([name]) => name === code) ?? []
  return entry?.status === 503 ? 'UNAVAILABLE' : 'INTERNAL'
}

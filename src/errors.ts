// The one catalogue of errors. A code is stable for ever: clients, pre-flight reports and checks switch on it.
// `status` is what the HTTP edge answers (http/problem.ts is the one bridge to RFC 9457); inside, nobody knows HTTP.

type Entry = {
  /** Short and constant: the problem document's title. */
  readonly title: string
  /** HTTP status at the edge. */
  readonly status: number
}

const entry = (status: number, title: string): Entry => ({ status, title })

export const catalogue = {
  // Requests
  INVALID_REQUEST: entry(400, 'The request is not valid'),
  UNAUTHENTICATED: entry(401, 'An API key is missing or not valid'),
  FORBIDDEN: entry(403, 'The API key may not do this'),
  NOT_FOUND: entry(404, 'There is nothing here'),
  METHOD_NOT_ALLOWED: entry(405, 'The method is not allowed here'),
  PRECONDITION_FAILED: entry(412, 'It has changed meanwhile'),
  RANGE_NOT_SATISFIABLE: entry(416, 'The requested range lies outside the file'),
  UNSUPPORTED_MEDIA_TYPE: entry(415, 'The media type is not supported'),
  IDEMPOTENCY_KEY_MISSING: entry(400, 'An Idempotency-Key is required'),
  IDEMPOTENCY_KEY_INVALID: entry(400, 'The Idempotency-Key is not valid'),
  IDEMPOTENCY_KEY_REUSED: entry(422, 'The Idempotency-Key was used for another request'),
  IDEMPOTENCY_IN_FLIGHT: entry(409, 'The same request is still being answered'),
  CONSUMER_BUSY: entry(409, 'Another reader has leased the next events'),
  CONSUMER_LEASE_LOST: entry(409, 'The lease is not held any more'),
  WEBHOOK_URL_NOT_ALLOWED: entry(422, 'Webhooks are not sent to this address'),
  LIMIT_REACHED: entry(409, 'There are as many of these as there may be'),
  RATE_LIMITED: entry(429, 'Too many requests'),
  KEY_SET_INVALID: entry(422, 'The public keys are not valid'),
  INTERNAL: entry(500, 'Something went wrong on our side'),
  UNAVAILABLE: entry(503, 'The service cannot answer right now'),

  // Accounting metadata
  KIND_UNKNOWN: entry(422, 'The kind of document is not known'),
  METADATA_MISSING: entry(422, 'Metadata is missing'),
  METADATA_INVALID: entry(422, 'Metadata is not valid'),
  ORGANISATION_NUMBER_INVALID: entry(422, 'The organisation number has a wrong check digit'),
  NATIONAL_IDENTITY_NUMBER_INVALID: entry(422, 'The national identity number has wrong check digits'),
  NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC: entry(422, 'Only synthetic national identity numbers are accepted here'),
  SIGNATURE_PLACE_INVALID: entry(422, 'A signature cannot be shown in that place'),
  SIGNERS_INVALID: entry(422, 'The signers are not valid for this order'),
  RETURN_URL_NOT_ALLOWED: entry(422, 'The return URL is not on the allow-list'),

  // Accounting rules about an order: each is the id of a rule in src/accounting
  BOARD_MISSING: entry(422, 'The chair of the board is not among the signers'),
  REGISTERED_SIGNATORY_MISSING: entry(422, 'Somebody whom the company register names is not among the signers'),
  BOARD_QUORUM: entry(422, 'All board members sign annual accounts, not a quorum of them'),
  AUDITOR_MISSING: entry(422, 'No auditor signs the auditor’s report'),
  AUDITOR_TOO_EARLY: entry(422, 'The auditor signs after the board'),
  AUDITORS_REPORT_TOO_EARLY: entry(422, 'The auditor’s report is dated before the board signs'),
  FISCAL_YEAR_NOT_OVER: entry(422, 'The fiscal year is not over'),
  ACCOUNTS_DIFFER: entry(422, 'The annual accounts are not of one company and year'),
  SIGNATURE_RIGHT_NOT_MET: entry(422, 'Those who sign for a party cannot bind it'),
  ON_BEHALF_OF_UNKNOWN: entry(422, 'Somebody signs for one who is not a party'),
  FOUR_EYES_MISSING: entry(422, 'A voucher needs somebody to attest and somebody to approve'),
  FOUR_EYES_SAME_PERSON: entry(422, 'One person both attests and approves'),
  AMOUNT_LIMIT_EXCEEDED: entry(422, 'No approver may approve so much'),
  AUTHORITY_WITHOUT_PRINCIPAL: entry(422, 'An authority without the one it binds'),
  AMOUNT_LIMIT_OUT_OF_PLACE: entry(422, 'An amount limit where nothing is approved'),
  OVERRIDE_NOT_ALLOWED: entry(422, 'This rule cannot be overridden'),

  // Pre-flight of an uploaded PDF
  NOT_A_PDF: entry(422, 'The file is not a PDF'),
  BYTES_BEFORE_HEADER: entry(422, 'Something stands before the PDF in the file'),
  TRUNCATED: entry(422, 'The PDF is cut off'),
  MALFORMED_PDF: entry(422, 'The PDF is malformed'),
  ENCRYPTED: entry(422, 'The PDF is encrypted'),
  JAVASCRIPT: entry(422, 'The PDF contains JavaScript'),
  LAUNCH_ACTION: entry(422, 'The PDF can start programs'),
  EXTERNAL_CONTENT: entry(422, 'The PDF shows content that lies in another file'),
  XFA: entry(422, 'The PDF contains an XFA form'),
  FORM_FIELDS: entry(422, 'The PDF contains form fields that can still be changed'),
  ALREADY_SIGNED: entry(422, 'The PDF is already signed'),
  CHANGES_FORBIDDEN: entry(422, 'A signature in the PDF forbids that anybody signs after it'),
  TAGS_UNREADABLE: entry(422, 'The PDF claims to be accessible, but its structure tree cannot be read'),
  NOT_NORMALISABLE: entry(422, 'The PDF cannot be rewritten without loss'),
  HYBRID_XREF: entry(422, 'The PDF has a hybrid cross-reference'),
  TOO_LARGE: entry(413, 'The file is too large'),
  NO_PAGES: entry(422, 'The PDF has no page'),
  CONTENT_AMBIGUOUS: entry(422, 'Readers differ in what a page of the PDF shows'),
  TOO_COMPLEX: entry(422, 'The PDF exceeds a limit on depth, count or inflated size'),

  // Orders and ceremony
  STATE_CONFLICT: entry(409, 'The state does not allow this'),
  RETENTION_NOT_OVER: entry(409, 'The order must still be kept'),
  LEGAL_HOLD: entry(409, 'The order is under legal hold'),
  ORDER_DELETED: entry(410, 'The order has been deleted'),
  DOCUMENT_IN_USE: entry(409, 'The document already belongs to an order'),
  LINK_VOID: entry(410, 'This link is no longer valid'),
  LINK_INVALID: entry(404, 'This link is not valid'),
  SESSION_INVALID: entry(403, 'The session does not match this ceremony'),
  CEREMONY_CANCELLED: entry(409, 'The signing was cancelled at BankID'),
  CEREMONY_EXPIRED: entry(410, 'The signing took too long'),
  WRONG_PERSON: entry(403, 'Another person logged in than the one who is to sign'),
  LEVEL_TOO_LOW: entry(403, 'The login does not reach the required level'),
  NO_SLOT_LEFT: entry(409, 'No signature field is left for another signer'),
  DELEGATION_NOT_ALLOWED: entry(403, 'The signer may not name somebody else'),
  SUCCESSOR_NOT_ALLOWED: entry(422, 'This person cannot sign in the place of the signer'),
  METHOD_NOT_ACCEPTED: entry(403, 'The way of logging in is not one that this signature accepts'),
  DOCUMENT_BUSY: entry(409, 'Another signer is signing this document right now'),
  TEST_DOOR_CLOSED: entry(403, 'The test door is closed'),
  TOO_MANY_TO_APPROVE: entry(409, 'BankID approves fewer documents at a time'),
  NOT_SIGNED_YET: entry(409, 'There is no signed document yet'),
  FINISHED_FILE_REJECTED: entry(500, 'The finished document does not pass verification'),
  FINISHED_FILE_UNPROVEN: entry(503, 'The finished document cannot be proven yet'),

  // Trust services
  TRUST_SERVICE_UNAVAILABLE: entry(503, 'The trust service does not answer'),
  TRUST_SERVICE_REFUSED: entry(502, 'The trust service refused the request'),
  TRUST_SERVICE_MALFORMED: entry(502, 'The trust service answered something that is not valid'),
  SIGNATURE_INVALID: entry(502, 'The signature does not verify'),
  TIMESTAMP_INVALID: entry(502, 'The time-stamp is not valid'),
  TIMESTAMP_TOO_LATE: entry(502, 'No time-stamp before the certificate ends'),
  REVOCATION_DATA_INVALID: entry(502, 'Revocation data is missing or not valid'),
  CERTIFICATE_INVALID: entry(502, 'The certificate is not valid for this use'),
  SIGNATURE_TOO_LARGE: entry(502, 'The signature does not fit into its reserved place'),
  CLOCK_SKEWED: entry(503, 'The clocks disagree by more than a minute'),

  // Encodings
  MALFORMED_DER: entry(422, 'The DER encoding is not valid'),

  // Start-up
  CONFIG_INVALID: entry(500, 'The configuration is not valid'),
  SECRET_MISSING: entry(500, 'A secret is missing'),
  SECRET_WRONG: entry(500, 'A secret is not the one this database was made with'),
  TOO_MANY_CONNECTIONS: entry(500, 'The connection budget exceeds what the database allows'),
  DATABASE_UNAVAILABLE: entry(503, 'The database does not answer'),
  SCHEMA_MISMATCH: entry(500, 'The database does not have the tables that this program needs'),
  ROLES_MISSING: entry(500, 'The database roles that keep tenants apart are missing'),
  PORT_TAKEN: entry(500, 'Another program listens on the port'),
  START_FAILED: entry(500, 'A part of Segl did not start'),
} as const satisfies Record<string, Entry>

export type ErrorCode = keyof typeof catalogue

/** One mistake in one place of a request (RFC 9457 extension member `errors`). */
export type FieldError = {
  /** RFC 6901 JSON pointer into the request. */
  readonly pointer: string
  readonly code: ErrorCode
  readonly detail: string
}

export type SeglErrorOptions = {
  readonly cause?: unknown
  readonly errors?: readonly FieldError[]
  /** Seconds after which the same call may succeed. */
  readonly retryAfter?: number
  /** Byte offset in the file that is at fault. */
  readonly offset?: number
  /** Further members that a client may act on; never personal data. */
  readonly extra?: Readonly<Record<string, unknown>>
}

/** The one error class of Segl. `detail` is a sentence for a person: what happened and what to do; never personal data. */
export class SeglError extends Error {
  override readonly name = 'SeglError'
  readonly code: ErrorCode
  readonly detail: string
  readonly errors: readonly FieldError[]
  readonly retryAfter: number | undefined
  readonly offset: number | undefined
  readonly extra: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, detail: string, options: SeglErrorOptions = {}) {
    super(`${code}: ${detail}`, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.detail = detail
    this.errors = options.errors ?? []
    this.retryAfter = options.retryAfter
    this.offset = options.offset
    this.extra = options.extra ?? {}
  }
}

/** True when `error` is a SeglError (with one of `codes`, when any are named). */
export function isSeglError(error: unknown, ...codes: ErrorCode[]): error is SeglError {
  return error instanceof SeglError && (codes.length === 0 || codes.includes(error.code))
}

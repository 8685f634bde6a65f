// What to do about each error code, for those who write against the API; in the sections of the catalogue's page.
import type { ErrorCode } from '../errors.ts'

export type ProblemSection = {
  readonly title: string
  readonly about: string
  readonly remedies: Readonly<Partial<Record<ErrorCode, string>>>
}

const ours =
  'Nothing of yours: repeat the call after a while, with the same Idempotency-Key, and name the request id when you ask about it.'
const fixFields =
  'Correct the fields that `errors` names by their JSON pointers, and send the request with a new Idempotency-Key.'
const orderRule =
  'Change the signers or the documents as `detail` says, or ask beforehand with POST /v1/orders/check. GET /v1/rules has the law.'
const overridable = `${orderRule} Where the rule allows it, \`overrides\` sends the order all the same, with your reason.`
const otherPdf = 'Make the PDF anew in the program it comes from, without what `detail` names, and upload that.'
const normalise = 'Upload it with `normalise: true` in its metadata, or make the PDF anew without what `detail` names.'
const wait =
  'Read the order: its state says what it waits for. Call again when that has come, or follow GET /v1/events.'
const signer =
  'The signer is told so on his page, and what to do. The order stays open; send him a new link when his is lost.'
const operator = 'For whoever runs Segl: the message of the process says which setting or program to look at.'

export const problemSections: readonly ProblemSection[] = [
  {
    title: 'Requests',
    about: 'What any call may be answered with.',
    remedies: {
      INVALID_REQUEST: fixFields,
      UNAUTHENTICATED:
        'Send `Authorization: Bearer segl_…` with a key or an access token that is not revoked and has not run out.',
      FORBIDDEN: 'Call with a key that has the scope which `detail` names, or have an administrator make one.',
      NOT_FOUND: 'Check the id. What belongs to another tenant, and what is deleted, is not found either.',
      METHOD_NOT_ALLOWED: 'Use a method of the header `Allow`.',
      PRECONDITION_FAILED:
        'Somebody changed it since you read it: read it again, look at the difference, and send `If-Match` with the new ETag.',
      RANGE_NOT_SATISFIABLE: 'Ask for a range inside the file; `Content-Range` of the answer tells how long it is.',
      UNSUPPORTED_MEDIA_TYPE: 'Send JSON as `application/json`; PDFs as `application/pdf` or in `multipart/form-data`.',
      IDEMPOTENCY_KEY_MISSING:
        'Make a UUID, store it with your own record, and send it as `Idempotency-Key`, also when you repeat the call.',
      IDEMPOTENCY_KEY_INVALID: 'Use 1 to 255 visible ASCII characters, such as a UUID.',
      IDEMPOTENCY_KEY_REUSED:
        'Make a new key for each new request. With the old one, send exactly what you sent first.',
      IDEMPOTENCY_IN_FLIGHT: 'Wait as `Retry-After` says and send the same again: you get the first answer.',
      CONSUMER_BUSY:
        'Another reader of this name is at work. Come again when `Retry-After` has passed, or give each reader a name of its own.',
      CONSUMER_LEASE_LOST:
        'The lease ran out or was taken over: lease again. Events may come twice, so remember their ids.',
      WEBHOOK_URL_NOT_ALLOWED: 'Give an https address with a public host name, without user, password and fragment.',
      LIMIT_REACHED: 'Remove one that is not used any more.',
      RATE_LIMITED: 'Wait as `Retry-After` says. `RateLimit-Remaining` of every answer tells how many calls are left.',
      KEY_SET_INVALID:
        'Send public keys only (RFC 7517): P-256, P-384, Ed25519, or RSA of 2048 bits and more, each with a `kid` of its own.',
      INTERNAL: ours,
      UNAVAILABLE: ours,
    },
  },
  {
    title: 'Documents and metadata',
    about: 'Refusals of POST /v1/documents for what is said about the file.',
    remedies: {
      KIND_UNKNOWN: 'Use `annualAccounts`, `contract` or `voucher`.',
      METADATA_MISSING:
        'Send the metadata: the part `metadata`, or the header `Segl-Metadata` with base64url of the JSON.',
      METADATA_INVALID: fixFields,
      ORGANISATION_NUMBER_INVALID: 'Check the number for a typing error: nine digits, the last one a control digit.',
      NATIONAL_IDENTITY_NUMBER_INVALID:
        'Check the number for a typing error: eleven digits, the last two control digits.',
      NATIONAL_IDENTITY_NUMBER_NOT_SYNTHETIC:
        'This installation takes test people only: numbers with 80 added to the month.',
    },
  },
  {
    title: 'The PDF itself',
    about:
      'What the pre-flight refuses, so that nobody signs what can change afterwards. `offset` is the byte where the cause lies.',
    remedies: {
      NOT_A_PDF: 'Send the bytes of a PDF, not those of a page about it or an office document.',
      BYTES_BEFORE_HEADER: normalise,
      TRUNCATED:
        'The file is not whole: fetch or export it again. `normaliseHelps` tells whether `normalise: true` repairs it.',
      MALFORMED_PDF: 'Make the PDF anew. `normaliseHelps` tells whether `normalise: true` repairs it.',
      ENCRYPTED: 'Save the PDF without password and restrictions.',
      JAVASCRIPT: otherPdf,
      LAUNCH_ACTION: otherPdf,
      EXTERNAL_CONTENT: otherPdf,
      NO_PAGES: otherPdf,
      CONTENT_AMBIGUOUS: otherPdf,
      XFA: normalise,
      FORM_FIELDS: normalise,
      ALREADY_SIGNED:
        'A signed file is not rewritten. Upload it without `normalise`, or the file as it was before it was signed.',
      CHANGES_FORBIDDEN: 'Its author certified that nobody signs after him: ask him for a file that may be signed.',
      TAGS_UNREADABLE: otherPdf,
      NOT_NORMALISABLE: otherPdf,
      HYBRID_XREF: normalise,
      TOO_LARGE:
        'Send a smaller file: scans at 150 to 300 dpi, in black and white where that is enough. `detail` tells the limit.',
      TOO_COMPLEX: otherPdf,
    },
  },
  {
    title: 'Orders and accounting rules',
    about: 'Why an order is not opened.',
    remedies: {
      SIGNATURE_PLACE_INVALID:
        'Move the signature inside the page that `errors` names; GET the document for its number of pages.',
      SIGNERS_INVALID: fixFields,
      RETURN_URL_NOT_ALLOWED: 'Use an origin of the allow-list, or have it put there (RETURN_URL_ORIGINS).',
      BOARD_MISSING: orderRule,
      REGISTERED_SIGNATORY_MISSING: overridable,
      BOARD_QUORUM: orderRule,
      AUDITOR_MISSING: orderRule,
      AUDITOR_TOO_EARLY: orderRule,
      AUDITORS_REPORT_TOO_EARLY: orderRule,
      FISCAL_YEAR_NOT_OVER: overridable,
      ACCOUNTS_DIFFER: orderRule,
      SIGNATURE_RIGHT_NOT_MET: overridable,
      ON_BEHALF_OF_UNKNOWN: orderRule,
      FOUR_EYES_MISSING: orderRule,
      FOUR_EYES_SAME_PERSON: orderRule,
      AMOUNT_LIMIT_EXCEEDED: overridable,
      AUTHORITY_WITHOUT_PRINCIPAL: orderRule,
      AMOUNT_LIMIT_OUT_OF_PLACE: orderRule,
      OVERRIDE_NOT_ALLOWED:
        'Keep the rule, or leave it out of `overrides`: GET /v1/rules tells which ones may be overridden.',
    },
  },
  {
    title: 'Orders on their way',
    about: 'What the state of an order does not allow.',
    remedies: {
      STATE_CONFLICT: wait,
      RETENTION_NOT_OVER: 'Ask again after `keptUntil` of GET /v1/orders/{id}/storage.',
      LEGAL_HOLD: 'Release the legal hold first, if you may.',
      ORDER_DELETED: 'Its documents are gone for good; hashes and trail are still at GET /v1/orders/{id}/audit.',
      DOCUMENT_IN_USE: 'Upload the file once more: each order has documents of its own.',
      DOCUMENT_BUSY: wait,
      NOT_SIGNED_YET: wait,
      FINISHED_FILE_REJECTED:
        'Nothing of yours. The signatures are kept, unsealed, among the revisions of the document. `retry` the order when Segl has been ' +
        'upgraded, or order anew with `replaces`; `check` says which rule the finished file failed (docs/checks.md).',
      FINISHED_FILE_UNPROVEN: 'Nothing of yours: it is tried again by itself, and the order tells what it waits for.',
      NO_SLOT_LEFT: 'The document has room for no further signer: open a new order.',
      TOO_MANY_TO_APPROVE: 'Put fewer signers into one session.',
      TEST_DOOR_CLOSED: 'Signers are played on the simulated BankID only.',
    },
  },
  {
    title: 'The signer at BankID',
    about: 'What a signer meets; you read it as `reasonCode` of the signer.',
    remedies: {
      LINK_VOID: 'Give him a new link: POST /v1/orders/{id}/signers/{signer}/links.',
      LINK_INVALID: 'Send the whole link, as the API gave it.',
      SESSION_INVALID: signer,
      CEREMONY_CANCELLED: signer,
      CEREMONY_EXPIRED: signer,
      WRONG_PERSON:
        'Check name, birth date or number in the order; replace the signer when it was to be somebody else.',
      LEVEL_TOO_LOW: signer,
      METHOD_NOT_ACCEPTED: signer,
      DELEGATION_NOT_ALLOWED: 'Set `mayDelegate` in a new order, or replace the signer yourself.',
      SUCCESSOR_NOT_ALLOWED: 'Name somebody who may sign in his place; `detail` says what speaks against this one.',
    },
  },
  {
    title: 'Trust services',
    about: 'Of BankID, time-stamps and revocation data. Segl tries again by itself; the order tells what it waits for.',
    remedies: {
      TRUST_SERVICE_UNAVAILABLE: ours,
      TRUST_SERVICE_REFUSED: ours,
      TRUST_SERVICE_MALFORMED: ours,
      SIGNATURE_INVALID: signer,
      SIGNATURE_TOO_LARGE: ours,
      TIMESTAMP_INVALID: ours,
      TIMESTAMP_TOO_LATE: signer,
      REVOCATION_DATA_INVALID: ours,
      CERTIFICATE_INVALID: ours,
      CLOCK_SKEWED: operator,
      MALFORMED_DER: ours,
    },
  },
  {
    title: 'Running Segl',
    about: 'Told when a process starts or is asked whether it is ready; a client of the API never meets them.',
    remedies: {
      CONFIG_INVALID: operator,
      SECRET_MISSING: operator,
      SECRET_WRONG: operator,
      TOO_MANY_CONNECTIONS: operator,
      DATABASE_UNAVAILABLE: operator,
      SCHEMA_MISMATCH: 'For whoever runs Segl: run `segl migrate` of the same version as the processes.',
      ROLES_MISSING: 'For whoever runs Segl: run `segl migrate` with a database user that may make roles.',
      PORT_TAKEN: operator,
      START_FAILED: operator,
    },
  },
]

const remedies = new Map(problemSections.flatMap((section) => Object.entries(section.remedies)))

/** What to do about a problem, in a sentence or two. */
export const remedyOf = (code: ErrorCode): string => remedies.get(code) ?? 'Do as `detail` says.'

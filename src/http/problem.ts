// The one bridge from errors to problem documents (RFC 9457).
import type { FastifyReply, FastifyRequest } from 'fastify'
import { catalogue, type ErrorCode, type FieldError, isSeglError, SeglError } from '../errors.ts'
import { type ValidationError, validationMistakes } from './validation.ts'

export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly instance: string
  readonly code: ErrorCode
  readonly requestId: string
  readonly errors?: readonly FieldError[]
  readonly [extension: string]: unknown
}

/** `/problems/<code in kebab case>`: where the code is explained. */
export const problemType = (code: ErrorCode): string => `/problems/${code.toLowerCase().replaceAll('_', '-')}`

/** The problem document of an error that was thrown while `request` was answered. */
export function problemOf(error: SeglError, request: Pick<FastifyRequest, 'url' | 'id'>): Problem {
  const { title, status } = catalogue[error.code]
  return {
    type: problemType(error.code),
    title,
    status,
    // What happened inside is nobody's business outside: it is in the log, under the request id.
    detail:
      status === 500 ? 'Something went wrong on our side. Try again later, and name the request id.' : error.detail,
    // RFC 9457 § 3.1.5; without its query, which may hold what does not belong into a log.
    instance: request.url.split('?', 1)[0] ?? '/',
    code: error.code,
    requestId: request.id,
    ...(error.errors.length > 0 && { errors: error.errors }),
    ...(error.offset !== undefined && { offset: error.offset }),
    ...(status !== 500 && error.extra),
  }
}

/** Answers with the problem document of whatever was thrown; what nobody expected is logged and told as INTERNAL. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const error = seglErrorOf(thrown)
  const problem = problemOf(error, request)
  if (problem.status >= 500) request.log.error({ err: thrown, code: error.code }, 'request failed')
  if (error.retryAfter !== undefined) reply.header('Retry-After', String(Math.ceil(error.retryAfter)))
  if (error.code === 'UNAUTHENTICATED') reply.header('WWW-Authenticate', 'Bearer realm="segl"')
  return reply.code(problem.status).type('application/problem+json').serializer(JSON.stringify).send(problem)
}

/** Any error as a SeglError; Fastify's own are told by their code, unknown ones become INTERNAL with their cause. */
export function seglErrorOf(thrown: unknown): SeglError {
  if (isSeglError(thrown)) return thrown
  if (!(thrown instanceof Error)) return new SeglError('INTERNAL', 'Something was thrown that is no error.')
  const { code, statusCode, validation, validationContext } = thrown as FrameworkError
  if (validation) return invalidRequest(validation, validationContext ?? 'body')
  if (code !== undefined && Object.hasOwn(frameworkErrors, code)) {
    const known = frameworkErrors[code]
    if (known) return new SeglError(known[0], known[1], { cause: thrown })
  }
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new SeglError('INVALID_REQUEST', 'The request could not be read. Check its method, headers and body.', {
      cause: thrown,
    })
  }
  return new SeglError('INTERNAL', 'Unexpected error.', { cause: thrown })
}

type FrameworkError = Error & {
  readonly code?: string
  readonly statusCode?: number
  readonly validation?: readonly ValidationError[]
  readonly validationContext?: string
}

const tooLarge = 'The request is larger than this installation accepts.'
const brokenMultipart = 'The multipart body could not be read. Check that its boundary matches and that it is complete.'

const frameworkErrors: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'Send a Content-Type that this address accepts.'],
  FST_ERR_CTP_INVALID_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'Send a Content-Type that this address accepts.'],
  FST_INVALID_MULTIPART_CONTENT_TYPE: ['UNSUPPORTED_MEDIA_TYPE', 'Send application/pdf or multipart/form-data.'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['TOO_LARGE', tooLarge],
  FST_REQ_FILE_TOO_LARGE: ['TOO_LARGE', tooLarge],
  FST_PARTS_LIMIT: ['INVALID_REQUEST', 'Send one part `metadata` and one part `file`, nothing else.'],
  FST_FILES_LIMIT: ['INVALID_REQUEST', 'Send one file in a request.'],
  FST_FIELDS_LIMIT: ['INVALID_REQUEST', 'Send one field `metadata`.'],
  FST_PROTO_VIOLATION: ['INVALID_REQUEST', 'The name of a part is not allowed.'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['INVALID_REQUEST', 'The body is empty, but a JSON object is expected.'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['INVALID_REQUEST', 'The body is not valid JSON.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['INVALID_REQUEST', 'The body is not as long as Content-Length says.'],
  FST_ERR_NOT_FOUND: ['NOT_FOUND', 'There is nothing at this address.'],
  ERR_STREAM_PREMATURE_CLOSE: ['INVALID_REQUEST', 'The upload ended before it was complete. Send it again.'],
  ECONNRESET: ['INVALID_REQUEST', 'The upload ended before it was complete. Send it again.'],
  ABORT_ERR: ['INVALID_REQUEST', 'The upload ended before it was complete. Send it again.'],
}

/** busboy's errors have no code; their messages are stable. */
export function multipartError(thrown: unknown): unknown {
  if (isSeglError(thrown) || !(thrown instanceof Error)) return thrown
  // The last is what it says of a boundary of more than 252 characters; RFC 2046 § 5.1.1 allows 70.
  return /multipart|boundary|needle|Unexpected end|Malformed part|Part terminated early/i.test(thrown.message) &&
    !(thrown as FrameworkError).code?.startsWith('FST_')
    ? new SeglError('INVALID_REQUEST', brokenMultipart, { cause: thrown })
    : thrown
}

/** All mistakes of a request at once. An id in the path that cannot be one names nothing. */
function invalidRequest(validation: readonly ValidationError[], context: string): SeglError {
  if (context === 'params') return new SeglError('NOT_FOUND', 'There is nothing at this address.')
  const errors = validationMistakes(validation, context)
  const first = errors[0]
  const same = first !== undefined && errors.every((error) => error.code === first.code)
  return new SeglError(
    same ? first.code : 'INVALID_REQUEST',
    errors.length === 1 && first
      ? first.detail
      : `${errors.length} fields of the request are wrong. Each is named in \`errors\`.`,
    { errors },
  )
}

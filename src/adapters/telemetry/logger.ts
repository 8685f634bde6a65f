// The one logger: JSON lines that never hold a token, a number of a person, a cookie or the query of a URL.
import { type DestinationStream, type Logger, type LoggerOptions, pino, stdTimeFunctions } from 'pino'

export type { Logger } from 'pino'

/** Names of fields that are never logged, in lower case without separators. OAuth's `code` and `state` are swept as queries. */
const secretFields = new Set([
  'authorization',
  'cookie',
  'setcookie',
  'token',
  'accesstoken',
  'idtoken',
  'refreshtoken',
  'servicetoken',
  'linktoken',
  'sad',
  'clientassertion',
  'codeverifier',
  'nonce',
  'password',
  'passphrase',
  'secret',
  'apikey',
  'xapikey',
  'nationalidentitynumber',
  'nninaltsub',
  'nnin',
  'loginhint',
  'identity',
  'birthdate',
])

const removed = '[removed]'
const deepest = 6

/**
 * Makes the logger of a process. `destination` is standard output unless given (tests).
 * Three nets under each other: requests and errors are reduced to members that are known to be harmless, fields with telling
 * names are removed at any depth, and the finished line is swept for what looks like a token or a national identity number.
 */
export function createLogger(options: {
  readonly process: string
  /** One of pino's, or `silent`; config.ts has checked it. */
  readonly level: string
  readonly destination?: DestinationStream
}): Logger {
  const settings: LoggerOptions = {
    level: options.level,
    base: { process: options.process, pid: process.pid },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }), log: (fields) => withoutSecrets(fields, 0) },
    serializers: { req: request, res: response, err: error },
    hooks: { streamWrite: sweep },
  }
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination)
}

/** A finished line without tokens, numbers of persons, and queries of URLs, however they came into it. */
function sweep(line: string): string {
  return (
    line
      // Fields of child loggers and serializers pass no formatter, so their names are looked at here.
      .replace(/"([\w-]+)":"(?:[^"\\]|\\.)*"/g, (member, name) => (isSecret(name) ? `"${name}":"${removed}"` : member))
      // The path of a signing link is its secret.
      .replace(/\/sign\/[A-Za-z0-9_-]{16,}/g, `/sign/${removed}`)
      // The query (and fragment) of anything that looks like a URL or a path.
      .replace(/((?:https?:\/)?\/[^\s"'?#\\]*)[?#][^\s"'\\]+/g, `$1?${removed}`)
      .replace(/\b(Bearer|Basic|DPoP)\s+[A-Za-z0-9._~+/=-]+/gi, `$1 ${removed}`)
      // JSON Web Tokens (RFC 7519): two or three base64url parts, of which the first begins with `{"`.
      .replace(/\beyJ[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+){1,4}/g, removed)
      // Eleven digits that are no part of a longer number or of a hex digest; also written as 6 + 5.
      .replace(/(?<![0-9A-Za-z.:+-])\d{6}[ ]?\d{5}(?![0-9A-Za-z])/g, removed)
  )
}

function withoutSecrets(value: Record<string, unknown>, depth: number): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const [name, member] of Object.entries(value)) kept[name] = isSecret(name) ? removed : harmless(member, depth)
  return kept
}

const isSecret = (field: string) => secretFields.has(field.toLowerCase().replaceAll(/[-_]/g, ''))

function harmless(value: unknown, depth: number): unknown {
  if (value instanceof Uint8Array) return `[${value.length} bytes]`
  if (value instanceof URL) return `${value.origin}${value.pathname}`
  if (value instanceof URLSearchParams) return removed
  if (Array.isArray(value)) return depth > deepest ? '[…]' : value.map((member) => harmless(member, depth + 1))
  if (!isPlain(value)) return value
  return depth > deepest ? '[…]' : withoutSecrets(value, depth + 1)
}

/** Errors, requests and dates keep their type: a serializer reduces them. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

function request(req: { method?: string; url?: string; id?: unknown }): object {
  return { method: req.method, path: req.url?.split(/[?#]/, 1)[0], id: req.id }
}

function response(res: { statusCode?: number }): object {
  return { status: res.statusCode }
}

/** Type, code, message and stack, and those of its causes; never further members, which may hold an answer's body. */
function error(value: unknown, depth = 0): unknown {
  if (!(value instanceof Error)) return typeof value === 'object' ? removed : value
  const { name, message, stack } = value
  const code = 'code' in value && typeof value.code === 'string' ? { code: value.code } : {}
  const cause = value.cause === undefined || depth > deepest ? {} : { cause: error(value.cause, depth + 1) }
  return { type: name, ...code, message, stack, ...cause }
}

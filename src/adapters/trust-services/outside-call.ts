// One HTTP call to the trust service: only to its own hosts, with a time limit and a size limit, redirects not followed.
import { isIP } from 'node:net'
import { SeglError } from '../../errors.ts'

export type TrustServiceLocation = {
  /** BANKID_URL: the issuer as browsers see it, with a path if it has one. */
  readonly url: string
  /** BANKID_BACKCHANNEL_URL: where our own calls go instead; only its origin counts. */
  readonly backchannelUrl?: string | undefined
  /** Origins beside the issuer's that belong to the same trust service (its CSC, OCSP or TSA hosts). */
  readonly furtherOrigins?: readonly string[]
  /** Allows plain http to public hosts. Loopback and private hosts need no permission. */
  readonly allowPlainHttp?: boolean
  /** Milliseconds for one call, from connect to the last byte; 10 000 unless given. */
  readonly timeoutMs?: number
}

export type OutsideRequest = {
  readonly method: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Most bytes an answer may have; 1 MB unless given. */
  readonly limit?: number
}

export type OutsideAnswer = {
  readonly status: number
  readonly headers: Headers
  readonly body: Uint8Array
}

export type OutsideCall = {
  /** The issuer, without a trailing slash. */
  readonly issuer: string
  /** Any status but a redirect is an answer. Failures: TRUST_SERVICE_UNAVAILABLE, _MALFORMED, or _REFUSED for a strange host. */
  send(what: string, url: string | URL, request: OutsideRequest): Promise<OutsideAnswer>
  /** As `send`, and any status but 200 is an error as well: 5xx and 429 UNAVAILABLE, the rest REFUSED. */
  get(what: string, url: string | URL, request: OutsideRequest): Promise<OutsideAnswer>
}

const defaultTimeoutMs = 10_000
const defaultLimit = 1024 * 1024

/** Makes the caller for one trust service. A URL that is none, or plain http where that is not allowed, is CONFIG_INVALID. */
export function createOutsideCall(location: TrustServiceLocation): OutsideCall {
  const issuer = configuredUrl('BANKID_URL', location.url, location.allowPlainHttp)
  const backchannel =
    location.backchannelUrl === undefined
      ? undefined
      : configuredUrl('BANKID_BACKCHANNEL_URL', location.backchannelUrl, location.allowPlainHttp)
  const further = new Set(
    (location.furtherOrigins ?? []).map(
      (origin) => configuredUrl('The further origins of the trust service', origin, location.allowPlainHttp).origin,
    ),
  )
  const timeoutMs = location.timeoutMs ?? defaultTimeoutMs

  // A certificate or a discovery document names URLs: without this list, whoever writes one could make us call anything.
  function reach(what: string, address: string | URL): URL {
    const parsed = typeof address === 'string' && !URL.canParse(address) ? undefined : new URL(address)
    if (parsed === undefined || parsed.username !== '' || parsed.password !== '') throw strangeHost(what)
    if (parsed.origin === issuer.origin) {
      if (backchannel !== undefined) return new URL(parsed.pathname + parsed.search, backchannel.origin)
      return parsed
    }
    if (parsed.origin === backchannel?.origin || further.has(parsed.origin)) return parsed
    throw strangeHost(what)
  }

  async function send(what: string, address: string | URL, request: OutsideRequest): Promise<OutsideAnswer> {
    const url = reach(what, address)
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const response = await fetch(url, {
        method: request.method,
        headers: { ...request.headers },
        ...(request.body === undefined ? {} : { body: request.body }),
        redirect: 'manual',
        signal,
      })
      if (response.status >= 300 && response.status < 400) {
        await response.body?.cancel()
        throw malformed(what, 'answered with a redirect, which is not followed')
      }
      const body = await readLimited(what, response, request.limit ?? defaultLimit)
      return { status: response.status, headers: response.headers, body }
    } catch (error) {
      if (error instanceof SeglError) throw error
      if (signal.aborted) throw unavailable(what, `did not answer within ${timeoutMs / 1000} seconds`, { cause: error })
      throw unavailable(what, 'cannot be reached, or broke the connection', { cause: error })
    }
  }

  return {
    issuer: issuer.href.replace(/\/$/, ''),
    send,
    async get(what, address, request) {
      const answer = await send(what, address, request)
      if (answer.status !== 200) throw failedStatus(what, answer)
      return answer
    },
  }
}

/** The error for an answer whose status is not 200; `reason` is a short machine code from its body, if any. */
export function failedStatus(what: string, answer: OutsideAnswer, reason?: string): SeglError {
  const because = reason === undefined ? '' : ` (${reason})`
  if (answer.status >= 500 || answer.status === 429) {
    const seconds = Number(answer.headers.get('retry-after'))
    const retryAfter = Number.isInteger(seconds) && seconds > 0 ? { retryAfter: seconds } : {}
    return unavailable(what, `answered with status ${answer.status}${because}`, retryAfter)
  }
  return refused(what, `answered with status ${answer.status}${because}`)
}

export function unavailable(
  what: string,
  happened: string,
  options: { readonly cause?: unknown; readonly retryAfter?: number } = {},
): SeglError {
  return new SeglError('TRUST_SERVICE_UNAVAILABLE', `${what} ${happened}. Try again later.`, options)
}

export function refused(what: string, happened: string, cause?: unknown): SeglError {
  return new SeglError(
    'TRUST_SERVICE_REFUSED',
    `${what} ${happened}. Check what is registered there and try again.`,
    cause === undefined ? {} : { cause },
  )
}

export function malformed(what: string, happened: string, cause?: unknown): SeglError {
  return new SeglError(
    'TRUST_SERVICE_MALFORMED',
    `${what} ${happened}. Report it to whoever runs the trust service.`,
    cause === undefined ? {} : { cause },
  )
}

/** The media type of an answer, in lower case without parameters. */
export function mediaTypeOf(answer: OutsideAnswer): string {
  return (answer.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? ''
}

/** The JSON object of an answer. */
export function jsonObjectOf(what: string, answer: OutsideAnswer): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(answer.body))
  } catch {
    // The parser's message quotes the answer, which may hold a token.
    throw malformed(what, 'answered something that is not JSON')
  }
  if (!isObject(value)) throw malformed(what, 'answered JSON that is not an object')
  return value
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

async function readLimited(what: string, response: Response, limit: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  if (response.body !== null) {
    // Leaving the loop by an error cancels the stream, and with it the connection.
    for await (const chunk of response.body) {
      size += chunk.length
      if (size > limit) throw malformed(what, `answered with more than ${limit} bytes`)
      chunks.push(chunk)
    }
  }
  return Buffer.concat(chunks)
}

function strangeHost(what: string): SeglError {
  return refused(what, 'lies at a host that is not one of the configured trust service, so it was not called')
}

function configuredUrl(name: string, text: string, allowPlainHttp = false): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (
    url === undefined ||
    !/^https?:$/.test(url.protocol) ||
    url.username !== '' ||
    url.search !== '' ||
    url.hash !== ''
  )
    throw new SeglError('CONFIG_INVALID', `${name} must be an http or https URL without user, query or fragment.`)
  if (url.protocol === 'http:' && !allowPlainHttp && !isPrivateHost(url.hostname))
    throw new SeglError('CONFIG_INVALID', `${name} must be https: plain http is for loopback and private hosts only.`)
  return url
}

/** Loopback, RFC 1918 and RFC 4193 addresses, and names without a dot (a container's or a machine's on the same network). */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  if (isIP(host) === 4) return /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host)
  if (isIP(host) === 6) return host === '::1' || /^f[cd]/.test(host)
  return host === 'localhost' || host.endsWith('.localhost') || host.endsWith('.internal') || !host.includes('.')
}

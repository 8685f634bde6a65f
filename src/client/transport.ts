// One call to the service: authenticated, bounded in time, and repeated where repeating is safe.
import { problemOf, SeglProblem } from './problem.ts'

export type SeglOptions = {
  /** Where Segl is: `https://segl.example.no`. */
  readonly url: string
  /** An API key (`segl_…`), or a function that gives a token for each call (OAuth 2.0). */
  readonly key: string | (() => string | Promise<string>)
  /** The longest that one attempt may take, in milliseconds: 60 000 by default; uploads and downloads have none of their own. */
  readonly timeoutMs?: number
  /** Attempts at a call that may be repeated: 6 by default. */
  readonly attempts?: number
  /** Aborts everything. */
  readonly signal?: AbortSignal
  /** `fetch` by default. */
  readonly fetch?: typeof fetch
}

export type Call = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  /** Sent as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** A body that is not JSON; made anew for each attempt. */
  readonly raw?: () => { readonly body: Blob | ReadableStream<Uint8Array>; readonly streams?: boolean }
  /** Makes repeating a POST safe: the service answers with the first answer. */
  readonly idempotencyKey?: string
  readonly timeoutMs?: number | null
  readonly signal?: AbortSignal | undefined
}

export type Transport = {
  /** Throws SeglProblem for every refusal. */
  send(path: string, call?: Call): Promise<Response>
  /** The answer's JSON; undefined for 204. */
  json<T>(path: string, call?: Call): Promise<T>
}

/** Refusals that pass: too fast, not there yet, being answered to somebody with the same key. */
const passing = (status: number, code: string): boolean =>
  status === 429 || status === 502 || status === 503 || status === 504 || code === 'IDEMPOTENCY_IN_FLIGHT'

export function createTransport(options: SeglOptions): Transport {
  const base = options.url.replace(/\/+$/, '')
  const attempts = options.attempts ?? 6
  const send = async (path: string, call: Call = {}): Promise<Response> => {
    const { method = 'GET', idempotencyKey } = call
    // RFC 9110 § 9.2.2: these may be repeated by their meaning; a POST only under a key.
    const repeatable = method !== 'POST' || idempotencyKey !== undefined
    for (let attempt = 1; ; attempt += 1) {
      let wait: number | undefined
      try {
        const response = await once(base + path + queryOf(call.query), call, options)
        if (response.ok) return response
        const problem = await problemOf(response)
        const again = passing(response.status, problem.code) || (repeatable && response.status === 500)
        // 429 is told before anything is done. A 503 is not, even with Retry-After: the database may have gone in the middle.
        const safe = repeatable || response.status === 429
        if (!again || !safe || attempt >= attempts) throw new SeglProblem(problem)
        wait = Number(response.headers.get('retry-after') ?? Number.NaN)
      } catch (error) {
        const stopped = options.signal?.aborted || call.signal?.aborted
        if (error instanceof SeglProblem || stopped || !repeatable || attempt >= attempts) throw error
      }
      await pause(pauseMs(attempt, wait), [options.signal, call.signal])
    }
  }
  return {
    send,
    async json<T>(path: string, call?: Call) {
      const response = await send(path, call)
      return (response.status === 204 ? undefined : await response.json()) as T
    },
  }
}

async function once(url: string, call: Call, options: SeglOptions): Promise<Response> {
  const { method = 'GET', body, headers, raw, idempotencyKey } = call
  const token = typeof options.key === 'function' ? await options.key() : options.key
  const content = raw?.()
  const timeoutMs = call.timeoutMs === undefined ? (options.timeoutMs ?? 60_000) : call.timeoutMs
  const signals = [options.signal, call.signal, timeoutMs === null ? undefined : AbortSignal.timeout(timeoutMs)]
  return (options.fetch ?? fetch)(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(content && { body: content.body, ...(content.streams && { duplex: 'half' }) }),
    signal: AbortSignal.any(signals.filter((signal) => signal !== undefined)),
    redirect: 'error',
  } as RequestInit)
}

/** Seconds the service asked for, else doubling from 250 ms to 8 s; half of it by chance, so that a crowd does not come back together. */
function pauseMs(attempt: number, retryAfter: number | undefined): number {
  if (retryAfter !== undefined && retryAfter >= 0) return Math.min(retryAfter, 60) * 1000 + Math.random() * 250
  return Math.min(250 * 2 ** attempt, 8000) * (0.5 + Math.random() / 2)
}

function pause(ms: number, signals: readonly (AbortSignal | undefined)[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (event: Event): void => {
      clearTimeout(timer)
      reject((event.target as AbortSignal).reason)
    }
    const timer = setTimeout(() => {
      for (const signal of signals) signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    for (const signal of signals) signal?.addEventListener('abort', stop, { once: true })
  })
}

function queryOf(query: Call['query']): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined)
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)]))}`
}

// An upload that shows how far it is, in a browser: `fetch` tells nothing of that there, the older way does.
import { type Problem, SeglProblem } from './problem.ts'
import type { SeglOptions } from './transport.ts'

/** The part of the browser's own type that is used here; Node has none. */
type BrowserRequest = {
  readonly status: number
  readonly response: unknown
  readonly upload: { onprogress: ((event: { readonly loaded: number; readonly total: number }) => void) | null }
  responseType: string
  onload: (() => void) | null
  onerror: (() => void) | null
  onabort: (() => void) | null
  open(method: string, url: string): void
  setRequestHeader(name: string, value: string): void
  send(body: Blob): void
  abort(): void
}

const Request = (globalThis as { readonly XMLHttpRequest?: new () => BrowserRequest }).XMLHttpRequest

export const runsInBrowser = Request !== undefined

/** Once, without repeating: the idempotency key makes it safe to call again. @throws SeglProblem, or TypeError when the connection is lost */
export async function uploadByBrowser<T>(
  { url, key }: SeglOptions,
  file: Blob,
  headers: Readonly<Record<string, string>>,
  onProgress: (sent: number, total: number) => void,
  signal: AbortSignal | undefined,
): Promise<T> {
  const token = typeof key === 'function' ? await key() : key
  return new Promise((resolve, reject) => {
    if (Request === undefined) return reject(new TypeError('This is no browser.'))
    const request = new Request()
    request.open('POST', `${url.replace(/\/+$/, '')}/v1/documents`)
    request.setRequestHeader('authorization', `Bearer ${token}`)
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onProgress(loaded, total)
    request.onload = () => {
      if (request.status < 300) return resolve(request.response as T)
      const { status } = request
      const problem = request.response ?? { code: 'HTTP_ERROR', title: `The service answered ${status}.`, status }
      reject(new SeglProblem(problem as Problem))
    }
    request.onerror = () => reject(new TypeError('The connection was lost.'))
    request.onabort = () => reject(signal?.reason)
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(file)
  })
}

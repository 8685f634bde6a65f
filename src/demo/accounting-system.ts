// The demo as an accounting system: uploads, orders, polls and downloads over the API, as any integrator would.
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'

/** A refusal by the API: its problem document (RFC 9457). */
export class Refused extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail ?? problem.title}`)
    this.problem = problem
  }
}

export type Problem = {
  readonly code: string
  readonly title: string
  readonly status: number
  readonly detail?: string
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[]
}

export type OrderedSigner = {
  readonly id: string
  readonly state: string
  readonly role: string
  readonly url?: string
}

export type Order = {
  readonly id: string
  readonly state: string
  readonly documents: readonly { readonly id: string; readonly title: string }[]
  readonly signers: readonly (OrderedSigner & {
    readonly name: string
    readonly signedName: string | null
    readonly level: string
  })[]
  readonly sealing: { readonly lastError: { readonly code: string; readonly detail: string } | null }
}

export type SignerWish = {
  readonly role: string
  readonly group: number
  readonly name: string
  readonly person: { readonly nationalIdentityNumber: string }
}

export type AccountingSystem = {
  /** Uploads a PDF under an Idempotency-Key and answers the document's id. Throws Refused. */
  upload(input: {
    readonly file: string
    readonly fileName: string
    readonly metadata: object
    readonly key: string
  }): Promise<string>
  createOrder(input: {
    readonly key: string
    readonly title: string
    readonly reference: string
    readonly documentId: string
    readonly signers: readonly SignerWish[]
  }): Promise<Order>
  order(id: string): Promise<Order>
  /** Waits until `done` says so; throws after `timeoutMs` without a change that it liked. */
  waitFor(id: string, done: (order: Order) => boolean, timeoutMs: number): Promise<Order>
  original(documentId: string): Promise<Uint8Array>
  signed(documentId: string): Promise<Uint8Array>
  /** The audit trail, byte for byte as the API answers it. */
  audit(id: string): Promise<Uint8Array>
}

const callMs = 60_000
/** A service that is just starting, restarting or busy answers on one of the next tries; the key makes repeating safe. */
const tries = 30

export function createAccountingSystem({
  seglUrl,
  apiKey,
}: {
  readonly seglUrl: string
  readonly apiKey: string
}): AccountingSystem {
  async function call(path: string, init: () => RequestInit = () => ({})): Promise<Response> {
    for (let attempt = 1; ; attempt += 1) {
      const { headers, ...rest } = init()
      const response = await fetch(`${seglUrl}${path}`, {
        ...rest,
        headers: { ...headers, authorization: `Bearer ${apiKey}` },
        signal: AbortSignal.timeout(callMs),
      }).catch((error: unknown) => (attempt < tries ? undefined : Promise.reject(error)))
      if (response?.ok) return response
      const problem = response && (await problemOf(response))
      const passing =
        !response || response.status >= 500 || problem?.code === 'IDEMPOTENCY_IN_FLIGHT' || response.status === 429
      if (problem && (!passing || attempt === tries)) throw new Refused(problem)
      await pause(Number(response?.headers.get('retry-after') ?? 0) * 1000 || 500)
    }
  }
  const order = async (id: string): Promise<Order> => (await (await call(`/v1/orders/${id}`)).json()) as Order
  const bytes = async (path: string): Promise<Uint8Array> => new Uint8Array(await (await call(path)).arrayBuffer())

  return {
    async upload({ file, fileName, metadata, key }) {
      const pdf = new Blob([await readFile(file)], { type: 'application/pdf' })
      const answer = await call('/v1/documents', () => {
        const body = new FormData()
        body.set('metadata', new Blob([JSON.stringify(metadata)], { type: 'application/json' }))
        body.set('file', pdf, fileName)
        return { method: 'POST', body, headers: { 'idempotency-key': key } }
      })
      return ((await answer.json()) as { id: string }).id
    },
    async createOrder({ key, documentId, ...wish }) {
      const body = JSON.stringify({ ...wish, documents: [{ id: documentId }] })
      const headers = { 'content-type': 'application/json', 'idempotency-key': key }
      return (await (await call('/v1/orders', () => ({ method: 'POST', headers, body }))).json()) as Order
    },
    order,
    async waitFor(id, done, timeoutMs) {
      const end = Date.now() + timeoutMs
      for (;;) {
        const current = await order(id)
        if (done(current)) return current
        if (Date.now() > end) {
          const { lastError } = current.sealing
          throw new Error(
            `Order ${id} is still ${current.state}${lastError ? ` (${lastError.code}: ${lastError.detail})` : ''}.`,
          )
        }
        await pause(150)
      }
    },
    original: (id) => bytes(`/v1/documents/${id}/original`),
    signed: (id) => bytes(`/v1/documents/${id}/signed`),
    audit: (id) => bytes(`/v1/orders/${id}/audit`),
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const body: unknown = await response.json().catch(() => undefined)
  if (typeof body === 'object' && body !== null && 'code' in body) return body as Problem
  return { code: 'HTTP_ERROR', title: `The service answered ${response.status}.`, status: response.status }
}

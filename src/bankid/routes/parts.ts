// What the routes work with, and the small things they share: forms, queries, pages.
import { timingSafeEqual } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Provider } from 'oidc-provider'
import type { Pki } from '../ca.ts'
import type { Ceremonies } from '../ceremony.ts'
import type { Clock } from '../clock.ts'
import type { CodeExchange } from '../code-exchange.ts'
import type { Csc } from '../csc.ts'
import type { CscSigning } from '../csc-sign.ts'
import type { Devices } from '../devices.ts'
import type { Enrolment } from '../est.ts'
import type { Faults } from '../faults.ts'
import { pageHeaders } from '../html.ts'
import type { Responder } from '../ocsp.ts'
import type { Passkeys } from '../passkeys.ts'
import type { Phone } from '../phone.ts'
import type { TsaName } from '../pki.ts'
import type { TimeStamper } from '../tsa.ts'

export type Parts = {
  issuer: string
  provider: Provider
  pki: Pki
  clock: Clock
  ceremonies: Ceremonies
  devices: Devices
  phone: Phone
  passkeys: Passkeys
  csc: Csc
  signing: CscSigning
  exchangeCode: CodeExchange
  responder: Responder
  stampers: Record<TsaName, TimeStamper>
  enrolment: Enrolment
  est: { user: string; secret: string }
  formSecret: string
  faults: Faults
}

export const sameBytes = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

export const formOf = (request: FastifyRequest): Record<string, unknown> =>
  typeof request.body === 'object' && request.body !== null ? { ...request.body } : {}

export const bytesIn = (request: FastifyRequest): Buffer =>
  Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)

export const queryText = (request: FastifyRequest, key: string): string | undefined => {
  const { query } = request
  const value: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, key) : undefined
  return typeof value === 'string' ? value : undefined
}

export const show = (
  reply: FastifyReply,
  body: string,
  { status = 200, ...policy }: { status?: number; formOrigins?: string[]; script?: boolean } = {},
) => reply.code(status).headers(pageHeaders(policy)).send(body)

/** Error bodies of everything that is not a page. */
export const problem = (reply: FastifyReply, status: number, error: string, description: string) =>
  reply.code(status).send({ error, error_description: description })

// The CSC API over HTTP, under two addresses: as the standard has it, and as BankID has it since 2025.

import { randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Body, CscError } from '../csc-body.ts'
import type { Authorisation } from '../csc-sign.ts'
import { formOf, type Parts } from './parts.ts'

const bearerOf = (request: FastifyRequest): string | undefined =>
  /^Bearer ([\w.~+/-]+=*)$/i.exec(request.headers.authorization ?? '')?.[1]

const notJson = (): CscError => new CscError(400, 'invalid_request', 'The body must be a JSON object')

const bodyOf = (request: FastifyRequest): Body => {
  const { body } = request
  if (body === undefined || body === null) return {}
  if (typeof body !== 'object' || Array.isArray(body) || Buffer.isBuffer(body)) throw notJson()
  return { ...body }
}

const cscErrorFrom = (error: unknown): CscError => {
  if (error instanceof CscError) return error
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500
  return status < 500 ? notJson() : new CscError(500, 'server_error', 'Something went wrong in the simulated BankID')
}

const commonMethods = [
  'oauth2/authorize',
  'oauth2/token',
  'credentials/list',
  'credentials/info',
  'signatures/signHash',
]
const methodsOf = {
  standard: [
    ...commonMethods,
    'oauth2/pushed_authorize',
    'oauth2/revoke',
    'credentials/authorize',
    'credentials/authorizeCheck',
    'signatures/timestamp',
  ],
  // What BankID's own description lists; timestamp is the QTSA's business there.
  bankId: [...commonMethods, 'credentials/authorize', 'credentials/authorizeCheck'],
}

/** CSC 2.0.0.2 §10. */
const standardError = ({ error, message }: CscError) => ({ error, error_description: message })
/** BankID's own shape (facts/bankid.md §2.4). */
const bankIdError = ({ error, message }: CscError) => ({
  errorCode: error,
  errorDescription: message,
  errorReference: randomUUID(),
})

type Address = { base: string; methods: readonly string[]; errorBody: (error: CscError) => object }

const methods = (api: FastifyInstance, { csc, signing }: Parts, { base, methods: known, errorBody }: Address): void => {
  api.setErrorHandler((error, _request, reply) => {
    const cscError = cscErrorFrom(error)
    if (cscError.status === 401) reply.header('www-authenticate', `Bearer error="${cscError.error}"`)
    return reply.code(cscError.status).send(errorBody(cscError))
  })
  api.addHook('onSend', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
  })
  const authorised = (reply: FastifyReply, { status, ...body }: Authorisation) => reply.code(status).send(body)
  const call = (request: FastifyRequest) => csc.callOf(bearerOf(request))

  api.post('/info', () => csc.info(base, known))
  api.post('/credentials/list', async (request) => csc.list(await call(request), bodyOf(request)))
  api.post('/credentials/info', async (request) => csc.credentialInfo(await call(request), bodyOf(request)))
  api.post('/credentials/authorize', async (request, reply) =>
    authorised(reply, signing.authorize(await call(request), bodyOf(request))),
  )
  api.post('/credentials/authorizeCheck', async (request, reply) =>
    authorised(reply, signing.authorizeCheck(await call(request), bodyOf(request))),
  )
  api.post('/signatures/signHash', (request) => signing.signHash(bearerOf(request), bodyOf(request)))
  if (known.includes('signatures/timestamp')) {
    api.post('/signatures/timestamp', async (request) => {
      await call(request)
      return signing.timestamp(bodyOf(request))
    })
  }
  // CSC 2.0.0.2 §10.1: a method that is not implemented answers 501.
  api.all('/*', () => {
    throw new CscError(501, 'invalid_request', 'This method is not implemented')
  })
}

export const cscRoutes = (app: FastifyInstance, parts: Parts): void => {
  const { issuer, exchangeCode } = parts
  const standard: Address = { base: `${issuer}/csc/v2`, methods: methodsOf.standard, errorBody: standardError }
  app.register(async (api) => methods(api, parts, standard), { prefix: '/csc/v2' })

  const bankId: Address = { base: `${issuer}/bankid-2025/csc/v2`, methods: methodsOf.bankId, errorBody: bankIdError }
  app.register(
    async (api) => {
      // Log-in is the same page for everybody: the address only has another name here.
      api.get('/oauth2/authorize', (request, reply) =>
        reply.redirect(`${standard.base}/oauth2/authorize${request.url.slice(request.url.indexOf('?'))}`, 302),
      )
      api.post('/oauth2/token', (request) => exchangeCode(bearerOf(request), formOf(request)))
      methods(api, parts, bankId)
    },
    { prefix: '/bankid-2025/csc/v2' },
  )
}

// The CSC API over HTTP: bearer and body in, answer or the standard's error body out.
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type Body, CscError } from '../csc.ts'
import type { Parts } from './parts.ts'

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

export const cscRoutes = (app: FastifyInstance, { csc }: Parts): void => {
  app.register(
    async (api) => {
      api.setErrorHandler((error, _request, reply) => {
        const { status, error: code, message } = cscErrorFrom(error)
        if (status === 401) reply.header('www-authenticate', `Bearer error="${code}"`)
        return reply.code(status).send({ error: code, error_description: message })
      })
      api.addHook('onSend', async (_request, reply) => {
        reply.header('cache-control', 'no-store')
      })
      api.post('/info', (request) => csc.info(bodyOf(request)))
      api.post('/credentials/list', (request) => csc.list(bearerOf(request), bodyOf(request)))
      api.post('/credentials/info', (request) => csc.credentialInfo(bearerOf(request), bodyOf(request)))
      api.post('/signatures/signHash', (request) => csc.signHash(bearerOf(request), bodyOf(request)))
      // CSC 2.0.0.2 §10.1: a method that is not implemented answers 501.
      api.all('/*', () => {
        throw new CscError(501, 'invalid_request', 'This method is not implemented')
      })
    },
    { prefix: '/csc/v2' },
  )
}

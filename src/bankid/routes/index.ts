// Everything the island answers besides OpenID Connect. Thin: parse, call, answer.
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import Fastify, { type FastifyInstance } from 'fastify'
import { cscRoutes } from './csc.ts'
import { deviceRoutes } from './devices.ts'
import { faultRoutes } from './faults.ts'
import { loginRoutes } from './login.ts'
import type { Parts } from './parts.ts'
import { estRoutes, pkiRoutes } from './pki.ts'

export const createRoutes = async (parts: Parts): Promise<FastifyInstance> => {
  const app = Fastify({ bodyLimit: 200_000, routerOptions: { maxParamLength: 4000 } })
  await app.register(cookie)
  await app.register(formbody)
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  loginRoutes(app, parts)
  deviceRoutes(app, parts)
  cscRoutes(app, parts)
  pkiRoutes(app, parts)
  estRoutes(app, parts)
  faultRoutes(app, parts)
  app.get('/health', () => ({ status: 'ok', service: 'simulated BankID' }))
  await app.ready()
  return app
}

// The API as one Fastify server: limits, request ids, one answer for all errors, and routes registered by name.
import { randomUUID } from 'node:crypto'
import multipart from '@fastify/multipart'
import swagger from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { LogController } from 'fastify'
import { SeglError } from '../errors.ts'
import { rolesFor } from './access.ts'
import type { Api } from './api.ts'
import { authenticate } from './authentication.ts'
import { browsableDocs } from './browsable-docs.ts'
import { addEntityTags } from './conditional.ts'
import type { HttpDeps } from './deps.ts'
import { openapiOptions } from './openapi.ts'
import { sendProblem } from './problem.ts'
import { limitRate } from './rate-limit.ts'
import { accessRoutes } from './routes/access.ts'
import { batchRoutes } from './routes/batch.ts'
import { consumerRoutes } from './routes/consumers.ts'
import { documentRoutes } from './routes/documents.ts'
import { draftRoutes } from './routes/drafts.ts'
import { eventRoutes } from './routes/events.ts'
import { oauthRoutes } from './routes/oauth.ts'
import { operationRoutes } from './routes/operation.ts'
import { orderListRoutes } from './routes/order-list.ts'
import { orderRoutes } from './routes/orders.ts'
import { ruleRoutes } from './routes/rules.ts'
import { sessionRoutes } from './routes/sessions.ts'
import { signerRoutes } from './routes/signers.ts'
import { storageRoutes } from './routes/storage.ts'
import { testDoorRoutes } from './routes/test-door.ts'
import { webhookRoutes } from './routes/webhooks.ts'
import { refuseUnstorable } from './unstorable.ts'
import { maxMetadataBytes } from './upload.ts'
import { registerFormats, validatorCompiler } from './validation.ts'

/** JSON bodies; uploads have a limit of their own. */
const maxJsonBytes = 256 * 1024

/**
 * Builds the server; nothing listens yet. Other rooms (pages) may register routes of their own before it is ready, in a
 * scope of their own when they want other errors than problem documents.
 */
export function buildServer(deps: HttpDeps): Api {
  registerFormats()
  const api: Api = fastify({
    loggerInstance: deps.logger,
    // Fastify's own lines hold the URL, and a signing link's path is a secret: `onResponse` below logs the route instead.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: (request) => requestId(request.headers['x-request-id']),
    bodyLimit: maxJsonBytes,
    connectionTimeout: 120_000,
    keepAliveTimeout: 72_000,
    // Whole requests, uploads of MAX_UPLOAD_BYTES on a slow line included.
    requestTimeout: 15 * 60_000,
    trustProxy: typeof deps.trustProxy === 'object' ? [...deps.trustProxy] : deps.trustProxy,
    // Longer than a URL can be: what is too long for a place is told by its schema, as a problem document.
    routerOptions: { maxParamLength: 20_000 },
    return503OnClosing: true,
  }).withTypeProvider<TypeBoxTypeProvider>()

  api.setValidatorCompiler(validatorCompiler)
  api.setErrorHandler(sendProblem)
  answerUnknown(api)
  api.decorateRequest('caller', null)
  api.addHook('onRequest', async (request, reply) => {
    reply.header('X-Request-Id', request.id)
  })
  api.addHook('preValidation', async ({ query, body }) => refuseUnstorable({ query, body }))
  api.addHook('onResponse', async (request, reply) => {
    const { method, id } = request
    const route = request.routeOptions.url ?? 'none'
    const tenant = request.caller?.tenantId
    request.log.info(
      { method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), requestId: id, tenant },
      'answered',
    )
  })

  api.register(swagger, openapiOptions)
  browsableDocs(api)
  // Everything but uploads speaks JSON only.
  api.removeContentTypeParser('text/plain')

  api.register(async (scope) => {
    operationRoutes(scope.withTypeProvider<TypeBoxTypeProvider>(), deps)
    oauthRoutes(scope.withTypeProvider<TypeBoxTypeProvider>(), deps)
  })
  api.register(
    async (scope) => {
      scope.addHook('onRoute', (route) => {
        for (const method of [route.method].flat())
          route.config = { ...route.config, roles: rolesFor(method, route.url) }
      })
      scope.addHook('onRequest', (request) => authenticate(deps, request))
      await limitRate(scope, deps.requestsPerMinute)
      addEntityTags(scope)
      const v1 = scope.withTypeProvider<TypeBoxTypeProvider>()
      v1.register(async (uploads) => {
        takeUploads(uploads, deps.maxUploadBytes)
        documentRoutes(uploads.withTypeProvider<TypeBoxTypeProvider>(), deps)
      })
      orderRoutes(v1, deps)
      orderListRoutes(v1, deps)
      batchRoutes(v1, deps)
      sessionRoutes(v1, deps)
      testDoorRoutes(v1, deps)
      ruleRoutes(v1, deps)
      accessRoutes(v1, deps)
      storageRoutes(v1, deps)
      draftRoutes(v1, deps)
      signerRoutes(v1, deps)
      eventRoutes(v1, deps)
      consumerRoutes(v1, deps)
      webhookRoutes(v1, deps)
    },
    { prefix: '/v1' },
  )
  return api
}

/** PDFs, raw or in multipart, are not read here: the route lets them flow into the blob store. */
function takeUploads(
  scope: Pick<Api, 'register' | 'addContentTypeParser' | 'removeContentTypeParser'>,
  maxBytes: number,
): void {
  scope.removeContentTypeParser('application/json')
  scope.addContentTypeParser('application/pdf', async (_request: unknown, payload: unknown) => payload)
  scope.register(multipart, {
    throwFileSizeLimit: true,
    limits: { fileSize: maxBytes + 1, fieldSize: maxMetadataBytes, files: 2, fields: 1, parts: 3 },
  })
}

/** 404 for addresses that are none, 405 with `Allow` for those that know other methods (RFC 9110 § 15.5.6). */
function answerUnknown(api: Api): void {
  const routes: { readonly method: string; readonly matches: RegExp }[] = []
  api.addHook('onRoute', ({ method, url }) => {
    const matches = new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+')}/?$`)
    for (const one of [method].flat()) routes.push({ method: one, matches })
  })
  api.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/'
    const allowed = [...new Set(routes.filter(({ matches }) => matches.test(path)).map(({ method }) => method))]
    if (allowed.length === 0) throw new SeglError('NOT_FOUND', 'There is nothing at this address.')
    reply.header('Allow', allowed.join(', '))
    throw new SeglError('METHOD_NOT_ALLOWED', `This address knows ${allowed.join(', ')}.`)
  })
}

/** The caller's own id when it is harmless, so that both sides' logs can be matched; else a new one. */
function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && /^[A-Za-z0-9_-]{8,64}$/.test(given) ? given : randomUUID()
}

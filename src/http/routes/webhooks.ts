// /v1/webhooks: where events are sent, with which secret, and what came of it.
import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import { Type } from 'typebox'
import { SeglError } from '../../errors.ts'
import type { Webhook, WebhookDelivery } from '../../flow/ports/webhooks.ts'
import type { Api } from '../api.ts'
import { callerOf } from '../authentication.ts'
import { requireMatch } from '../conditional.ts'
import { pageOf } from '../cursor.ts'
import type { HttpDeps } from '../deps.ts'
import { Id, problems } from '../schemas/common.ts'
import {
  DeliveryPage,
  DeliveryView,
  NewWebhookView,
  type WebhookBody,
  WebhookList,
  WebhookPatch,
  WebhookRequest,
  WebhookView,
} from '../schemas/webhooks.ts'

const tags = ['Webhooks']
/** How long the earlier secret goes on signing beside a new one: time to roll out the new one everywhere. */
const overlapMs = 24 * 3600_000

export function webhookRoutes(api: Api, deps: HttpDeps): void {
  const { webhooks } = deps
  const params = Type.Object({ id: Id })

  api.post(
    '/webhooks',
    {
      schema: {
        operationId: 'addWebhook',
        summary: 'Have events sent to an address of yours; the answer holds the secret, this once',
        tags,
        body: WebhookRequest,
        response: { 201: NewWebhookView, ...problems(400, 401, 403, 409, 413, 415, 422, 500, 503) },
      },
    },
    async (request, reply) => {
      const { url, description = null, types = [] } = request.body
      checkUrl(url, deps.webhookPrivateAddresses)
      const secret = newSecret()
      const webhook = await webhooks.add(callerOf(request).tenantId, { url, description, types }, secret)
      return reply
        .code(201)
        .header('Location', `/v1/webhooks/${webhook.id}`)
        .header('Cache-Control', 'no-store')
        .send({ ...webhookView(webhook), secret })
    },
  )

  api.get(
    '/webhooks',
    {
      schema: {
        operationId: 'listWebhooks',
        summary: 'List webhooks',
        tags,
        response: { 200: WebhookList, ...problems(401, 403, 500, 503) },
      },
    },
    async (request) => ({ webhooks: (await webhooks.list(callerOf(request).tenantId)).map(webhookView) }),
  )

  api.get(
    '/webhooks/:id',
    {
      schema: {
        operationId: 'getWebhook',
        summary: 'Read a webhook',
        tags,
        params,
        response: { 200: WebhookView, ...problems(401, 403, 404, 500, 503) },
      },
    },
    async (request) => webhookView(known(await webhooks.find(callerOf(request).tenantId, request.params.id))),
  )

  api.patch(
    '/webhooks/:id',
    {
      schema: {
        operationId: 'changeWebhook',
        summary: 'Change a webhook; enabled again, it is sent what it missed',
        tags,
        params,
        body: WebhookPatch,
        response: { 200: WebhookView, ...problems(400, 401, 403, 404, 412, 413, 415, 422, 500, 503) },
      },
    },
    async (request, reply) => {
      const { tenantId } = callerOf(request)
      if (request.body.url !== undefined) checkUrl(request.body.url, deps.webhookPrivateAddresses)
      requireMatch(request, reply, webhookView(known(await webhooks.find(tenantId, request.params.id))))
      return webhookView(known(await webhooks.change(tenantId, request.params.id, request.body)))
    },
  )

  api.delete(
    '/webhooks/:id',
    {
      schema: {
        operationId: 'removeWebhook',
        summary: 'Remove a webhook with its delivery log',
        tags,
        params,
        response: { 204: Type.Null(), ...problems(401, 403, 404, 500, 503) },
      },
    },
    async (request, reply) => {
      if (!(await webhooks.remove(callerOf(request).tenantId, request.params.id))) throw unknownWebhook()
      return reply.code(204).send(null)
    },
  )

  api.post(
    '/webhooks/:id/rotate-secret',
    {
      schema: {
        operationId: 'rotateWebhookSecret',
        summary: 'Make a new secret; for a day, messages are signed with both',
        tags,
        params,
        response: { 200: NewWebhookView, ...problems(401, 403, 404, 500, 503) },
      },
    },
    async (request, reply) => {
      const secret = newSecret()
      const until = new Date((await deps.clock.now()).getTime() + overlapMs)
      const webhook = known(await webhooks.rotate(callerOf(request).tenantId, request.params.id, secret, until))
      return reply.header('Cache-Control', 'no-store').send({ ...webhookView(webhook), secret })
    },
  )

  api.post(
    '/webhooks/:id/ping',
    {
      schema: {
        operationId: 'pingWebhook',
        summary: 'Send a test message; its delivery tells what came of it',
        tags,
        params,
        response: { 202: DeliveryView, ...problems(401, 403, 404, 500, 503) },
      },
    },
    async (request, reply) => {
      const delivery = await webhooks.ping(callerOf(request).tenantId, request.params.id)
      return reply.code(202).send(deliveryView(known(delivery)))
    },
  )

  api.post(
    '/webhooks/:id/replay',
    {
      schema: {
        operationId: 'replayWebhook',
        summary: 'Send every event after a place in the feed again',
        tags,
        params,
        body: Type.Object(
          { after: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, examples: [0] }) },
          { title: 'WebhookReplay', additionalProperties: false },
        ),
        response: { 202: WebhookView, ...problems(400, 401, 403, 404, 413, 415, 500, 503) },
      },
    },
    async (request, reply) => {
      const after = BigInt(request.body.after)
      const webhook = await webhooks.replay(callerOf(request).tenantId, request.params.id, after)
      return reply.code(202).send(webhookView(known(webhook)))
    },
  )

  api.get(
    '/webhooks/:id/deliveries',
    {
      schema: {
        operationId: 'listWebhookDeliveries',
        summary: 'What was sent and what came of it, newest first',
        tags,
        params,
        querystring: Type.Object(
          {
            state: Type.Optional(Type.Enum(['due', 'delivered', 'dead'])),
            cursor: Type.Optional(Type.String({ format: 'uuid' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: DeliveryPage, ...problems(400, 401, 403, 404, 500, 503) },
      },
    },
    async (request) => {
      const { tenantId } = callerOf(request)
      const { state, cursor, limit = 50 } = request.query
      const { id } = known(await webhooks.find(tenantId, request.params.id))
      const from = { ...(state && { state }), ...(cursor && { before: cursor }) }
      const { shown, last } = await pageOf(limit, (most) => webhooks.deliveries(tenantId, id, { ...from, limit: most }))
      return { deliveries: shown.map(deliveryView), next: last?.id ?? null }
    },
  )

  api.post(
    '/webhooks/:id/deliveries/:delivery/redeliver',
    {
      schema: {
        operationId: 'redeliverWebhookMessage',
        summary: 'Send one message again now, also a dead one',
        tags,
        params: Type.Object({ id: Id, delivery: Id }),
        response: { 202: DeliveryView, ...problems(401, 403, 404, 500, 503) },
      },
    },
    async (request, reply) => {
      const { id, delivery } = request.params
      return reply
        .code(202)
        .send(deliveryView(known(await webhooks.redeliver(callerOf(request).tenantId, id, delivery))))
    },
  )
}

/** 256 random bits, as Standard Webhooks writes secrets. */
const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

/** Refuses at once what could never be sent to; names are looked up at each sending (adapters/notify). */
function checkUrl(value: string, privateAddresses: boolean): void {
  const refuse = (detail: string): never => {
    throw new SeglError('WEBHOOK_URL_NOT_ALLOWED', detail, {
      errors: [{ pointer: '/url', code: 'WEBHOOK_URL_NOT_ALLOWED', detail }],
    })
  }
  const url = URL.canParse(value) ? new URL(value) : refuse('The address must be an https URL.')
  if (!['https:', 'http:'].includes(url.protocol)) refuse('The address must be an https URL.')
  if (url.username !== '' || url.password !== '' || url.hash !== '') {
    refuse('The address must hold no user, password or fragment: messages are signed instead.')
  }
  if (privateAddresses) return
  if (url.protocol !== 'https:') refuse('The address must be an https URL.')
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 || /(^|\.)localhost$/i.test(host) || !host.includes('.')) {
    refuse('The address must have a public host name: private and loopback addresses are not sent to.')
  }
}

const unknownWebhook = (): SeglError => new SeglError('NOT_FOUND', 'There is no such webhook.')

function known<T>(found: T | undefined): T {
  if (found === undefined) throw unknownWebhook()
  return found
}

const webhookView = (webhook: Webhook): WebhookBody => ({
  ...webhook,
  types: [...webhook.types],
  failingSince: webhook.failingSince?.toISOString() ?? null,
  earlierSecretUntil: webhook.earlierSecretUntil?.toISOString() ?? null,
  createdAt: webhook.createdAt.toISOString(),
})

const deliveryView = ({ messageId, sequence, nextTry, createdAt, deliveredAt, ...delivery }: WebhookDelivery) => ({
  ...delivery,
  message: messageId,
  sequence: sequence === null ? null : Number(sequence),
  nextTry: nextTry?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
  deliveredAt: deliveredAt?.toISOString() ?? null,
})

// /v1/consumers: named readers of the feed, for systems that would rather not keep their own place in it.
import { Type } from 'typebox'
import { SeglError } from '../../errors.ts'
import type { FeedConsumer } from '../../flow/ports/feed-consumers.ts'
import type { Api } from '../api.ts'
import { callerOf } from '../authentication.ts'
import type { HttpDeps } from '../deps.ts'
import { problems } from '../schemas/common.ts'
import { ConsumerList, ConsumerName, ConsumerView, LeaseView } from '../schemas/webhooks.ts'
import { feedEventView } from '../views.ts'

const tags = ['Events']
const leaseSeconds = 600

export function consumerRoutes(api: Api, deps: HttpDeps): void {
  const { feedConsumers } = deps
  const params = Type.Object({ name: ConsumerName })
  const Place = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, examples: [0] })

  api.get(
    '/consumers',
    {
      schema: {
        operationId: 'listConsumers',
        summary: 'List the named readers of the feed',
        tags,
        response: { 200: ConsumerList, ...problems(401, 403, 500, 503) },
      },
    },
    async (request) => ({ consumers: (await feedConsumers.list(callerOf(request).tenantId)).map(consumerView) }),
  )

  api.post(
    '/consumers/:name/lease',
    {
      schema: {
        operationId: 'leaseEvents',
        summary: 'Take the next events for ten minutes; unacknowledged, they come again',
        description:
          'The first lease makes the consumer, at the beginning of the feed. One lease at a time: a second reader of the ' +
          'same name is told when to come again. A reader that dies loses nothing: its events are given to the next.',
        tags,
        params,
        querystring: Type.Object(
          {
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
            seconds: Type.Optional(
              Type.Integer({ minimum: 1, maximum: leaseSeconds, default: leaseSeconds, examples: [30] }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: LeaseView, ...problems(400, 401, 403, 404, 409, 500, 503) },
      },
    },
    async (request) => {
      const { limit = 100, seconds = leaseSeconds } = request.query
      const lease = await feedConsumers.lease(callerOf(request).tenantId, request.params.name, limit, seconds)
      return {
        lease: lease?.id ?? null,
        until: lease?.until.toISOString() ?? null,
        events: lease?.events.map(feedEventView) ?? [],
      }
    },
  )

  api.post(
    '/consumers/:name/acknowledge',
    {
      schema: {
        operationId: 'acknowledgeEvents',
        summary: 'Say that events are dealt with, up to a place within the lease',
        tags,
        params,
        body: Type.Object(
          { lease: Type.String({ format: 'uuid' }), upTo: Place },
          { title: 'ConsumerAcknowledgement', additionalProperties: false },
        ),
        response: { 200: ConsumerView, ...problems(400, 401, 403, 404, 409, 413, 415, 500, 503) },
      },
    },
    async (request) => {
      const { lease, upTo } = request.body
      const { tenantId } = callerOf(request)
      return consumerView(await feedConsumers.acknowledge(tenantId, request.params.name, lease, BigInt(upTo)))
    },
  )

  api.put(
    '/consumers/:name',
    {
      schema: {
        operationId: 'placeConsumer',
        summary: 'Put a reader at a place in the feed, to begin there or to read again',
        tags,
        params,
        body: Type.Object({ position: Place }, { title: 'ConsumerPlace', additionalProperties: false }),
        response: { 200: ConsumerView, ...problems(400, 401, 403, 404, 409, 413, 415, 500, 503) },
      },
    },
    async (request) => {
      const { position } = request.body
      return consumerView(await feedConsumers.place(callerOf(request).tenantId, request.params.name, BigInt(position)))
    },
  )

  api.delete(
    '/consumers/:name',
    {
      schema: {
        operationId: 'removeConsumer',
        summary: 'Forget a reader and its place',
        tags,
        params,
        response: { 204: Type.Null(), ...problems(400, 401, 403, 404, 500, 503) },
      },
    },
    async (request, reply) => {
      if (!(await feedConsumers.remove(callerOf(request).tenantId, request.params.name))) {
        throw new SeglError('NOT_FOUND', 'There is no such consumer.')
      }
      return reply.code(204).send(null)
    },
  )
}

const consumerView = ({ name, position, leasedUntil }: FeedConsumer) => ({
  name,
  position: Number(position),
  leasedUntil: leasedUntil?.toISOString() ?? null,
})

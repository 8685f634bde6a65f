// /v1/events: the tenant's feed of state changes, in an order that never changes.
import { Type } from 'typebox'
import type { Api } from '../api.ts'
import { callerOf, mayRead } from '../authentication.ts'
import type { HttpDeps } from '../deps.ts'
import { FeedView } from '../schemas/audit.ts'
import { problems } from '../schemas/common.ts'
import { feedEventView } from '../views.ts'

export function eventRoutes(api: Api, deps: HttpDeps): void {
  api.get(
    '/events',
    {
      config: { scopes: mayRead },
      schema: {
        operationId: 'listEvents',
        summary: 'Read events after a place in the feed',
        tags: ['Events'],
        querystring: Type.Object(
          {
            after: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0 })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: FeedView, ...problems(400, 401, 403, 500, 503) },
      },
    },
    async (request) => {
      const { after = 0, limit = 100 } = request.query
      const events = await deps.reading.feed(callerOf(request).tenantId, BigInt(after), limit)
      return { events: events.map(feedEventView), after: Number(events.at(-1)?.position ?? after) }
    },
  )
}

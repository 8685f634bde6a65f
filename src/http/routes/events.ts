// /v1/events: the tenant's feed of state changes, in an order that never changes.
import type { FastifyReply } from 'fastify'
import { Type } from 'typebox'
import type { FeedEvent } from '../../flow/ports/reading.ts'
import type { Api } from '../api.ts'
import { callerOf } from '../authentication.ts'
import type { HttpDeps } from '../deps.ts'
import { createFeedWatch, type FeedWatch } from '../feed-watch.ts'
import { FeedView } from '../schemas/audit.ts'
import { problems } from '../schemas/common.ts'
import { feedEventView } from '../views.ts'

/** The longest that a reader may wait for news, in seconds: below the time-outs of usual proxies. */
const longestWait = 30

export function eventRoutes(api: Api, deps: HttpDeps): void {
  const watch = createFeedWatch(() => deps.reading.feedEnd())
  api.addHook('preClose', async () => watch.stop())

  api.get(
    '/events',
    {
      schema: {
        operationId: 'listEvents',
        summary: 'Read events after a place in the feed, waiting for the next one if you like',
        description:
          'Store `after` of the answer with what you did about its events, and send it next time. Events are thin: read the ' +
          'order for what it is like now. Nothing is ever missing, and nothing comes twice in the same place.',
        tags: ['Events'],
        querystring: Type.Object(
          {
            after: Type.Optional(
              Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 0, examples: [0] }),
            ),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
            wait: Type.Optional(
              Type.Integer({
                minimum: 0,
                maximum: longestWait,
                default: 0,
                examples: [0],
                description: 'Seconds to wait when there is nothing new (long poll); an empty page says nothing came.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        response: { 200: FeedView, ...problems(400, 401, 403, 500, 503) },
      },
    },
    async (request, reply) => {
      const { after = 0, limit = 100, wait = 0 } = request.query
      const { tenantId } = callerOf(request)
      const read = () => deps.reading.feed(tenantId, BigInt(after), limit)
      const events = wait > 0 ? await firstOf(read, watch, endOfWait(reply, wait)) : await read()
      reply.header('Cache-Control', 'no-store')
      return { events: events.map(feedEventView), after: Number(events.at(-1)?.position ?? after) }
    },
  )
}

/** Aborts after so many seconds, or when the reader has gone. */
function endOfWait(reply: FastifyReply, seconds: number): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => gone.abort())
  return AbortSignal.any([gone.signal, AbortSignal.timeout(seconds * 1000)])
}

/** What `read` finds as soon as there is anything; nothing when the wait ends before. */
async function firstOf(
  read: () => Promise<readonly FeedEvent[]>,
  watch: FeedWatch,
  signal: AbortSignal,
): Promise<readonly FeedEvent[]> {
  for (;;) {
    const grown = watch.grown(signal)
    const events = await read()
    if (events.length > 0) return events
    await grown
    if (signal.aborted || watch.stopped()) return events
  }
}

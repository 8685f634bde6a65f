// GET /v1/orders: a page at a time, newest first or by change, as much of each as is asked for.
import { Type } from 'typebox'
import { documentKinds } from '../../flow/model.ts'
import type { OrderFilter } from '../../flow/ports/reading.ts'
import type { Api } from '../api.ts'
import { callerOf } from '../authentication.ts'
import { type OrderPlace, orderCursor, pageOf, readOrderCursor } from '../cursor.ts'
import type { HttpDeps } from '../deps.ts'
import { linksFor } from '../links.ts'
import { problems } from '../schemas/common.ts'
import { OrderPage } from '../schemas/orders.ts'
import { orderSummaryView, orderView } from '../views.ts'

/** Whole orders are much more to read than summaries. */
const mostWhole = 50

export function orderListRoutes(api: Api, deps: HttpDeps): void {
  const { reading, simulated } = deps
  api.get(
    '/orders',
    {
      schema: {
        operationId: 'listOrders',
        summary: 'List orders, newest first; with `changedSince`, the oldest change first',
        tags: ['Orders'],
        querystring: Type.Object(
          {
            state: Type.Optional(Type.String({ maxLength: 40, examples: ['open'] })),
            kind: Type.Optional(Type.Enum([...documentKinds])),
            organisation: Type.Optional(
              Type.String({ pattern: '^[0-9]{9}$', description: 'Organisation number.', examples: ['310000019'] }),
            ),
            year: Type.Optional(
              Type.Integer({
                minimum: 1900,
                maximum: 2999,
                description: 'Year in the books: that in which the fiscal year ends, or that of the date.',
                examples: [2025],
              }),
            ),
            reference: Type.Optional(Type.String({ maxLength: 200 })),
            failing: Type.Optional(
              Type.Boolean({ description: 'Orders of which a step of ours has failed and has not succeeded since.' }),
            ),
            changedSince: Type.Optional(
              Type.String({
                format: 'date-time',
                description:
                  'Orders that anything has happened to since then. To miss nothing for ever, follow events.',
                examples: ['2026-01-01T00:00:00Z'],
              }),
            ),
            view: Type.Optional(
              Type.Enum(['sparse', 'summary', 'full'], {
                default: 'summary',
                description: `Id and state, a summary, or all that GET of the order tells (then at most ${mostWhole} a page).`,
              }),
            ),
            cursor: Type.Optional(
              Type.String({ maxLength: 200, description: '`next` of the page before, with the same filter.' }),
            ),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: OrderPage, ...problems(400, 401, 403, 500, 503) },
      },
    },
    async (request) => {
      const { tenantId } = callerOf(request)
      const { cursor, limit: wanted = 50, view = 'summary', changedSince, ...filter } = request.query
      const limit = view === 'full' ? Math.min(wanted, mostWhole) : wanted
      const place = cursor === undefined ? undefined : readOrderCursor(cursor)
      const from =
        changedSince === undefined
          ? { ...filter, ...(place && { before: place }) }
          : { ...filter, changedSince: new Date(changedSince), ...(place && { after: place }) }
      const linkOf = linksFor(deps, request)
      const { shown, last } = await pageOf(limit, (most) => entries(view, tenantId, { ...from, limit: most }, linkOf))
      const placeOf = ({ createdAt, updatedAt, id }: Entry): OrderPlace => ({
        at: changedSince === undefined ? createdAt : updatedAt,
        id,
      })
      return {
        orders: shown.map(({ body }) => body),
        next: last ? orderCursor(placeOf(last)) : null,
      }
    },
  )

  async function entries(
    view: 'sparse' | 'summary' | 'full',
    tenantId: string,
    filter: OrderFilter,
    linkOf: ReturnType<typeof linksFor>,
  ): Promise<Entry[]> {
    if (view === 'full') {
      const whole = await reading.wholeOrders(tenantId, filter)
      return Promise.all(
        whole.map(async ({ order, updatedAt }) => {
          const { id, createdAt } = order
          const failing = await reading.failing(tenantId, id)
          return { id, createdAt, updatedAt, body: orderView(order, simulated, linkOf, failing) }
        }),
      )
    }
    return (await reading.orders(tenantId, filter)).map((order) => {
      const { id, state, createdAt, updatedAt } = order
      const mark = { id, state, updatedAt: updatedAt.toISOString() }
      return { id, createdAt, updatedAt, body: view === 'sparse' ? mark : orderSummaryView(order) }
    })
  }
}

type Entry = {
  readonly id: string
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly body:
    | ReturnType<typeof orderView>
    | ReturnType<typeof orderSummaryView>
    | { readonly id: string; readonly state: string; readonly updatedAt: string }
}

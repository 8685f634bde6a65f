// Orders: opened once however often the call is repeated, listed without end, followed until they are where you want them.
import type { components, operations } from './api.ts'
import type { Transport } from './transport.ts'

export type Order = components['schemas']['Order']
export type OrderSummary = components['schemas']['OrderSummary']
export type OrderRequest = components['schemas']['OrderRequest']
export type Signer = components['schemas']['Signer']
export type AuditTrail = components['schemas']['AuditTrail']
export type SigningLink = components['schemas']['SigningLink']
export type OrderFilter = Omit<NonNullable<operations['listOrders']['parameters']['query']>, 'cursor' | 'view'>
export type Page<Item> = { readonly orders: readonly Item[]; readonly next: string | null }

/** States that nothing leads out of. Tolerate states you do not know. */
export const finalStates: readonly string[] = ['completed', 'declined', 'cancelled', 'expired']

/** Whether nothing happens to the order by itself any more: it has ended, or it has failed and waits for `retry` or `cancel`. */
export const hasStopped = ({ state }: Pick<Order, 'state'>): boolean =>
  finalStates.includes(state) || state === 'failed'

export type Orders = ReturnType<typeof createOrders>

export function createOrders(transport: Transport) {
  const get = (id: string): Promise<Order> => transport.json(`/v1/orders/${id}`)

  /** One page; `cursor` is `next` of the page before, with the same filter. */
  const page = <Item = OrderSummary>(
    query: OrderFilter & { readonly cursor?: string; readonly view?: 'summary' | 'full' } = {},
  ): Promise<Page<Item>> => transport.json('/v1/orders', { query: { ...query } })

  async function* every<Item>(
    filter: OrderFilter & { readonly view?: 'summary' | 'full' },
  ): AsyncGenerator<Item, void, void> {
    for (let cursor: string | undefined; ; ) {
      const { orders, next } = await page<Item>({ ...filter, ...(cursor !== undefined && { cursor }) })
      yield* orders
      if (next === null) return
      cursor = next
    }
  }

  return {
    /**
     * @param options.idempotencyKey store it before the call: repeated with it, even after a crash of yours, the call gives the
     *   same order. Made up by default, which covers the repetitions in here alone.
     */
    create: (order: OrderRequest, options: { readonly idempotencyKey?: string } = {}): Promise<Order> =>
      transport.json('/v1/orders', {
        method: 'POST',
        body: order,
        idempotencyKey: options.idempotencyKey ?? crypto.randomUUID(),
      }),
    /** What the accounting rules say of an order, without making it. */
    check: (order: OrderRequest): Promise<components['schemas']['OrderCheck']> =>
      transport.json('/v1/orders/check', { method: 'POST', body: order }),
    /** Up to 100 orders in one call; each is made or refused on its own. */
    createBatch: (
      orders: readonly OrderRequest[],
      options: { readonly idempotencyKey?: string } = {},
    ): Promise<components['schemas']['OrderBatch']> =>
      transport.json('/v1/orders/batch', {
        method: 'POST',
        body: { orders },
        idempotencyKey: options.idempotencyKey ?? crypto.randomUUID(),
      }),
    get,
    page,
    /** Every order that the filter lets through, newest first, a page at a time as they are asked for. */
    list: (filter: OrderFilter = {}) => every<OrderSummary>(filter),
    /** The same orders, whole. */
    listWhole: (filter: OrderFilter = {}) => every<Order>({ ...filter, view: 'full' }),
    /** Changes a draft. */
    change: (id: string, patch: components['schemas']['DraftChange']): Promise<Order> =>
      transport.json(`/v1/orders/${id}`, { method: 'PATCH', body: patch }),
    /** Sends a draft to its signers, at once or when its `activateAt` has come. */
    activate: (id: string): Promise<Order> => transport.json(`/v1/orders/${id}/activate`, { method: 'POST' }),
    /** Says whether somebody of another name who logged in is the signer, who is `awaitingSender`. */
    confirmIdentity: (
      id: string,
      signer: string,
      decision: components['schemas']['IdentityDecision'],
    ): Promise<Order> =>
      transport.json(`/v1/orders/${id}/signers/${signer}/identity`, { method: 'POST', body: decision }),
    replaceSigner: (id: string, signer: string, replacement: components['schemas']['Replacement']): Promise<Order> =>
      transport.json(`/v1/orders/${id}/signers/${signer}/replace`, { method: 'POST', body: replacement }),
    /** A link over several signers who are one person: one log-in and one approval for all of them. */
    openSession: (
      session: components['schemas']['SigningSessionRequest'],
    ): Promise<components['schemas']['SigningSession']> =>
      transport.json('/v1/signing-sessions', { method: 'POST', body: session }),
    cancel: (id: string): Promise<Order> => transport.json(`/v1/orders/${id}/cancel`, { method: 'POST' }),
    /** Tries a failed step again now, instead of at its next try. */
    retry: (id: string): Promise<Order> => transport.json(`/v1/orders/${id}/retry`, { method: 'POST' }),
    /** A new link for a signer; earlier ones stop working. */
    issueLink: (id: string, signer: string): Promise<SigningLink> =>
      transport.json(`/v1/orders/${id}/signers/${signer}/links`, { method: 'POST' }),
    audit: (id: string): Promise<AuditTrail> => transport.json(`/v1/orders/${id}/audit`),
    /** The audit trail, byte for byte as the service answers it. */
    auditBytes: async (id: string): Promise<Uint8Array> =>
      new Uint8Array(await (await transport.send(`/v1/orders/${id}/audit`)).arrayBuffer()),
    /**
     * Waits until `done` likes the order; by default until it has stopped, however (`hasStopped`). For a script: a system that
     * runs follows events instead.
     * @throws Error after `timeoutMs`, with the order's state and trouble
     */
    async waitFor(
      id: string,
      done: (order: Order) => boolean = hasStopped,
      options: { readonly timeoutMs?: number; readonly everyMs?: number } = {},
    ): Promise<Order> {
      const end = Date.now() + (options.timeoutMs ?? 60_000)
      for (;;) {
        const order = await get(id)
        if (done(order)) return order
        if (Date.now() > end) {
          const { lastError } = order.sealing
          const trouble = lastError ? ` (${lastError.code}: ${lastError.detail})` : ''
          throw new Error(`Order ${id} is still ${order.state}${trouble}.`)
        }
        await new Promise((resolve) => setTimeout(resolve, options.everyMs ?? 250))
      }
    },
  }
}

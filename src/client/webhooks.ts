// Webhooks: where events are sent, and what came of it.
import type { components } from './api.ts'
import type { Transport } from './transport.ts'

export type Webhook = components['schemas']['Webhook']
export type WebhookDelivery = components['schemas']['WebhookDelivery']

export type Webhooks = ReturnType<typeof createWebhooks>

export function createWebhooks(transport: Transport) {
  const of = (id: string) => `/v1/webhooks/${id}`
  return {
    /** The answer holds the secret, this once: store it. */
    add: (webhook: components['schemas']['WebhookRequest']): Promise<components['schemas']['WebhookWithSecret']> =>
      transport.json('/v1/webhooks', { method: 'POST', body: webhook }),
    list: async (): Promise<readonly Webhook[]> =>
      (await transport.json<components['schemas']['WebhookList']>('/v1/webhooks')).webhooks,
    get: (id: string): Promise<Webhook> => transport.json(of(id)),
    change: (id: string, patch: components['schemas']['WebhookPatch']): Promise<Webhook> =>
      transport.json(of(id), { method: 'PATCH', body: patch }),
    remove: (id: string): Promise<void> => transport.json(of(id), { method: 'DELETE' }),
    /** For a day, messages are signed with both secrets. */
    rotateSecret: (id: string): Promise<components['schemas']['WebhookWithSecret']> =>
      transport.json(`${of(id)}/rotate-secret`, { method: 'POST' }),
    ping: (id: string): Promise<WebhookDelivery> => transport.json(`${of(id)}/ping`, { method: 'POST' }),
    /** Sends every event after a place in the feed again. */
    replay: (id: string, after: number): Promise<Webhook> =>
      transport.json(`${of(id)}/replay`, { method: 'POST', body: { after } }),
    /** Newest first, a page at a time as they are asked for. */
    async *deliveries(
      id: string,
      filter: { readonly state?: 'due' | 'delivered' | 'dead' } = {},
    ): AsyncGenerator<WebhookDelivery, void, void> {
      for (let cursor: string | undefined; ; ) {
        const query = { ...filter, ...(cursor !== undefined && { cursor }) }
        const page: components['schemas']['WebhookDeliveryPage'] = await transport.json(`${of(id)}/deliveries`, {
          query,
        })
        yield* page.deliveries
        if (page.next === null) return
        cursor = page.next
      }
    },
    redeliver: (id: string, delivery: string): Promise<WebhookDelivery> =>
      transport.json(`${of(id)}/deliveries/${delivery}/redeliver`, { method: 'POST' }),
  }
}

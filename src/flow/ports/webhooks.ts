// Webhooks: addresses of a tenant's that every event is sent to, and the deliveries under way.

export type Webhook = {
  readonly id: string
  readonly url: string
  readonly description: string | null
  /** Types of events that are sent; empty: all. */
  readonly types: readonly string[]
  readonly state: 'enabled' | 'disabled'
  /** Why we disabled it: `GONE` (410), `FAILING` (nothing arrived for five days). Null when the tenant did, or when enabled. */
  readonly reason: string | null
  readonly failingSince: Date | null
  /** Until when the earlier secret signs beside the new one. */
  readonly earlierSecretUntil: Date | null
  readonly createdAt: Date
}

export type WebhookDelivery = {
  readonly id: string
  /** `webhook-id`: the event's id, the same when it is sent again. */
  readonly messageId: string
  readonly type: string
  /** Place in the feed; null for a test. */
  readonly sequence: bigint | null
  readonly state: 'due' | 'delivered' | 'dead'
  readonly attempt: number
  /** When it is tried next; null when it is over. */
  readonly nextTry: Date | null
  readonly lastStatus: number | null
  readonly lastError: string | null
  /** Milliseconds that the last attempt took. */
  readonly lastMs: number | null
  readonly createdAt: Date
  readonly deliveredAt: Date | null
}

/** What a tenant does with its webhooks. Secrets are `whsec_` and base64, and told once. */
export interface Webhooks {
  list(tenantId: string): Promise<readonly Webhook[]>
  find(tenantId: string, id: string): Promise<Webhook | undefined>
  /** Begins with the events after the present end of the feed. @throws SeglError LIMIT_REACHED */
  add(
    tenantId: string,
    webhook: { readonly url: string; readonly description: string | null; readonly types: readonly string[] },
    secret: string,
  ): Promise<Webhook>
  /** Enabling forgets why it was disabled; what happened meanwhile is sent then. Undefined when there is none. */
  change(
    tenantId: string,
    id: string,
    patch: {
      readonly url?: string
      readonly description?: string | null
      readonly types?: readonly string[]
      readonly state?: Webhook['state']
    },
  ): Promise<Webhook | undefined>
  remove(tenantId: string, id: string): Promise<boolean>
  /** The present secret signs on beside the new one until then. */
  rotate(tenantId: string, id: string, secret: string, earlierUntil: Date): Promise<Webhook | undefined>
  /** Makes a delivery due that tells of no event. Undefined when there is no such webhook. */
  ping(tenantId: string, id: string): Promise<WebhookDelivery | undefined>
  /** Newest first. `before`: id of the last of the page before. */
  deliveries(
    tenantId: string,
    id: string,
    page: { readonly state?: string; readonly before?: string; readonly limit: number },
  ): Promise<readonly WebhookDelivery[]>
  /** Makes a delivery due again now, whatever came of it. */
  redeliver(tenantId: string, id: string, deliveryId: string): Promise<WebhookDelivery | undefined>
  /** Goes back in the feed: every event after this place is sent again. */
  replay(tenantId: string, id: string, after: bigint): Promise<Webhook | undefined>
}

/** A delivery that this process has taken. */
export type ClaimedDelivery = {
  readonly id: string
  readonly tenantId: string
  readonly webhookId: string
  readonly url: string
  readonly messageId: string
  readonly body: string
  /** From 1. */
  readonly attempt: number
  readonly createdAt: Date
  /** Newest first; one or two. */
  readonly secrets: readonly string[]
}

/** What an attempt came to. `error` is a word of ours (`TIMEOUT`, `REDIRECT`, `ADDRESS_NOT_ALLOWED` …), never the receiver's. */
export type DeliveryOutcome = {
  readonly delivered: boolean
  readonly status: number | null
  readonly error: string | null
  readonly ms: number
  /** Seconds the receiver asked for (Retry-After). */
  readonly retryAfter: number | null
}

/** The worker's side: no tenant of its own. */
export interface WebhookDeliveries {
  /** Makes deliveries for events that webhooks have not been given yet; answers how many. */
  fanOut(limit: number): Promise<number>
  /** Takes up to `limit` due deliveries for so many seconds, at most `perWebhook` of one webhook. */
  claim(limit: number, perWebhook: number, seconds: number): Promise<readonly ClaimedDelivery[]>
  /** Records the attempt; `nextTry` null after a failure: dead. */
  record(delivery: ClaimedDelivery, outcome: DeliveryOutcome, nextTrySeconds: number | null): Promise<void>
  /** Stops sending to a webhook and tells the tenant in the feed, once. */
  disable(delivery: ClaimedDelivery, reason: 'GONE' | 'FAILING'): Promise<void>
  /** Whether nothing has arrived at this webhook for so many seconds. */
  failingFor(delivery: ClaimedDelivery, seconds: number): Promise<boolean>
}

/** Sends one signed message. Never throws: an outcome tells of every failure. */
export interface WebhookSender {
  send(delivery: ClaimedDelivery, at: Date): Promise<DeliveryOutcome>
}

// What a webhook message says, and the context that binds a webhook's secret to it in the vault.

/** Context under which a webhook's secret is encrypted. */
export const secretContext = (tenantId: string, webhookId: string): string => `webhook:${tenantId}:${webhookId}`

/** The body of a message, as Standard Webhooks suggests: `type`, `timestamp`, and the event as the feed shows it as `data`. */
export function messageBody({
  time,
  ...event
}: {
  readonly id: string
  readonly type: string
  readonly time: Date
  readonly order?: string | null
  readonly signer?: string | null
  readonly document?: string
  readonly sequence?: number
  readonly state?: string
  readonly webhook?: string
}): string {
  const timestamp = time.toISOString()
  return JSON.stringify({ type: event.type, timestamp, data: { ...event, time: timestamp } })
}

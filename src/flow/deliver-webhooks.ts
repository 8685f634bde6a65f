// Sends events to webhooks until they arrive: at least once, each by its own back-off, none waiting behind another.
import type { Clock } from './ports/clock.ts'
import type { ClaimedDelivery, DeliveryOutcome, WebhookDeliveries, WebhookSender } from './ports/webhooks.ts'

/**
 * Pauses after the first, second … failed attempt, in seconds: dense at first (a restart of the receiver), then out to five
 * days in all. After the last one the delivery is dead; the tenant can still replay it.
 */
export const pauses = [5, 30, 120, 600, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, 86_400, 72_000] as const

const fiveDays = 5 * 86_400
/** A receiver may ask for patience, but not for more than this. */
const longestRetryAfter = 86_400
/** Longer than the sender's own time limit: somebody else takes over only from the dead. */
const holdSeconds = 60

export type WebhookDispatch = {
  /** Takes what is due, as far as there is room, and sends it in the background. Answers how many it took. */
  round(): Promise<number>
  /** Waits for what is under way. */
  idle(): Promise<void>
}

export function createWebhookDispatch(
  ports: { readonly deliveries: WebhookDeliveries; readonly sender: WebhookSender; readonly clock: Clock },
  options: {
    /** Messages under way at once, and of these to one webhook: a receiver that hangs does not hold the others. */
    readonly most: number
    readonly perWebhook: number
    readonly onError: (error: unknown) => void
  },
): WebhookDispatch {
  const underWay = new Set<Promise<void>>()
  return {
    async round() {
      await ports.deliveries.fanOut(1000)
      const room = options.most - underWay.size
      if (room <= 0) return 0
      const claimed = await ports.deliveries.claim(room, options.perWebhook, holdSeconds)
      for (const delivery of claimed) {
        const sending: Promise<void> = deliver(ports, delivery)
          .catch(options.onError)
          .finally(() => underWay.delete(sending))
        underWay.add(sending)
      }
      return claimed.length
    },
    async idle() {
      await Promise.all(underWay)
    },
  }
}

async function deliver(
  { deliveries, sender, clock }: Parameters<typeof createWebhookDispatch>[0],
  delivery: ClaimedDelivery,
): Promise<void> {
  const outcome = await sender.send(delivery, await clock.now())
  await deliveries.record(delivery, outcome, outcome.delivered ? null : nextTrySeconds(delivery.attempt, outcome))
  if (outcome.delivered) return
  // RFC 9110 § 15.5.11: the receiver says that it will not come back.
  if (outcome.status === 410) await deliveries.disable(delivery, 'GONE')
  else if (await deliveries.failingFor(delivery, fiveDays)) await deliveries.disable(delivery, 'FAILING')
}

/** Seconds until the next attempt after `attempt` failed ones; null when there is none. A tenth of chance keeps a crowd apart. */
export function nextTrySeconds(
  attempt: number,
  outcome: Pick<DeliveryOutcome, 'retryAfter'>,
  chance = Math.random(),
): number | null {
  const pause = pauses[attempt - 1]
  if (pause === undefined) return null
  return Math.max(pause * (0.95 + chance / 10), Math.min(outcome.retryAfter ?? 0, longestRetryAfter))
}

// The feed of events: followed by its place, or taken by a named consumer that the service remembers.
import type { components } from './api.ts'
import { SeglProblem } from './problem.ts'
import type { Transport } from './transport.ts'

export type Event = components['schemas']['Event']
export type EventPage = components['schemas']['EventPage']

export type Events = ReturnType<typeof createEvents>

export function createEvents(transport: Transport) {
  /** One page after a place in the feed. `wait`: seconds to wait for news. */
  const read = (
    query: {
      readonly after?: number
      readonly limit?: number
      readonly wait?: number
      readonly signal?: AbortSignal
    } = {},
  ): Promise<EventPage> => {
    const { signal, ...rest } = query
    return transport.json('/v1/events', { query: rest, signal })
  }

  /** Every event after `after`, for ever, as it happens. Store the `sequence` of the last one you dealt with. */
  async function* follow(
    from: { readonly after?: number; readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Event, void, void> {
    let { after = 0 } = from
    while (!from.signal?.aborted) {
      const page = await read({ after, wait: 25, ...(from.signal && { signal: from.signal }) })
      for (const event of page.events) {
        yield event
        after = event.sequence
      }
    }
  }

  /**
   * Deals with every event once its turn comes, at least once each, until `signal` aborts: the service keeps the place of
   * the consumer `name`. When `handle` throws, nothing after it is acknowledged, and the error is thrown on. After a crash
   * the events under way come again when their lease has run out.
   * @param options.limit events taken at once: 100 by default
   * @param options.leaseSeconds how long they are this reader's, 60 by default, at most 600: all of them have to be dealt with by then
   */
  async function consume(
    name: string,
    handle: (event: Event) => void | Promise<void>,
    options: {
      readonly signal?: AbortSignal
      readonly limit?: number
      readonly leaseSeconds?: number
      readonly idleMs?: number
    } = {},
  ): Promise<void> {
    const { signal, limit = 100, leaseSeconds = 60, idleMs = 1000 } = options
    const path = `/v1/consumers/${encodeURIComponent(name)}`
    while (!signal?.aborted) {
      const lease = await leased(path, limit, leaseSeconds)
      if (lease === undefined || lease.lease === null) {
        await new Promise((resolve) => setTimeout(resolve, idleMs))
        continue
      }
      let dealtWith: number | undefined
      try {
        for (const event of lease.events) {
          if (signal?.aborted) break
          await handle(event)
          dealtWith = event.sequence
        }
      } finally {
        if (dealtWith !== undefined) await acknowledge(path, lease.lease, dealtWith)
      }
    }
  }

  /** Undefined while another reader of the same name is at it. */
  async function leased(
    path: string,
    limit: number,
    seconds: number,
  ): Promise<components['schemas']['ConsumerLease'] | undefined> {
    try {
      return await transport.json(`${path}/lease`, { method: 'POST', query: { limit, seconds } })
    } catch (error) {
      if (error instanceof SeglProblem && error.code === 'CONSUMER_BUSY') return undefined
      throw error
    }
  }

  async function acknowledge(path: string, lease: string, upTo: number): Promise<void> {
    try {
      await transport.json(`${path}/acknowledge`, { method: 'POST', body: { lease, upTo } })
    } catch (error) {
      // Slower than the lease: what was dealt with comes again, to whoever leases next. Events have ids.
      if (!(error instanceof SeglProblem && error.code === 'CONSUMER_LEASE_LOST')) throw error
    }
  }

  return { read, follow, consume }
}

// Named readers of the feed: each keeps its own place, and what it took without acknowledging it is given again.
import type { FeedEvent } from './reading.ts'

export type FeedConsumer = {
  readonly name: string
  /** Everything up to here is acknowledged. */
  readonly position: bigint
  /** Null when nothing is leased. */
  readonly leasedUntil: Date | null
}

export type FeedLease = {
  readonly id: string
  readonly until: Date
  readonly events: readonly FeedEvent[]
}

export interface FeedConsumers {
  list(tenantId: string): Promise<readonly FeedConsumer[]>
  /**
   * The next events after the consumer's place, for so many seconds; no lease when there are none. The first lease makes the
   * consumer, at the beginning of the feed. A lease that ran out is given again, to whoever comes first.
   * @throws SeglError CONSUMER_BUSY while somebody holds one, LIMIT_REACHED
   */
  lease(tenantId: string, name: string, limit: number, seconds: number): Promise<FeedLease | undefined>
  /**
   * Moves the consumer's place and ends the lease. `upTo` may lie before the lease's end: the rest is given again at once.
   * Repeating it is harmless. @throws SeglError CONSUMER_LEASE_LOST when somebody else has it now
   */
  acknowledge(tenantId: string, name: string, leaseId: string, upTo: bigint): Promise<FeedConsumer>
  /** Puts the consumer at a place, making it if need be; its lease ends. @throws SeglError LIMIT_REACHED */
  place(tenantId: string, name: string, position: bigint): Promise<FeedConsumer>
  remove(tenantId: string, name: string): Promise<boolean>
}

// Writes the audit trail: events are chained by hash under the order's lock (kernel/evidence).
import { randomBytes } from 'node:crypto'
import { chainHash, commitment, genesis } from '../kernel/evidence/index.ts'
import type { TrailType } from '../text/index.ts'
import type { TrailEvent, Tx } from './ports/store.ts'

export type TrailEntry = {
  readonly type: TrailType
  /**
   * When it happened, where that is before it is put on record; else now. The trail never goes back: what others put on record
   * in between is not overtaken.
   */
  readonly at?: Date
  /** `system`, `tenant`, `signer` or `bankid`: who did it. */
  readonly actor: 'system' | 'tenant' | 'signer' | 'bankid'
  readonly signerId?: string
  /** Facts that are nobody's personal data: hashes, codes, levels, ids. */
  readonly data?: Readonly<Record<string, unknown>>
  /** Personal data: kept beside the chain, which holds a salted commitment to it only. */
  readonly personal?: Readonly<Record<string, unknown>>
}

/**
 * Appends entries to the order's chain. The caller's transaction holds the order's lock (or has just inserted it), so that
 * nobody else can take the same sequence.
 */
export async function appendTrail(
  tx: Tx,
  order: { readonly id: string; readonly trailSequence: number; readonly trailHead: string },
  entries: readonly TrailEntry[],
): Promise<void> {
  let sequence = order.trailSequence
  let previous = order.trailHead === '' ? genesis : order.trailHead
  const events: TrailEvent[] = []
  if (entries.length === 0) return
  // A transaction that waited for the order's lock began before the one that had it.
  let last = sequence === 0 ? undefined : await tx.lastTrailTime(order.id)
  for (const entry of entries) {
    sequence += 1
    const happened = entry.at ?? tx.now
    const time = last !== undefined && last > happened ? last : happened
    last = time
    const salt = entry.personal ? randomBytes(32).toString('hex') : null
    const data: Record<string, unknown> = { ...entry.data }
    if (entry.signerId) data['signer'] = entry.signerId
    if (entry.personal && salt) data['personal'] = commitment(salt, entry.personal)
    const hash = chainHash({
      order: order.id,
      sequence,
      time: time.toISOString(),
      type: entry.type,
      actor: entry.actor,
      data,
      previous,
    })
    events.push({
      sequence,
      time,
      type: entry.type,
      actor: entry.actor,
      signerId: entry.signerId ?? null,
      data,
      personal: entry.personal ?? null,
      salt,
      previous,
      hash,
    })
    previous = hash
  }
  await tx.insertTrail(order.id, events)
}

// The hash chain of an order's audit trail: every event holds the hash of the one before.
import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'

/** `previous` of the first event of a chain. */
export const genesis = '0'.repeat(64)

/** What is hashed of a trail event. Times are RFC 3339 in UTC with milliseconds. */
export type ChainedEvent = {
  /** Order that the chain belongs to. */
  readonly order: string
  /** From 1, without gaps. */
  readonly sequence: number
  readonly time: string
  readonly type: string
  readonly actor: string
  readonly data: Readonly<Record<string, unknown>>
  readonly previous: string
}

/** SHA-256 over the canonical JSON of the event, hex. */
export function chainHash(event: ChainedEvent): string {
  const { order, sequence, time, type, actor, data, previous } = event
  return sha256Hex(canonicalJson({ order, sequence, time, type, actor, data, previous }))
}

/**
 * Commitment to personal data: SHA-256 over the salt (32 bytes as hex) and the canonical JSON of the data. Whoever holds
 * both can prove what was recorded; when salt and data are erased, the chain still verifies and says nothing of the person.
 */
export function commitment(salt: string, personal: Readonly<Record<string, unknown>>): string {
  return sha256Hex(`${salt}${canonicalJson(personal)}`)
}

export type ChainFault = { readonly sequence: number; readonly reason: 'sequence' | 'previous' | 'hash' | 'commitment' }

/** Recomputes a whole chain; undefined when it holds, else the first event that does not. */
export function chainFault(
  events: readonly (ChainedEvent & {
    readonly hash: string
    readonly personal?: Readonly<Record<string, unknown>> | null
    readonly salt?: string | null
  })[],
): ChainFault | undefined {
  let previous = genesis
  for (const [index, event] of events.entries()) {
    const { sequence } = event
    if (sequence !== index + 1) return { sequence, reason: 'sequence' }
    if (event.previous !== previous) return { sequence, reason: 'previous' }
    if (chainHash(event) !== event.hash) return { sequence, reason: 'hash' }
    if (event.personal && event.salt && commitment(event.salt, event.personal) !== event.data['personal']) {
      return { sequence, reason: 'commitment' }
    }
    previous = event.hash
  }
  return undefined
}

const sha256Hex = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

// The audit trail inside the seal: an unbroken hash chain that speaks of this very upload.
import { createHash } from 'node:crypto'
import { type ChainedEvent, chainFault } from '../../evidence/index.ts'
import { isArray, isString, readInPieces } from '../../pdf/index.ts'
import { type Check, failed, passed } from '../check.ts'
import type { Evidence } from '../evidence.ts'

type Trail = {
  readonly order: string
  readonly events: readonly (Omit<ChainedEvent, 'order'> & { readonly hash: string })[]
}

export const auditTrail: Check = {
  id: 'AUDIT_TRAIL',
  title: 'The sealed audit trail is unbroken and about this document',
  citation: 'RFC 8785; Segl DESIGN “Evidence”',
  run({ kind, embedded }, evidence) {
    const pieces = evidence.file.resolve(embedded.dict.get('SEGL_Trail'))
    if (kind !== 'seal' || !isArray(pieces)) return undefined
    const bytes = Buffer.concat(
      pieces.map((piece) => evidence.file.resolve(piece)).flatMap((piece) => (isString(piece) ? [piece.bytes] : [])),
    )
    const trail = trailFrom(bytes.toString('utf8'))
    if (!trail) return failed('FORMAT_FAILURE', 'The audit trail in the seal cannot be read.')
    const fault = chainFault(trail.events.map((event) => ({ ...event, order: trail.order })))
    if (fault) return failed('HASH_FAILURE', `The audit trail breaks at event ${fault.sequence} (${fault.reason}).`)
    const upload = uploadSha256(evidence)
    return JSON.stringify(trail.events[0]?.data ?? null).includes(upload)
      ? passed(`${trail.events.length} events.`)
      : failed('HASH_FAILURE', 'The audit trail speaks of another upload.')
  },
}

function trailFrom(text: string): Trail | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || !('events' in value) || !Array.isArray(value.events))
      return undefined
    return value as Trail
  } catch {
    return undefined
  }
}

/** SHA-256 of revision 0, hex. */
export function uploadSha256({ source, revisions }: Evidence): string {
  const hash = createHash('sha256')
  for (const piece of readInPieces(source, 0, revisions[0]?.end ?? 0)) hash.update(piece)
  return hash.digest('hex')
}

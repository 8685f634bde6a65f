// The audit trail inside the seal: an unbroken hash chain that speaks of this very upload.
import { SeglError } from '../../../errors.ts'
import { chainFault } from '../../evidence/index.ts'
import { type Check, failed, passed } from '../check.ts'
import { readTrail, type Trail } from '../trail.ts'

export const auditTrail: Check = {
  id: 'AUDIT_TRAIL',
  title: 'The sealed audit trail is unbroken and about this document',
  citation: 'RFC 8785; Segl DESIGN “Evidence”',
  run({ kind, embedded }, { origin }) {
    if (kind !== 'seal') return undefined
    const trail = readTrail(embedded)
    if (!trail) return failed('FORMAT_FAILURE', 'The audit trail in the seal is missing or cannot be read.')
    const fault = brokenAt(trail)
    if (fault !== undefined) return failed('HASH_FAILURE', fault)
    const upload = origin?.uploadSha256
    return upload !== undefined && trail.uploads.some(({ sha256 }) => sha256.toLowerCase() === upload)
      ? passed(`${trail.events.length} events.`)
      : failed('HASH_FAILURE', 'The audit trail speaks of another upload.')
  },
}

function brokenAt({ order, events }: Trail): string | undefined {
  try {
    const fault = chainFault(events.map((event) => ({ ...event, order })))
    return fault && `The audit trail breaks at event ${fault.sequence} (${fault.reason}).`
  } catch (error) {
    // Text that has no canonical form cannot have been hashed.
    if (error instanceof SeglError) return `The audit trail breaks: ${error.detail}`
    throw error
  }
}

// What a log-in makes of each signer of the attempt: identified, held until the sender has decided, or out of the attempt.
import { createHash } from 'node:crypto'
import { holdIdentity } from './hold-identity.ts'
import type { Identity, Member } from './model.ts'
import type { Matched } from './person.ts'
import type { Tx } from './ports/store.ts'
import type { TrailEntry } from './trail.ts'
import type { LoggedIn } from './who-logged-in.ts'

/** Puts on record what the log-in is for this signer, and answers what the order's trail says of it. */
export async function recordLogin(
  tx: Tx,
  member: Member,
  { identity, subject, compared, means }: LoggedIn,
  ceremonyId: string,
): Promise<TrailEntry[]> {
  const { signer } = member
  const code = compared.refused.get(signer.id)
  if (code !== undefined) {
    await tx.leaveCeremony(ceremonyId, signer.id, code)
    await tx.updateSigner(signer.id, { state: 'ready', reasonCode: code })
    await tx.finishTask('void', signer.id)
    const data = { code, ceremony: ceremonyId }
    return [{ type: 'ceremony.void', actor: 'signer', signerId: signer.id, data }]
  }
  const check = compared.held.get(signer.id)
  if (check) return holdIdentity(tx, member, { ceremonyId, identity, check, subject })
  const matched = compared.matched.get(signer.id)
  await tx.updateSigner(signer.id, { state: 'identified', ...(matched && { identityCheck: matched }) })
  if (!matched) return []
  return [
    identifiedEntry(signer.id, {
      ceremonyId,
      identity,
      certificate: means?.credential.certificates[0],
      matched,
      now: tx.now,
    }),
  ]
}

/** The trail's word that BankID has said who this is. */
export function identifiedEntry(
  signerId: string,
  input: {
    readonly ceremonyId: string
    readonly identity: Identity
    readonly certificate: Uint8Array | undefined
    readonly matched: Matched
    readonly now: Date
  },
): TrailEntry {
  const { identity, matched } = input
  return {
    type: 'signer.identified',
    actor: 'bankid',
    // By BankID's clock, which may be ahead of ours.
    at: new Date(Math.min(identity.authenticatedAt.getTime(), input.now.getTime())),
    signerId,
    data: {
      ceremony: input.ceremonyId,
      acr: identity.acr,
      amr: identity.amr,
      level: identity.level,
      result: matched.result,
      matchedBy: matched.comparedWith,
      differs: matched.differs,
      method: matched.method,
      certificateSha256: createHash('sha256')
        .update(input.certificate ?? new Uint8Array())
        .digest('hex'),
    },
    personal: { name: identity.name, birthDate: identity.birthDate },
  }
}

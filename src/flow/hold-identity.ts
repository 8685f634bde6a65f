// Somebody of another name than was given has logged in: before anything is built, the sender says whether it is the person.
import type { Identity, IdentityCheck, Member } from './model.ts'
import type { Tx } from './ports/store.ts'
import type { TrailEntry } from './trail.ts'
import { voidLiveCeremony } from './turn.ts'

/**
 * Takes the signer out of the attempt until the sender has decided. What is remembered of the person is the name, for the sender, and a
 * pseudonym: once accepted, only the same person passes.
 */
export async function holdIdentity(
  tx: Tx,
  { order, signer }: Member,
  input: {
    readonly ceremonyId: string
    readonly identity: Identity
    readonly check: IdentityCheck
    /** `subjectPseudonym` of the person. */
    readonly subject: string
  },
): Promise<TrailEntry[]> {
  const { ceremonyId, identity, check, subject } = input
  await voidLiveCeremony(tx, signer.id, 'awaitingSender')
  await tx.updateSigner(signer.id, {
    state: 'awaitingSender',
    reasonCode: null,
    identityCheck: check,
    identityClaim: { subject, decision: 'pending' },
  })
  await tx.finishTask('void', signer.id)
  await tx.emit({
    orderId: order.id,
    signerId: signer.id,
    type: 'signer.awaitingSender',
    state: 'awaitingSender',
    // After a refusal, somebody else may log in.
    part: ceremonyId,
  })
  const { comparedWith, differs, level, method } = check
  return [
    {
      type: 'signer.awaitingSender',
      actor: 'bankid',
      signerId: signer.id,
      data: { ceremony: ceremonyId, comparedWith, differs, level, method },
      personal: { name: identity.name, birthDate: identity.birthDate },
    },
  ]
}

// The sender says whether somebody of another name who logged in is the person who is to sign.
import { SeglError } from '../errors.ts'
import type { IdentityClaim } from './model.ts'
import { withSigners } from './order.ts'
import { scheduleReminder } from './remind.ts'
import { nothing, type SignerStep } from './story.ts'

type Input = { readonly decision: 'accept' | 'refuse'; readonly reason: string }

/** What a decision makes of a claim. */
export const decided = { accept: 'accepted', refuse: 'refused' } as const satisfies Record<
  Input['decision'],
  IdentityClaim['decision']
>

/** Either way the signer can log in again: accepted, only the same person passes; refused, that person does not. */
export const confirmIdentity: SignerStep<Input, undefined, void, undefined> = {
  begin: async () => undefined,
  act: nothing,
  async commit(tx, { order, signer, input: { decision, reason } }) {
    const { identityClaim: claim, identityCheck: check } = signer
    if (!claim) throw new SeglError('INTERNAL', 'Nobody has logged in for a signer who awaits the sender.')
    // Whoever was told of the turn by mail is told again: the attempt ended with the log-in.
    const ready = { state: 'ready', toldAt: null } as const
    await tx.updateSigner(signer.id, {
      ...ready,
      identityClaim: { ...claim, decision: decided[decision] },
      reasonCode: decision === 'accept' ? null : 'WRONG_PERSON',
    })
    const type = decision === 'accept' ? 'signer.identityAccepted' : 'signer.identityRefused'
    await tx.emit({ orderId: order.id, signerId: signer.id, type, state: 'ready', part: String(signer.epoch) })
    await scheduleReminder(tx, { ...order, signers: withSigners(order, [{ ...signer, ...ready }]) })
    return {
      trail: [
        {
          type,
          actor: 'tenant',
          signerId: signer.id,
          personal: { reason, ...(check?.name && { name: check.name }) },
        },
      ],
      answer: undefined,
    }
  },
}

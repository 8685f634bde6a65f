// Ends an attempt without a signature: back to `ready`, with the reason, so that the signer can try again.
import { isFailureOfPerson } from './failure.ts'
import { isEnough, noTrouble, withSigner } from './order.ts'
import { nothing, type SignerStep } from './story.ts'
import { passTurn, refuseWhileSigning, voidLiveCeremony } from './turn.ts'

type Input = {
  /** Code of errors.ts. */
  readonly code: string
  /** Only this attempt; a later one is left alone. */
  readonly ceremonyId?: string
}

export const voidCeremony: SignerStep<Input, undefined, void, undefined> = {
  async begin(tx, { signer }) {
    if (signer.state !== 'authorised') await refuseWhileSigning(tx, signer)
    return undefined
  },
  act: nothing,
  async commit(tx, { order, signer, input }) {
    const live = await tx.liveCeremony(signer.id)
    const another = input.ceremonyId !== undefined && live !== undefined && live.id !== input.ceremonyId
    const early =
      input.code === 'CEREMONY_EXPIRED' && live !== undefined && live.expiresAt > tx.now && !input.ceremonyId
    if (another || early) return { trail: [], answer: undefined }
    await voidLiveCeremony(tx, signer.id, input.code)
    await tx.updateSigner(signer.id, { state: 'ready', reasonCode: input.code })
    await tx.finishTask(['void', 'authorise', 'sign'], signer.id)
    // Enough of his group may have signed while his own signature was on its way.
    const signers = withSigner(order, signer.id, 'ready')
    const turn = isEnough(order, signers, signer.group) ? await passTurn(tx, order, signers, signer.group) : []
    // Whatever the worker could not do for this attempt, nobody waits for it any more.
    if (signer.state === 'authorised') await tx.updateOrder(order.id, noTrouble)
    return {
      trail: [
        {
          type: 'ceremony.void',
          actor: isFailureOfPerson(input.code) ? 'signer' : 'system',
          signerId: signer.id,
          data: { code: input.code, ...(live ? { ceremony: live.id } : {}) },
        },
        ...turn,
      ],
      answer: undefined,
    }
  },
}

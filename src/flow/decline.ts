// The signer refuses to sign, with his reason: the order ends for everybody.

import { withSigner } from './order.ts'
import { nothing, type SignerStep } from './story.ts'
import { endOrder, refuseWhileSigning, voidLiveCeremony } from './turn.ts'

type Input = { readonly reason: string }

export const decline: SignerStep<Input, undefined, void, undefined> = {
  async begin(tx, { signer }) {
    await refuseWhileSigning(tx, signer)
    return undefined
  },
  act: nothing,
  async commit(tx, { order, signer, input }) {
    await voidLiveCeremony(tx, signer.id, 'declined')
    await tx.updateSigner(signer.id, { state: 'declined', reason: input.reason })
    await tx.finishTask('void', signer.id)
    await tx.emit({ orderId: order.id, signerId: signer.id, type: 'signer.declined', state: 'declined' })
    const ended = await endOrder(
      tx,
      { ...order, signers: withSigner(order, signer.id, 'declined') },
      'declined',
      'notApplicable',
    )
    return {
      trail: [
        { type: 'signer.declined', actor: 'signer', signerId: signer.id, personal: { reason: input.reason } },
        { type: 'order.declined', actor: 'system' },
        ...ended,
      ],
      answer: undefined,
    }
  },
}

// The signer refuses to sign, with his reason: the order ends, unless enough others of his group can still sign.
import { isReachable, withSigner } from './order.ts'
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
    const declined = {
      type: 'signer.declined',
      actor: 'signer',
      signerId: signer.id,
      personal: { reason: input.reason },
    } as const
    const signers = withSigner(order, signer.id, 'declined')
    if (isReachable(order, signers, signer.group)) return { trail: [declined], answer: undefined }
    const ended = await endOrder(tx, { ...order, signers }, 'declined', 'notApplicable')
    return { trail: [declined, { type: 'order.declined', actor: 'system' }, ...ended], answer: undefined }
  },
}

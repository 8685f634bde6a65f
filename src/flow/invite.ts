// Opens a prepared order: the signers of the first group may now sign; their links become worth something.
import { nextSigners, noTrouble } from './order.ts'
import { nothing, type OrderStep } from './story.ts'
import { inviteSigners } from './turn.ts'

export const invite: OrderStep<undefined, undefined, void, undefined> = {
  begin: async () => undefined,
  act: nothing,
  async commit(tx, { order }) {
    await tx.updateOrder(order.id, { ...noTrouble, state: 'open' })
    await tx.emit({ orderId: order.id, type: 'order.opened', state: 'open' })
    const invited = await inviteSigners(tx, order, nextSigners(order.signers))
    await tx.finishTask('invite', order.id)
    return { trail: [{ type: 'order.opened', actor: 'system' }, ...invited], answer: undefined }
  },
}

// The accounting system takes the order back.
import { nothing, type OrderStep } from './story.ts'
import { endOrder } from './turn.ts'

export const cancel: OrderStep<undefined, undefined, void, undefined> = {
  begin: async () => undefined,
  act: nothing,
  async commit(tx, { order }) {
    const ended = await endOrder(tx, order, 'cancelled', 'notApplicable')
    return { trail: [{ type: 'order.cancelled', actor: 'tenant' }, ...ended], answer: undefined }
  },
}

// The accounting system takes the order back.
import { SeglError } from '../errors.ts'
import { nothing, type OrderStep } from './story.ts'
import { endOrder } from './turn.ts'

export const cancel: OrderStep<undefined, undefined, void, undefined> = {
  async begin(_tx, { order }) {
    if (order.state === 'failed' && order.outcome !== null) {
      throw new SeglError('STATE_CONFLICT', 'The order was being closed when it failed: try it again (`retry`).', {
        extra: { state: order.state },
      })
    }
    return undefined
  },
  act: nothing,
  async commit(tx, { order }) {
    const ended = await endOrder(tx, order, 'cancelled', 'notApplicable')
    return { trail: [{ type: 'order.cancelled', actor: 'tenant' }, ...ended], answer: undefined }
  },
}

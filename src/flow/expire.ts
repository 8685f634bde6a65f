// The deadline has passed: whoever has not signed cannot any more.
import { SeglError } from '../errors.ts'
import { nothing, type OrderStep } from './story.ts'
import { endOrder } from './turn.ts'

export const expire: OrderStep<undefined, undefined, void, undefined> = {
  async begin(tx, { order }) {
    if (!order.deadline || order.deadline > tx.now) {
      throw new SeglError('STATE_CONFLICT', 'The deadline of the order has not passed.', {
        extra: { state: order.state },
      })
    }
    return undefined
  },
  act: nothing,
  async commit(tx, { order }) {
    if (order.signers.some(({ state }) => state === 'authorised')) {
      // He signed in time; the deadline takes effect when his signature is in the document, or void.
      await tx.schedule({ orderId: order.id, subjectId: order.id, step: 'expire', at: inAMoment(tx.now) })
      return { trail: [], answer: undefined }
    }
    const ended = await endOrder(tx, order, 'expired', 'expired')
    return { trail: [{ type: 'order.expired', actor: 'system' }, ...ended], answer: undefined }
  },
}

const inAMoment = (now: Date): Date => new Date(now.getTime() + 5000)

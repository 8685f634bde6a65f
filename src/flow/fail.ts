// A step has ended as a dead letter: who follows the order is told, and an order that cannot go on without it is `failed`.
import type { Order, OrderState, StepName } from './model.ts'
import { nothing, type OrderStep } from './story.ts'
import { scheduleTelling } from './tell-sender.ts'

/** The step without which an order does not leave its state. */
const carriedOnBy = {
  scheduled: 'activate',
  received: 'prepare',
  prepared: 'invite',
  sealing: 'seal',
} as const satisfies Partial<Record<OrderState, StepName>>

/** The state in which the order was when this step of it failed for good; undefined for steps that others do not wait for. */
export const stateBefore = (step: StepName): OrderState | undefined =>
  (Object.keys(carriedOnBy) as (keyof typeof carriedOnBy)[]).find((state) => carriedOnBy[state] === step)

/**
 * Nothing happens to a failed order by itself, its deadline included: `retry` puts it back where it was, `cancel` ends it where
 * nobody has signed.
 */
export const fail: OrderStep<undefined, undefined, void, undefined> = {
  begin: async () => undefined,
  act: nothing,
  async commit(tx, { order }) {
    await tx.finishTask('fail', order.id)
    const dead = (await tx.failing(order.id)).filter(({ nextTry }) => nextTry === null)
    // Tried again meanwhile.
    if (dead.length === 0) return { trail: [], answer: undefined }
    const fatal = dead.find(({ step }) => stateBefore(step) === order.state)
    const type = fatal ? 'order.failed' : 'order.failing'
    if (fatal) {
      await tx.updateOrder(order.id, { state: 'failed' })
      await tx.finishTask(['expire', 'remind'], order.id)
      await scheduleTelling(tx, order, 'failed')
    }
    await tx.emit({ orderId: order.id, type, state: fatal ? 'failed' : order.state, part: partOf(order) })
    return {
      trail: (fatal ? [fatal] : dead).map(({ step, signerId, code, check, attempt }) => ({
        type,
        actor: 'system',
        ...(signerId !== null && { signerId }),
        data: { step, code, attempt, ...(check !== null && { check }) },
      })),
      answer: undefined,
    }
  },
}

/** Tells events of one type apart that an order may have more than once. */
export const partOf = ({ trailSequence }: Pick<Order, 'trailSequence'>): string => String(trailSequence)

// A draft is finished, or the time of a scheduled order has come: it goes to its signers.
import type { RegisteredCompany } from '../accounting/company.ts'
import { SeglError } from '../errors.ts'
import { accountingOf, accountingOnRecord, judgeStored, registeredCompany } from './accounting-rules.ts'
import { begun } from './create-order.ts'
import type { Order } from './model.ts'
import { lateness, refuseAny } from './order-request.ts'
import type { OrderStep } from './story.ts'

/** `tenant`: the accounting system says so; `clock`: the time that it gave has come. */
type Input = { readonly by: 'tenant' | 'clock' }

export const activate: OrderStep<Input, Order, RegisteredCompany | undefined, undefined> = {
  async begin(tx, { order, input }) {
    // A call that comes twice must not start before its time what the first one scheduled.
    if (input.by === 'tenant' && order.state !== 'draft') {
      throw new SeglError('STATE_CONFLICT', `The order is ${order.state}; it starts by itself.`, {
        extra: { state: order.state },
      })
    }
    if (input.by === 'clock' && (order.state !== 'scheduled' || !order.activateAt || order.activateAt > tx.now)) {
      throw new SeglError('STATE_CONFLICT', 'The time to activate the order has not come.', {
        extra: { state: order.state },
      })
    }
    if (order.signers.length === 0) {
      throw new SeglError('SIGNERS_INVALID', 'The draft names nobody who is to sign. Add `signers` first.')
    }
    // A deadline that has passed ends a scheduled order by itself (expire).
    if (input.by === 'tenant') refuseAny(lateness({ ...(order.deadline && { deadline: order.deadline }) }, tx.now))
    return order
  },
  act: ({ documents }, { companyRegister }) => registeredCompany(companyRegister, documents),
  async commit(tx, { order, input }, company) {
    // A draft may break the rules, and a day or a register has changed since: now it is judged for good.
    const judgement = judgeStored(order, tx.now, company)
    if (order.state === 'draft') refuseAny(judgement.errors)
    const accounting = accountingOf(judgement, order.accounting.mandates)
    const later = order.state === 'draft' && order.activateAt !== null && order.activateAt > tx.now
    const state = later ? 'scheduled' : 'received'
    await tx.updateOrder(order.id, { state, accounting })
    await tx.finishDraft(order.id)
    await tx.finishTask('activate', order.id)
    const story = await begun(tx, { ...order, state })
    return {
      trail: [
        ...(later
          ? []
          : [
              {
                type: 'order.activated' as const,
                actor: input.by === 'tenant' ? ('tenant' as const) : ('system' as const),
                data: accountingOnRecord(accounting).data,
              },
            ]),
        ...story,
      ],
      answer: undefined,
    }
  },
}

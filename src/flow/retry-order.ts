// Makes what an order waits for due now, instead of at its next try; a failed order is put back where it stood.
import { SeglError } from '../errors.ts'
import { partOf, stateBefore } from './fail.ts'
import type { Order, OrderState, StepName } from './model.ts'
import { isFinal } from './order.ts'
import type { Store, Tx } from './ports/store.ts'
import { appendTrail } from './trail.ts'

/** Throws NOT_FOUND, or STATE_CONFLICT when the order waits for people or is closed. */
export async function retryOrder(store: Store, tenantId: string, orderId: string): Promise<void> {
  await store.transaction(tenantId, async (tx) => {
    await tx.lock('order', orderId)
    const order = await tx.order(orderId)
    if (!order) throw new SeglError('NOT_FOUND', 'There is no such order.')
    const failed = (await tx.failing(orderId)).map(({ step, signerId }) => ({ step, subjectId: signerId ?? orderId }))
    const isFailed = (one: Due) =>
      failed.some(({ step, subjectId }) => step === one.step && subjectId === one.subjectId)
    const due = [...failed, ...waiting(order).filter((one) => !isFailed(one))]
    if (due.length === 0) {
      throw new SeglError('STATE_CONFLICT', `The order is ${order.state}; there is nothing of ours to try again.`, {
        extra: { state: order.state },
      })
    }
    for (const { step, subjectId } of due) await tx.schedule({ orderId, subjectId, step, at: tx.now })
    await tx.finishTask('fail', orderId)
    await tx.updateOrder(orderId, { nextTry: tx.now })
    const state = order.state === 'failed' ? due.map(({ step }) => stateBefore(step)).find(Boolean) : undefined
    if (state) await putBack(tx, order, state)
    const steps = [...new Set(due.map(({ step }) => step))]
    const data = { steps, ...(state && { state }) }
    await appendTrail(tx, order, [{ type: 'order.retried', actor: 'tenant', data }])
  })
}

/** A deadline that has passed meanwhile takes effect now. */
async function putBack(tx: Tx, order: Order, state: OrderState): Promise<void> {
  const { id, deadline } = order
  await tx.updateOrder(id, { state })
  if (deadline && order.outcome === null)
    await tx.schedule({ orderId: id, subjectId: id, step: 'expire', at: deadline })
  await tx.emit({ orderId: id, type: 'order.retried', state, part: partOf(order) })
}

type Due = { readonly step: StepName; readonly subjectId: string }

/** Steps of the worker that the order's state makes due. */
function waiting(order: Order): readonly Due[] {
  if (order.state === 'received') return [{ step: 'prepare', subjectId: order.id }]
  if (order.state === 'prepared') return [{ step: 'invite', subjectId: order.id }]
  if (order.state === 'sealing') return [{ step: 'seal', subjectId: order.id }]
  // What it failed of is among the failing steps.
  if (order.state === 'failed') return []
  // A closed order has trouble with its renewal only.
  if (isFinal(order.state)) {
    return order.lastErrorCode === null ? [] : [{ step: 'renew', subjectId: order.id }]
  }
  return order.signers
    .filter((signer) => signer.state === 'authorised')
    .map((signer) => ({ step: 'sign', subjectId: signer.id }))
}

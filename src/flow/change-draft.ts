// Changes an order that is a draft: checked as a whole again, so that a draft is never worse than its last answer said.
import { SeglError } from '../errors.ts'
import { described, type OrderingPorts, planOrder } from './create-order.ts'
import type { Order } from './model.ts'
import type { OrderRequest } from './order-request.ts'
import { appendTrail } from './trail.ts'

/**
 * `change` makes the new request out of the stored one, in the transaction. Signers keep their ids and links as long as
 * `sameSigners` says so. Throws NOT_FOUND, STATE_CONFLICT when the order is no draft any more, and what `createOrder` throws.
 */
export async function changeDraft(
  ports: OrderingPorts,
  { tenantId, id }: { readonly tenantId: string; readonly id: string },
  change: (stored: unknown) => { readonly request: OrderRequest; readonly sameSigners: boolean },
): Promise<Order> {
  return ports.intake.transaction(tenantId, async (tx) => {
    await tx.lock('order', id)
    const order = await tx.order(id)
    if (!order) throw new SeglError('NOT_FOUND', 'There is no such order.')
    const stored = await tx.draft(id)
    if (order.state !== 'draft' || stored === undefined) {
      throw new SeglError('STATE_CONFLICT', `The order is ${order.state}; only a draft can be changed.`, {
        extra: { state: order.state },
      })
    }
    const { request, sameSigners } = change(JSON.parse(stored))
    const planned = await planOrder(tx, ports, request, { id, state: 'draft' })
    // A step that began on the draft as it was must not go on with it.
    await tx.raiseEpoch('order', id)
    await tx.changeDraft(planned.order, sameSigners)
    const signers = sameSigners ? order.signers.map(({ id: signerId }) => signerId) : []
    await appendTrail(tx, order, [
      {
        type: 'order.changed',
        actor: 'tenant',
        ...described({
          ...planned,
          order: {
            ...planned.order,
            signers: planned.order.signers.map((signer, index) => ({ ...signer, id: signers[index] ?? signer.id })),
          },
        }),
      },
    ])
    const changed = await tx.order(id)
    if (!changed) throw new SeglError('INTERNAL', 'The order is not readable after it was written.')
    return changed
  })
}

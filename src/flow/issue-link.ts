// Gives a signer a new link and voids the earlier ones: whoever holds an old link can no longer use it.
import { SeglError } from '../errors.ts'
import type { Signer } from './model.ts'
import { isSettled } from './order.ts'
import type { Store } from './ports/store.ts'
import { appendTrail } from './trail.ts'

/** Raises the link's version. Throws NOT_FOUND, or STATE_CONFLICT when nothing more is expected of the signer. */
export async function issueLink(
  store: Store,
  tenantId: string,
  orderId: string,
  signerId: string,
): Promise<{ readonly signer: Signer; readonly linkVersion: number }> {
  return store.transaction(tenantId, async (tx) => {
    await tx.lock('order', orderId)
    const order = await tx.order(orderId)
    const signer = order?.signers.find((candidate) => candidate.id === signerId)
    if (!order || !signer) throw new SeglError('NOT_FOUND', 'There is no such signer in this order.')
    if (isSettled(signer)) {
      throw new SeglError('STATE_CONFLICT', `The signer is ${signer.state}; there is nothing left to sign.`, {
        extra: { state: signer.state },
      })
    }
    const linkVersion = signer.linkVersion + 1
    await tx.updateSigner(signerId, { linkVersion })
    await appendTrail(tx, order, [
      { type: 'signer.linkIssued', actor: 'tenant', signerId, data: { version: linkVersion } },
    ])
    return { signer, linkVersion }
  })
}

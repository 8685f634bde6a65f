// Whose turn it is: gives the turn to the next group, or closes the order when nobody is left.
import { SeglError } from '../errors.ts'
import type { Order, Outcome, Signer, SignerState } from './model.ts'
import { allSettled, isSettled, nextSigners, noTrouble } from './order.ts'
import type { Tx } from './ports/store.ts'
import type { TrailEntry } from './trail.ts'

/** Makes waiting signers ready. The trail names roles; the person is committed to when BankID has said who it is. */
export async function inviteSigners(tx: Tx, order: Order, signers: readonly Signer[]): Promise<TrailEntry[]> {
  const trail: TrailEntry[] = []
  for (const signer of signers) {
    await tx.updateSigner(signer.id, { state: 'ready' })
    await tx.emit({ orderId: order.id, signerId: signer.id, type: 'signer.invited', state: 'ready' })
    trail.push({
      type: 'signer.invited',
      actor: 'system',
      signerId: signer.id,
      data: { role: signer.role, group: signer.group, level: signer.level },
    })
  }
  return trail
}

/** After a signer has signed: the next group's turn, or sealing when he was the last. `signers` are as they are now. */
export async function passTurn(tx: Tx, order: Order, signers: readonly Signer[]): Promise<TrailEntry[]> {
  if (!allSettled(signers)) return inviteSigners(tx, order, nextSigners(signers))
  return beginSealing(tx, order, 'completed')
}

/** Puts the order into `sealing` and makes the seal due. */
export async function beginSealing(tx: Tx, order: Order, outcome: Outcome): Promise<TrailEntry[]> {
  await tx.updateOrder(order.id, { ...noTrouble, state: 'sealing', outcome })
  await tx.emit({ orderId: order.id, type: 'order.sealing', state: 'sealing' })
  await tx.finishTask('expire', order.id)
  await tx.schedule({ orderId: order.id, subjectId: order.id, step: 'seal' })
  return [{ type: 'order.sealing', actor: 'system', data: { outcome } }]
}

/**
 * Ends an order before everybody has signed. Signers who have not signed reach `state`; their attempts are void. When
 * somebody has signed already, the documents are sealed with that outcome first (his signature needs its validation data).
 */
export async function endOrder(
  tx: Tx,
  order: Order,
  outcome: Exclude<Outcome, 'completed'>,
  state: SignerState,
): Promise<TrailEntry[]> {
  for (const signer of order.signers.filter((candidate) => !isSettled(candidate))) {
    // Raising the epoch drops whatever a step of this signer is doing outside a transaction right now.
    await tx.lock('signer', signer.id)
    await tx.raiseEpoch('signer', signer.id)
    await voidLiveCeremony(tx, signer.id, outcome)
    await tx.updateSigner(signer.id, { state })
    for (const step of ['void', 'authorise', 'sign'] as const) await tx.finishTask(step, signer.id)
  }
  for (const step of ['prepare', 'invite', 'expire'] as const) await tx.finishTask(step, order.id)
  if (order.signers.some((signer) => signer.state === 'signed')) return beginSealing(tx, order, outcome)
  await tx.updateOrder(order.id, { ...noTrouble, state: outcome, outcome, completedAt: tx.now })
  await tx.emit({ orderId: order.id, type: `order.${outcome}`, state: outcome })
  return []
}

/** Throws while BankID's signature is on record and not yet in the document: that attempt cannot be taken back. */
export async function refuseWhileSigning(tx: Tx, signer: Signer): Promise<void> {
  const ceremony = await tx.liveCeremony(signer.id)
  if (ceremony?.state !== 'authorising') return
  const acts = await tx.signatures({ ceremonyId: ceremony.id })
  if (acts.some((act) => act.signatureValue)) {
    throw new SeglError('STATE_CONFLICT', 'Your signature is being put into the document.', {
      extra: { state: 'authorised' },
    })
  }
}

/** Ends the signer's attempt, if there is one: its leases and prepared signatures with it. */
export async function voidLiveCeremony(tx: Tx, signerId: string, reason: string): Promise<void> {
  const ceremony = await tx.liveCeremony(signerId)
  if (!ceremony) return
  for (const act of await tx.signatures({ ceremonyId: ceremony.id })) {
    if (act.state !== 'void') await tx.updateSignature(act.id, { state: 'void' })
  }
  await tx.releaseLeases(ceremony.id)
  await tx.updateCeremony(ceremony.id, { state: 'void', voidReason: reason, serviceToken: null })
}

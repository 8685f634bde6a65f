// Whose turn it is: gives the turn to the next group, or closes the order when nobody is left.
import { SeglError } from '../errors.ts'
import type { Order, Outcome, Signer, SignerState } from './model.ts'
import { allSettled, isEnough, isSettled, nextSigners, noTrouble, withSigners } from './order.ts'
import type { Tx } from './ports/store.ts'
import { scheduleReminder } from './remind.ts'
import { scheduleTelling } from './tell-sender.ts'
import type { TrailEntry } from './trail.ts'

/** Makes waiting signers ready. The trail names roles; the person is committed to when BankID has said who it is. */
export async function inviteSigners(tx: Tx, order: Order, signers: readonly Signer[]): Promise<TrailEntry[]> {
  const trail: TrailEntry[] = []
  const invited: Signer[] = []
  for (const signer of signers) {
    await tx.updateSigner(signer.id, { state: 'ready', invitedAt: tx.now })
    invited.push({ ...signer, state: 'ready', invitedAt: tx.now })
    await tx.emit({ orderId: order.id, signerId: signer.id, type: 'signer.invited', state: 'ready' })
    trail.push({
      type: 'signer.invited',
      actor: 'system',
      signerId: signer.id,
      data: { role: signer.role, group: signer.group, level: signer.level },
    })
  }
  if (invited.length > 0) await scheduleReminder(tx, { ...order, signers: withSigners(order, invited) })
  return trail
}

/**
 * After a signer of `group` has signed, or can no longer: whoever is not needed is let go; then it is the next group's turn, or
 * sealing when nobody is left. `signers` are as they are now.
 */
export async function passTurn(tx: Tx, order: Order, signers: readonly Signer[], group: number): Promise<TrailEntry[]> {
  const { left, trail } = await letGo(tx, order, signers, group)
  if (!allSettled(left)) return [...trail, ...(await inviteSigners(tx, order, nextSigners(left)))]
  return [...trail, ...(await beginSealing(tx, order, 'completed'))]
}

/** When enough of the group have signed, the others become `notApplicable` and their attempts void. */
async function letGo(
  tx: Tx,
  order: Order,
  signers: readonly Signer[],
  group: number,
): Promise<{ readonly left: readonly Signer[]; readonly trail: readonly TrailEntry[] }> {
  if (!isEnough(order, signers, group)) return { left: signers, trail: [] }
  const left: Signer[] = []
  const trail: TrailEntry[] = []
  for (const signer of signers) {
    const needless = signer.group === group && !isSettled(signer)
    // What BankID has signed for him is put into the document all the same: his turn ends with that, or when it is void.
    if (!needless || (await isSigning(tx, signer))) {
      left.push(signer)
      continue
    }
    await endSigner(tx, signer, 'notApplicable', 'notApplicable')
    await tx.emit({ orderId: order.id, signerId: signer.id, type: 'signer.notApplicable', state: 'notApplicable' })
    trail.push({ type: 'signer.notApplicable', actor: 'system', signerId: signer.id, data: { group } })
    left.push({ ...signer, state: 'notApplicable' })
  }
  return { left, trail }
}

/** Nothing more is expected of him: his attempt is void, and whatever a step of his does right now is dropped. */
export async function endSigner(tx: Tx, signer: Signer, state: SignerState, reason: string): Promise<void> {
  // Raising the epoch drops whatever a step of this signer is doing outside a transaction right now.
  await tx.lock('signer', signer.id)
  await tx.raiseEpoch('signer', signer.id)
  await voidLiveCeremony(tx, signer.id, reason)
  await tx.updateSigner(signer.id, { state })
  await tx.finishTask(['void', 'authorise', 'sign'], signer.id)
}

/** Puts the order into `sealing` and makes the seal due. */
export async function beginSealing(tx: Tx, order: Order, outcome: Outcome): Promise<TrailEntry[]> {
  await tx.updateOrder(order.id, { ...noTrouble, state: 'sealing', outcome })
  await tx.emit({ orderId: order.id, type: 'order.sealing', state: 'sealing' })
  await tx.finishTask(['expire', 'remind', 'augment'], order.id)
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
    await endSigner(tx, signer, state, outcome)
  }
  await tx.finishTask(['activate', 'prepare', 'invite', 'expire', 'remind', 'augment', 'fail'], order.id)
  if (order.signers.some((signer) => signer.state === 'signed')) return beginSealing(tx, order, outcome)
  await tx.updateOrder(order.id, { ...noTrouble, state: outcome, outcome, completedAt: tx.now })
  await tx.finishDraft(order.id)
  await tx.emit({ orderId: order.id, type: `order.${outcome}`, state: outcome })
  await scheduleTelling(tx, order, outcome)
  return []
}

/** Throws while BankID's signature is on record and not yet in the document: that attempt cannot be taken back. */
export async function refuseWhileSigning(tx: Tx, signer: Signer): Promise<void> {
  if (await hasApproved(tx, signer)) {
    throw new SeglError('STATE_CONFLICT', 'The signature is being put into the document.', {
      extra: { state: 'authorised' },
    })
  }
}

/** True while BankID's signature is on record, and not yet told as `authorised`. */
async function hasApproved(tx: Tx, signer: Signer): Promise<boolean> {
  const ceremony = await tx.liveCeremony(signer.id)
  if (ceremony?.state !== 'authorising') return false
  return (await tx.signatures({ ceremonyId: ceremony.id, signerId: signer.id })).some((act) => act.signatureValue)
}

/** True from BankID's signature on record until it is in the document. */
export const isSigning = async (tx: Tx, signer: Signer): Promise<boolean> =>
  signer.state === 'authorised' || (await hasApproved(tx, signer))

/**
 * Ends the signer's part in his attempt, if there is one: leases and prepared signatures of his with it. Whoever else is part
 * of the attempt goes on; it is void when nobody is left in it.
 */
export async function voidLiveCeremony(tx: Tx, signerId: string, reason: string): Promise<void> {
  const ceremony = await tx.liveCeremony(signerId)
  if (!ceremony) return
  const left = await tx.leaveCeremony(ceremony.id, signerId, reason)
  for (const act of await tx.signatures({ ceremonyId: ceremony.id, signerId })) {
    if (act.state !== 'void') await tx.updateSignature(act.id, { state: 'void' })
  }
  await tx.releaseLeases(ceremony.id, signerId)
  if (left > 0) return
  await tx.updateCeremony(ceremony.id, { state: 'void', voidReason: reason, serviceToken: null })
}

// The order as a state machine: pure rules about who signs when, and when an order is done.
import type { Order, OrderState, Signer, SignerState } from './model.ts'

/** States in which nothing more is expected of a signer. */
export const settledSignerStates: readonly SignerState[] = [
  'signed',
  'declined',
  'replaced',
  'expired',
  'notApplicable',
]

/** What an order says of its trouble when it has none (any more). */
export const noTrouble = { attempt: 0, lastErrorCode: null, lastError: null, nextTry: null, failureClass: null }

/** States of an order that nothing leads out of. */
export const finalOrderStates: readonly OrderState[] = ['completed', 'declined', 'cancelled', 'expired', 'failed']

export const isSettled = (signer: Signer): boolean => settledSignerStates.includes(signer.state)

/**
 * Signers whose turn it is now and who do not know it yet: the waiting ones of the lowest group that is not settled.
 * Empty when nobody is left.
 */
export function nextSigners(signers: readonly Signer[]): readonly Signer[] {
  const open = signers.filter((signer) => !isSettled(signer))
  const group = Math.min(...open.map((signer) => signer.group))
  return open.filter((signer) => signer.group === group && signer.state === 'waiting')
}

/** True when every signer has done his part. */
export const allSettled = (signers: readonly Signer[]): boolean => signers.every(isSettled)

/** The order's signers as they are once `signerId` has reached `state`. */
export const withSigner = (order: Order, signerId: string, state: SignerState): readonly Signer[] =>
  order.signers.map((signer) => (signer.id === signerId ? { ...signer, state } : signer))

/** Documents that get signatures, in the order's own sequence. */
export const documentsToSign = (order: Order) => order.documents.filter((document) => document.role === 'sign')

// The order as a state machine: pure rules about who signs when, and when an order is done.
import type { Order, OrderState, Outcome, Signer, SignerState } from './model.ts'

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

/** States of an order that nothing leads out of. `failed` is none of them: somebody's `retry` or `cancel` leads out of it. */
export const finalOrderStates = ['completed', 'declined', 'cancelled', 'expired'] as const satisfies readonly Outcome[]

export const isFinal = (state: OrderState): state is Outcome => finalOrderStates.some((final) => final === state)

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

/** True when nothing more is expected of any signer. */
export const allSettled = (signers: readonly Signer[]): boolean => signers.every(isSettled)

type Grouped = Pick<Order, 'groups'>

/** Members of a group; whoever was replaced is none any more. */
const membersOf = (signers: readonly Signer[], group: number): readonly Signer[] =>
  signers.filter((signer) => signer.group === group && signer.state !== 'replaced')

/** How many of the group have to sign: as the order says, else all of them. */
const requiredOf = ({ groups }: Grouped, signers: readonly Signer[], group: number): number =>
  groups.find(({ number }) => number === group)?.required ?? membersOf(signers, group).length

/** True when as many of the group have signed as have to. */
export const isEnough = (order: Grouped, signers: readonly Signer[], group: number): boolean =>
  membersOf(signers, group).filter(({ state }) => state === 'signed').length >= requiredOf(order, signers, group)

/** True as long as enough of the group have signed or still can. */
export const isReachable = (order: Grouped, signers: readonly Signer[], group: number): boolean =>
  membersOf(signers, group).filter((signer) => signer.state === 'signed' || !isSettled(signer)).length >=
  requiredOf(order, signers, group)

/** The order's signers as they are once `signerId` has reached `state`. */
export const withSigner = (order: Order, signerId: string, state: SignerState): readonly Signer[] =>
  order.signers.map((signer) => (signer.id === signerId ? { ...signer, state } : signer))

/** The order's signers with these as they are now. */
export const withSigners = (order: Order, changed: readonly Signer[]): readonly Signer[] =>
  order.signers.map((signer) => changed.find(({ id }) => id === signer.id) ?? signer)

/** Documents that get signatures, in the order's own sequence. */
export const documentsToSign = (order: Order) => order.documents.filter((document) => document.role === 'sign')

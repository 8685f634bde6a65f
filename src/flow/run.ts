// The one wrapper that runs every step: begin (short transaction), act (outside any), commit (short transaction, fenced).
import { SeglError } from '../errors.ts'
import { type AnswerOf, type InputOf, story } from './index.ts'
import type { Order, Signer, StepName } from './model.ts'
import type { Ports } from './ports/index.ts'
import type { Tx } from './ports/store.ts'
import { appendTrail, type TrailEntry } from './trail.ts'

/** `already`: the step had happened before. `superseded`: somebody else went on meanwhile, the result was dropped. */
export type Ran<N extends StepName> =
  | { readonly outcome: 'done'; readonly answer: AnswerOf<N> }
  | { readonly outcome: 'already' }
  | { readonly outcome: 'superseded' }

type Context = { readonly order: Order; readonly signer?: Signer; readonly input: unknown }

/** The table's row without the types of its parts: begin's plan goes to act, act's result to commit, untouched. */
type AnyRow = {
  readonly subject: 'order' | 'signer'
  readonly from: readonly string[]
  readonly passed: readonly string[]
  readonly step: {
    begin(tx: Tx, context: Context): Promise<unknown>
    act(plan: unknown, ports: Ports): Promise<unknown>
    commit(
      tx: Tx,
      context: Context,
      result: unknown,
      plan: unknown,
    ): Promise<{ readonly trail: readonly TrailEntry[]; readonly answer: unknown }>
  }
}

/**
 * Runs one step on one subject. Throws STATE_CONFLICT when the state does not allow it, NOT_FOUND when there is no such
 * subject, and whatever `act` throws; nothing is written then but the raised epoch and what `begin` wrote.
 */
export async function runStep<N extends StepName>(
  ports: Ports,
  name: N,
  subject: { readonly tenantId: string; readonly id: string },
  input: InputOf<N>,
): Promise<Ran<N>> {
  const row = story[name] as AnyRow
  const { store } = ports

  const begun = await store.transaction(subject.tenantId, async (tx) => {
    if ((await tx.lock(row.subject, subject.id)) === undefined) throw notFound(row.subject)
    const context = await load(tx, row, subject.id, input)
    const state = context.signer?.state ?? context.order.state
    if (row.passed.includes(state) || row.passed.includes(`${state} ${context.order.outcome}`)) return undefined
    if (!row.from.includes(state)) {
      throw new SeglError('STATE_CONFLICT', `The ${row.subject} is ${state}; ${name} needs ${row.from.join(' or ')}.`, {
        extra: { state },
      })
    }
    const epoch = await tx.raiseEpoch(row.subject, subject.id)
    return { epoch, plan: await row.step.begin(tx, context) }
  })
  if (!begun) return { outcome: 'already' }
  ports.die(name, 'begin')

  const result = await row.step.act(begun.plan, ports)
  ports.die(name, 'act')

  const written = await store.transaction(subject.tenantId, async (tx) => {
    // The order's lock first, always: it orders the trail, and one sequence of locks cannot deadlock.
    const order = row.subject === 'order' ? await tx.order(subject.id) : await tx.orderOfSigner(subject.id)
    if (!order) throw notFound(row.subject)
    await tx.lock('order', order.id)
    if ((await tx.lock(row.subject, subject.id)) !== begun.epoch) return undefined
    const context = await load(tx, row, subject.id, input)
    const { trail, answer } = await row.step.commit(tx, context, result, begun.plan)
    await appendTrail(tx, context.order, trail)
    return { answer }
  })
  ports.die(name, 'commit')
  if (!written) return { outcome: 'superseded' }
  return { outcome: 'done', answer: written.answer as AnswerOf<N> }
}

async function load(tx: Tx, row: AnyRow, id: string, input: unknown): Promise<Context> {
  const order = row.subject === 'order' ? await tx.order(id) : await tx.orderOfSigner(id)
  if (!order) throw notFound(row.subject)
  if (row.subject === 'order') return { order, input }
  const signer = order.signers.find((candidate) => candidate.id === id)
  if (!signer) throw notFound(row.subject)
  return { order, signer, input }
}

const notFound = (subject: string): SeglError => new SeglError('NOT_FOUND', `There is no such ${subject}.`)

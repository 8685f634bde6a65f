// The one wrapper that runs every step: begin (short transaction), act (outside any), commit (short transaction, fenced).
import { SeglError } from '../errors.ts'
import { type AnswerOf, type AttemptStepName, type InputOf, type SubjectStepName, story } from './index.ts'
import type { Member, Order, Signer, StepName } from './model.ts'
import type { Ports } from './ports/index.ts'
import type { Tx } from './ports/store.ts'
import { appendTrail, type TrailEntry } from './trail.ts'

/** `already`: the step had happened before. `superseded`: somebody else went on meanwhile, the result was dropped. */
export type Ran<N extends StepName> =
  | { readonly outcome: 'done'; readonly answer: AnswerOf<N> }
  | { readonly outcome: 'already' }
  | { readonly outcome: 'superseded' }

type Context = { readonly order: Order; readonly signer?: Signer; readonly input: unknown }
type AttemptContext = { readonly members: readonly Member[]; readonly input: unknown }

/** The table's row without the types of its parts: begin's plan goes to act, act's result to commit, untouched. */
type AnyStep<C, Written> = {
  begin(tx: Tx, context: C): Promise<unknown>
  act(plan: unknown, ports: Ports): Promise<unknown>
  commit(tx: Tx, context: C, result: unknown, plan: unknown): Promise<Written>
}
type AnyRow = {
  readonly subject: 'order' | 'signer'
  readonly from: readonly string[]
  readonly passed: readonly string[]
  readonly step: AnyStep<Context, { readonly trail: readonly TrailEntry[]; readonly answer: unknown }>
}
type AnyAttemptRow = {
  readonly from: readonly string[]
  readonly passed: readonly string[]
  readonly step: AnyStep<
    AttemptContext,
    { readonly trails: ReadonlyMap<string, readonly TrailEntry[]>; readonly answer: unknown }
  >
}

/**
 * Runs one step on one subject. Throws STATE_CONFLICT when the state does not allow it, NOT_FOUND when there is no such
 * subject, and whatever `act` throws; nothing is written then but the raised epoch and what `begin` wrote.
 */
export async function runStep<N extends SubjectStepName>(
  ports: Ports,
  name: N,
  subject: { readonly tenantId: string; readonly id: string },
  input: InputOf<N>,
): Promise<Ran<N>> {
  const row = story[name] as AnyRow
  const { store } = ports

  const begun = await store.transaction(subject.tenantId, async (tx) => {
    if ((await tx.lock(row.subject, subject.id)) === undefined) throw notFound(row.subject)
    const context = await load(tx, row, subject.id, await orderIdOf(tx, row, subject.id), input)
    const state = context.signer?.state ?? context.order.state
    if (row.passed.includes(state) || row.passed.includes(`${state} ${context.order.outcome}`)) return undefined
    if (!row.from.includes(state)) throw wrongState(row.subject, name, row.from, state)
    const epoch = await tx.raiseEpoch(row.subject, subject.id)
    return { epoch, plan: await row.step.begin(tx, context) }
  })
  if (!begun) return { outcome: 'already' }
  ports.die(name, 'begin')

  const result = await row.step.act(begun.plan, ports)
  ports.die(name, 'act')

  const written = await store.transaction(subject.tenantId, async (tx) => {
    // The order's lock first, always: it orders the trail, and one sequence of locks cannot deadlock.
    const orderId = await orderIdOf(tx, row, subject.id)
    const ofOrder = await tx.lock('order', orderId)
    if (ofOrder === undefined) throw notFound('order')
    const epoch = row.subject === 'order' ? ofOrder : await tx.lock('signer', subject.id)
    if (epoch !== begun.epoch) return undefined
    const context = await load(tx, row, subject.id, orderId, input)
    const { trail, answer } = await row.step.commit(tx, context, result, begun.plan)
    await appendTrail(tx, context.order, trail)
    return { answer }
  })
  ports.die(name, 'commit')
  if (!written) return { outcome: 'superseded' }
  return { outcome: 'done', answer: written.answer as AnswerOf<N> }
}

/** How often a step is begun anew for somebody who waits for it. */
const insistently = 5

/**
 * As `runStep`, for somebody who waits for the answer: when another step on the subject came in between and this one's result was
 * dropped, it is begun anew. Throws UNAVAILABLE when that happens again and again.
 */
export async function insist<N extends SubjectStepName>(
  ...given: readonly [
    ports: Ports,
    name: N,
    subject: { readonly tenantId: string; readonly id: string },
    input: InputOf<N>,
  ]
): Promise<Ran<N>> {
  for (let attempt = 1; attempt <= insistently; attempt += 1) {
    const ran = await runStep(...given)
    if (ran.outcome !== 'superseded') return ran
  }
  throw new SeglError('UNAVAILABLE', 'Others are changing this right now. Try again in a moment.', { retryAfter: 1 })
}

/**
 * Runs one step of an attempt over its signers at once, in two transactions for all of them. Who is in no state to take part
 * is left out, and so is, at the commit, whom somebody else went on with meanwhile. Throws as `runStep` does, when that
 * leaves nobody.
 */
export async function runAttempt<N extends AttemptStepName>(
  ports: Ports,
  name: N,
  { tenantId, ids }: { readonly tenantId: string; readonly ids: readonly string[] },
  input: InputOf<N>,
): Promise<Ran<N>> {
  const row = story[name] as AnyAttemptRow
  const { store } = ports

  const begun = await store.transaction(tenantId, async (tx) => {
    const found = await lockMembers(tx, ids)
    if (found.members.length === 0) throw notFound('signer')
    const members = onePerOrder(found.members.filter(({ signer }) => row.from.includes(signer.state)))
    if (members.length === 0) {
      const other = found.members.find(({ signer }) => !row.passed.includes(signer.state))
      if (other) throw wrongState('signer', name, row.from, other.signer.state)
      return undefined
    }
    const epochs = await tx.raiseEpochs('signer', idsOf(members))
    return { epochs, plan: await row.step.begin(tx, { members, input }) }
  })
  if (!begun) return { outcome: 'already' }
  ports.die(name, 'begin')

  const result = await row.step.act(begun.plan, ports)
  ports.die(name, 'act')

  const written = await store.transaction(tenantId, async (tx) => {
    const { members: all, epochs } = await lockMembers(tx, [...begun.epochs.keys()])
    const members = all.filter(({ signer }) => epochs.get(signer.id) === begun.epochs.get(signer.id))
    if (members.length === 0) return undefined
    const { trails, answer } = await row.step.commit(tx, { members, input }, result, begun.plan)
    for (const { order } of members) await appendTrail(tx, order, trails.get(order.id) ?? [])
    return { answer }
  })
  ports.die(name, 'commit')
  if (!written) return { outcome: 'superseded' }
  return { outcome: 'done', answer: written.answer as AnswerOf<N> }
}

/** Orders first, then signers, each in id order: the same sequence of locks as a step of one signer has. */
async function lockMembers(
  tx: Tx,
  ids: readonly string[],
): Promise<{ readonly members: readonly Member[]; readonly epochs: ReadonlyMap<string, number> }> {
  const orderIds = await tx.orderIdsOf(ids)
  await tx.lockAll('order', [...new Set(orderIds.values())])
  const epochs = await tx.lockAll('signer', [...orderIds.keys()])
  return { members: await tx.membersOf([...orderIds.keys()]), epochs }
}

/** Two signatures on one document cannot be approved at once: the second is over the first. The other one waits. */
const onePerOrder = (members: readonly Member[]): readonly Member[] =>
  members.filter(({ order }, index) => members.findIndex((other) => other.order.id === order.id) === index)

async function orderIdOf(tx: Tx, row: AnyRow, id: string): Promise<string> {
  const orderId = row.subject === 'order' ? id : (await tx.orderIdsOf([id])).get(id)
  if (orderId === undefined) throw notFound(row.subject)
  return orderId
}

async function load(tx: Tx, row: AnyRow, id: string, orderId: string, input: unknown): Promise<Context> {
  const order = await tx.order(orderId)
  if (!order) throw notFound(row.subject)
  if (row.subject === 'order') return { order, input }
  const signer = order.signers.find((candidate) => candidate.id === id)
  if (!signer) throw notFound(row.subject)
  return { order, signer, input }
}

const idsOf = (members: readonly Member[]): readonly string[] => members.map(({ signer }) => signer.id)

const wrongState = (subject: string, name: string, from: readonly string[], state: string): SeglError =>
  new SeglError('STATE_CONFLICT', `The ${subject} is ${state}; ${name} needs ${from.join(' or ')}.`, {
    extra: { state },
  })

const notFound = (subject: string): SeglError => new SeglError('NOT_FOUND', `There is no such ${subject}.`)

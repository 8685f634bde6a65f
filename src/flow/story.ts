// The grammar of the story: what one step is made of.
import type { Member, Order, Signer } from './model.ts'
import type { Ports } from './ports/index.ts'
import type { Tx } from './ports/store.ts'
import type { TrailEntry } from './trail.ts'

/** What a step sees: the order as it stands in this transaction and, for a signer's step, the signer. */
export type OrderContext<Input> = { readonly order: Order; readonly input: Input }
export type SignerContext<Input> = OrderContext<Input> & { readonly signer: Signer }

/** What a step leaves for the wrapper to write beside its own changes. */
export type Written<Answer> = { readonly trail: readonly TrailEntry[]; readonly answer: Answer }

/** What an attempt's step sees: its signers, who are one person, each with his order; never two of one order. */
export type AttemptContext<Input> = { readonly members: readonly Member[]; readonly input: Input }

/** The entries of each order, by its id. */
export type WrittenEach<Answer> = {
  readonly trails: ReadonlyMap<string, readonly TrailEntry[]>
  readonly answer: Answer
}

type Parts<Context, Plan, Result, Answer, Leaves = Written<Answer>> = {
  /** Short transaction with the subject's row locked: check, and read all that `act` needs. */
  readonly begin: (tx: Tx, context: Context) => Promise<Plan>
  /** No transaction: PDF work, HTTP, hashing. May run twice. */
  readonly act: (plan: Plan, ports: Ports) => Promise<Result>
  /** Short transaction, only if nobody else began a step on the subject since `begin`. */
  readonly commit: (tx: Tx, context: Context, result: Result, plan: Plan) => Promise<Leaves>
}

export type OrderStep<Input, Plan, Result, Answer> = Parts<OrderContext<Input>, Plan, Result, Answer>
export type SignerStep<Input, Plan, Result, Answer> = Parts<SignerContext<Input>, Plan, Result, Answer>
/** In `commit` only those members are left whom nobody has begun another step on since `begin`. */
export type AttemptStep<Input, Plan, Result, Answer> = Parts<
  AttemptContext<Input>,
  Plan,
  Result,
  Answer,
  WrittenEach<Answer>
>

/** For steps that have nothing to do outside the database. */
export const nothing = async (): Promise<void> => {}

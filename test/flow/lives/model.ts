// The life of an order as a page of rules: what the real flow, with its database, crashes and races, has to agree with.

/** Milliseconds are counted from when the order was made. */
export type Plan = {
  /** Group of each signer, numbered from 1 without gaps. */
  readonly groups: readonly number[]
  /** How many of a group have to sign; of a group that is not here all do. */
  readonly required: ReadonlyMap<number, number>
  readonly draft: boolean
  readonly activateAt: number | null
  readonly deadline: number | null
  readonly reminders: { readonly afterDays: number; readonly everyDays: number; readonly maximum: number } | null
}

export type Act =
  | { readonly type: 'sign' | 'decline' | 'replace' | 'delegate' | 'leave'; readonly who: number }
  | { readonly type: 'cancel' | 'activate' }
  | { readonly type: 'wait'; readonly hours: number }

type Waits = 'waiting' | 'ready'
type Gone = 'signed' | 'declined' | 'replaced' | 'expired' | 'notApplicable'
export type ModelSigner = { readonly group: number; readonly state: Waits | Gone }
export type Model = {
  readonly state: 'draft' | 'scheduled' | 'open' | 'completed' | 'declined' | 'cancelled' | 'expired'
  readonly signers: readonly ModelSigner[]
}

const spare = 2

export const isLeft = ({ state }: ModelSigner): boolean => state === 'waiting' || state === 'ready'

export const born = ({ groups, draft, activateAt }: Plan): Model => ({
  state: draft ? 'draft' : activateAt === null ? 'open' : 'scheduled',
  signers: groups.map((group) => ({ group, state: 'waiting' })),
})

/** Whether the act is allowed now; if not, it is refused and changes nothing. */
export function allows(plan: Plan, model: Model, act: Act, now: number): boolean {
  const living = ['draft', 'scheduled', 'open'].includes(model.state)
  switch (act.type) {
    case 'wait':
      return true
    case 'cancel':
      return living
    case 'activate':
      return model.state === 'draft' && !isLate(plan, now)
    case 'sign':
    case 'leave':
    case 'decline':
      return model.signers[act.who]?.state === 'ready'
    case 'replace':
    case 'delegate': {
      const signer = model.signers[act.who]
      const slots = plan.groups.length + spare
      return signer !== undefined && isLeft(signer) && living && model.state !== 'draft' && model.signers.length < slots
    }
  }
}

/** The order after the act, at `now`. */
export function after(plan: Plan, model: Model, act: Act, now: number): Model {
  return pass(plan, allows(plan, model, act, now) ? applied(plan, model, act, now) : model, now)
}

function applied(plan: Plan, model: Model, act: Act, now: number): Model {
  switch (act.type) {
    case 'wait':
    case 'leave':
      return model
    case 'cancel':
      return ended(model, 'cancelled', 'notApplicable')
    case 'activate':
      return { ...model, state: plan.activateAt !== null && plan.activateAt > now ? 'scheduled' : 'open' }
    case 'sign':
      return signed(plan, model, act.who)
    case 'decline': {
      const left = withState(model, act.who, 'declined')
      const group = groupOf(left, model.signers[act.who]?.group ?? 0)
      const possible = group.filter((signer) => signer.state === 'signed' || isLeft(signer)).length
      return possible >= needed(plan, left, group[0]?.group ?? 0) ? left : ended(left, 'declined', 'notApplicable')
    }
    case 'replace':
    case 'delegate': {
      const old = model.signers[act.who]
      if (!old) return model
      const left = withState(model, act.who, 'replaced')
      return { ...left, signers: [...left.signers, old] }
    }
  }
}

/** What time and order do by themselves: activation, the turn of the next group, the end, the deadline. */
function pass(plan: Plan, model: Model, now: number): Model {
  let next = model
  if (next.state === 'scheduled' && plan.activateAt !== null && plan.activateAt <= now)
    next = { ...next, state: 'open' }
  if (next.state === 'open' && next.signers.every((signer) => !isLeft(signer))) next = { ...next, state: 'completed' }
  if (next.state === 'open') {
    const group = Math.min(...next.signers.filter(isLeft).map((signer) => signer.group))
    const turn = (signer: ModelSigner) => signer.group === group && signer.state === 'waiting'
    next = { ...next, signers: next.signers.map((one) => (turn(one) ? { ...one, state: 'ready' } : one)) }
  }
  return isLate(plan, now) && (next.state === 'open' || next.state === 'scheduled')
    ? ended(next, 'expired', 'expired')
    : next
}

export const isLate = ({ deadline }: Plan, now: number): boolean => deadline !== null && deadline <= now

function signed(plan: Plan, model: Model, who: number): Model {
  const left = withState(model, who, 'signed')
  const { group } = left.signers[who] ?? { group: 0 }
  const enough = groupOf(left, group).filter(({ state }) => state === 'signed').length >= needed(plan, left, group)
  if (!enough) return left
  const needless = (signer: ModelSigner) => signer.group === group && isLeft(signer)
  return { ...left, signers: left.signers.map((one) => (needless(one) ? { ...one, state: 'notApplicable' } : one)) }
}

const needed = ({ required }: Plan, model: Model, group: number): number =>
  required.get(group) ?? groupOf(model, group).length

const groupOf = ({ signers }: Model, group: number): readonly ModelSigner[] =>
  signers.filter((signer) => signer.group === group && signer.state !== 'replaced')

const withState = (model: Model, who: number, state: Gone): Model => ({
  ...model,
  signers: model.signers.map((signer, index) => (index === who ? { ...signer, state } : signer)),
})

const ended = (model: Model, state: Model['state'], gone: Gone): Model => ({
  state,
  signers: model.signers.map((signer) => (isLeft(signer) ? { ...signer, state: gone } : signer)),
})

// Tells the sender by mail that his order has come to its end or stands still, where he asked for that. The feed and webhooks say it
// to his system; this is for the people.
import { type Order, type ToldState, toldStates } from './model.ts'
import type { SenderMessage } from './ports/notify.ts'
import type { Tx } from './ports/store.ts'
import type { OrderStep } from './story.ts'

/** Undefined: there is nothing to tell (any more). */
type Plan = { readonly message: SenderMessage; readonly since: Date } | undefined
/** Whether the message is on its way; undefined: none was to be sent. */
type Result = boolean | undefined

/** After this long a message that could not be sent is tried again. */
const againMs = 15 * 60_000
/** As long as webhooks are tried. */
const longestMs = 5 * 24 * 3600_000

/** Makes the mail due that says the order has reached `state`; where its sender does not want to know, nothing. */
export async function scheduleTelling(tx: Tx, { id, notify }: Pick<Order, 'id' | 'notify'>, state: ToldState) {
  if (notify?.states.includes(state)) await tx.schedule({ orderId: id, subjectId: id, step: 'tellSender' })
}

export const tellSender: OrderStep<undefined, Plan, Result, undefined> = {
  async begin(tx, { order }) {
    const state = toldStates.find((one) => one === order.state)
    if (!order.notify || state === undefined || !order.notify.states.includes(state)) return undefined
    const trail = await tx.trail(order.id)
    // Only failing may happen more than once: which time it is, so that the same message again is the same message.
    const failures = trail.filter(({ type }) => type === 'order.failed')
    const number = state === 'failed' ? failures.length : 1
    const isTold = trail.some(
      ({ type, data }) => type === 'order.senderTold' && data['state'] === state && data['number'] === number,
    )
    if (isTold) return undefined
    const since = (state === 'failed' ? failures.at(-1)?.time : order.completedAt) ?? tx.now
    return { since, message: messageOf(order, order.notify, state, number) }
  },

  async act(plan, { notify }) {
    if (!plan || !notify) return undefined
    return notify.send(plan.message).then(
      () => true,
      () => false,
    )
  },

  async commit(tx, { order }, isSent, plan) {
    const again = new Date(tx.now.getTime() + againMs)
    if (plan && isSent === false && again.getTime() - plan.since.getTime() < longestMs) {
      await tx.schedule({ orderId: order.id, subjectId: order.id, step: 'tellSender', at: again })
      return { trail: [], answer: undefined }
    }
    await tx.finishTask('tellSender', order.id)
    if (!plan || isSent === undefined) return { trail: [], answer: undefined }
    const { state, number, language } = plan.message
    const type = isSent ? 'order.senderTold' : 'order.senderNotTold'
    return { trail: [{ type, actor: 'system', data: { state, number, language } }], answer: undefined }
  },
}

const messageOf = (
  order: Order,
  { email, language }: NonNullable<Order['notify']>,
  state: ToldState,
  number: number,
): SenderMessage => {
  const asked = order.signers.filter((signer) => signer.state !== 'replaced')
  return {
    kind: 'ended',
    tenantId: order.tenantId,
    orderId: order.id,
    language,
    to: { email },
    documentKind: order.kind,
    organisation: order.organisation,
    state,
    number,
    signed: asked.filter((signer) => signer.state === 'signed').length,
    asked: asked.length,
  }
}

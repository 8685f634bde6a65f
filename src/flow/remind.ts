// Tells signers by mail that it is their turn, at once; and reminds those who have not signed, by day only, as often as the order says.
import type { Order, Signer } from './model.ts'
import { byDay, daysLater } from './oslo-time.ts'
import type { Message } from './ports/notify.ts'
import type { Tx } from './ports/store.ts'
import type { OrderStep } from './story.ts'
import type { TrailEntry } from './trail.ts'

/** `number`: how many reminders, this one included, are due for the signer by now; 0: he is to be told of his turn. */
type Due = { readonly signer: Signer; readonly number: number }
type Plan = { readonly order: Order; readonly due: readonly Due[] }
/** Ids of signers whose message is on its way; of the others it is tried again. */
type Result = readonly Due[]

/** After this long a message that could not be sent is tried again. */
const againMs = 15 * 60_000

export const remind: OrderStep<undefined, Plan, Result, undefined> = {
  async begin(tx, { order }) {
    // A worker that was away for the day does not wake anybody.
    const night = byDay(tx.now) > tx.now
    const due = order.signers.flatMap((signer) => {
      if (isUntold(signer)) return [{ signer, number: 0 }]
      return night ? [] : dueFor(order, signer, tx.now)
    })
    return { order, due }
  },

  async act({ order, due }, { notify, vault }) {
    if (!notify) return due
    const sent: Due[] = []
    for (const one of due) {
      const { signer, number } = one
      const message = messageTo(order, signer, vault.linkToken(signer.id, signer.linkVersion), number)
      const ok =
        message === undefined ||
        (await notify.send(message).then(
          () => true,
          () => false,
        ))
      if (ok) sent.push(one)
    }
    return sent
  },

  async commit(tx, { order }, sent, { due }) {
    const trail: TrailEntry[] = []
    const signers = new Map(order.signers.map((signer) => [signer.id, signer]))
    for (const {
      signer: { id: signerId },
      number,
    } of sent) {
      const signer = signers.get(signerId)
      // Whoever has signed meanwhile was reminded for nothing; that is not worth a line.
      if (!signer || !isAwaited(signer)) continue
      if (number === 0) {
        await tx.updateSigner(signerId, { toldAt: tx.now })
        signers.set(signerId, { ...signer, toldAt: tx.now })
        trail.push({ type: 'signer.told', actor: 'system', signerId, data: { language: signer.language } })
        continue
      }
      await tx.updateSigner(signerId, { remindersSent: number })
      signers.set(signerId, { ...signer, remindersSent: number })
      await tx.emit({ orderId: order.id, signerId, type: 'signer.reminded', state: signer.state, part: String(number) })
      trail.push({
        type: 'signer.reminded',
        actor: 'system',
        signerId,
        data: { number, language: signer.language },
      })
    }
    const failed = sent.length < due.length ? new Date(tx.now.getTime() + againMs) : undefined
    await scheduleReminder(tx, { ...order, signers: [...signers.values()] }, failed)
    return { trail, answer: undefined }
  },
}

/** Makes the order's next reminder due, not before `earliest`; or none when there is none to come. */
export async function scheduleReminder(tx: Tx, order: Order, earliest?: Date): Promise<void> {
  const times = order.signers.flatMap((signer) => {
    if (isUntold(signer)) return [tx.now.getTime()]
    const at = reminderAt(order, signer, signer.remindersSent + 1)
    // One that is overdue by night waits for the day.
    return at && isAwaited(signer) ? [byDay(new Date(Math.max(at.getTime(), tx.now.getTime()))).getTime()] : []
  })
  const next = Math.max(Math.min(...times), earliest?.getTime() ?? 0)
  // A reminder at or after the deadline comes too late.
  if (times.length === 0 || (order.deadline && next >= order.deadline.getTime())) {
    await tx.finishTask('remind', order.id)
    return
  }
  await tx.schedule({ orderId: order.id, subjectId: order.id, step: 'remind', at: new Date(next) })
}

/** When the signer's nth reminder (from 1) is due: by day in Oslo, counted from when his turn came. */
export function reminderAt(
  { reminders }: Pick<Order, 'reminders'>,
  { invitedAt }: Pick<Signer, 'invitedAt'>,
  n: number,
) {
  if (!reminders || !invitedAt || n > reminders.maximum) return undefined
  return byDay(daysLater(invitedAt, reminders.afterDays + (n - 1) * reminders.everyDays))
}

/** The reminder that is due for the signer; those that nobody could send in time are not made up for. */
function dueFor(order: Order, signer: Signer, now: Date): readonly Due[] {
  if (!isAwaited(signer)) return []
  let number = signer.remindersSent
  for (let at = reminderAt(order, signer, number + 1); at && at <= now; at = reminderAt(order, signer, number + 1)) {
    number += 1
  }
  return number > signer.remindersSent ? [{ signer, number }] : []
}

/** It is his turn, and nobody but himself can go on. */
const isAwaited = ({ state }: Signer): boolean => state === 'ready' || state === 'atBankid' || state === 'identified'

/** It is his turn, we have his address, and no mail has told him yet. */
const isUntold = (signer: Signer): boolean => isAwaited(signer) && signer.email !== null && signer.toldAt === null

function messageTo(order: Order, signer: Signer, linkToken: string, number: number): Message | undefined {
  if (signer.email === null) return undefined
  return {
    kind: number === 0 ? 'invited' : 'reminded',
    tenantId: order.tenantId,
    orderId: order.id,
    signerId: signer.id,
    language: signer.language,
    to: { name: signer.name, email: signer.email },
    linkToken,
    documentKind: order.kind,
    organisation: order.organisation,
    deadline: order.deadline,
    number,
  }
}

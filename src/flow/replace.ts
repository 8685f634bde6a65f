// Somebody else signs in a signer's place: in his role and his group, on a slot of his own. The sender says so, or the signer himself.
import type { RegisteredCompany } from '../accounting/company.ts'
import type { Override } from '../accounting/judge.ts'
import { type FieldError, SeglError } from '../errors.ts'
import { accountingOnRecord, registeredCompany } from './accounting-rules.ts'
import { newSigner } from './create-order.ts'
import { newId } from './id.ts'
import { judgeReplacement } from './judge-replacement.ts'
import type { Language, Order, Signer } from './model.ts'
import { type OrderedSigner, refuseAny } from './order-request.ts'
import type { NewSigner } from './ports/writing.ts'
import { scheduleReminder } from './remind.ts'
import type { SignerStep } from './story.ts'
import type { TrailEntry } from './trail.ts'
import { endSigner, inviteSigners, refuseWhileSigning } from './turn.ts'

export type Replacement = Pick<
  OrderedSigner,
  'name' | 'person' | 'anyone' | 'onBehalfOf' | 'email' | 'mayDelegate' | 'mandate'
> & {
  readonly language?: Language
  /** Accounting rules that the sender goes on in spite of, beside those of the order. */
  readonly overrides?: readonly Override[]
}

/** `signer`: he delegates, which the sender must have allowed. */
type Input = { readonly by: 'tenant' | 'signer'; readonly replacement: Replacement }
type Plan = Input & { readonly order: Order; readonly signer: Signer; readonly id: string }
type Result = { readonly successor: NewSigner; readonly company: RegisteredCompany | undefined }

/** The answer is the id of the new signer. */
export const replace: SignerStep<Input, Plan, Result, { readonly signerId: string }> = {
  async begin(tx, { order, signer, input }) {
    if (order.state === 'draft') {
      throw new SeglError('STATE_CONFLICT', 'The order is a draft: change its signers instead.', {
        extra: { state: order.state },
      })
    }
    if (input.by === 'signer' && !signer.mayDelegate) {
      throw new SeglError('DELEGATION_NOT_ALLOWED', 'The sender has not allowed this signer to name somebody else.')
    }
    freeSlot(order)
    await refuseWhileSigning(tx, signer)
    return { ...input, order, signer, id: newId(tx.now) }
  },

  // Beside the database because the vault and the company register are: place and slot are given in the commit.
  act: async ({ order, signer, id, replacement }, { vault, companyRegister }) => ({
    successor: newSigner(vault, order.tenantId, successor(signer, replacement), {
      id,
      position: 0,
      slot: 0,
      replacesId: signer.id,
    }),
    company: await registeredCompany(companyRegister, order.documents),
  }),

  async commit(tx, { order, signer, input }, { successor, company }) {
    const added = { ...successor, position: order.signers.length, slot: freeSlot(order) }
    const { accounting, news } = judgeReplacement(order, signer, added, { ...input.replacement, now: tx.now, company })
    refuseNews(news.errors, input.by)
    const wasHisTurn = signer.state !== 'waiting'
    await endSigner(tx, signer, 'replaced', 'replaced')
    await tx.insertSigner(order.id, added)
    await tx.updateOrder(order.id, { accounting })
    await tx.emit({ orderId: order.id, signerId: signer.id, type: 'signer.replaced', state: 'replaced' })
    const rules = accountingOnRecord(news)
    const trail: TrailEntry[] = [
      {
        type: input.by === 'signer' ? 'signer.delegated' : 'signer.replaced',
        actor: input.by,
        signerId: signer.id,
        data: {
          successor: added.id,
          role: added.role,
          group: added.group,
          level: added.level,
          slot: added.slot,
          ...rules.data,
        },
        personal: { name: added.name, birthDate: added.birthDate, onBehalfOf: added.onBehalfOf, ...rules.personal },
      },
    ]
    const now = await tx.order(order.id)
    const invited = now?.signers.find(({ id }) => id === added.id)
    if (now && invited && wasHisTurn) trail.push(...(await inviteSigners(tx, now, [invited])))
    else if (now) await scheduleReminder(tx, now)
    return { trail, answer: { signerId: added.id } }
  },
}

/** The sender is told each rule and its place in his request; a signer who delegates, that it cannot be this person. */
function refuseNews(errors: readonly FieldError[], by: Input['by']): void {
  if (by === 'tenant') refuseAny(errors)
  const [first] = errors
  if (!first) return
  throw new SeglError('SUCCESSOR_NOT_ALLOWED', `This person cannot sign in this one's place: ${first.detail}`, {
    errors,
  })
}

/** The next slot that nobody has had. Throws NO_SLOT_LEFT: a new field would change what the others have signed. */
function freeSlot({ signers, slots }: Order): number {
  const slot = Math.max(...signers.map((signer) => signer.slot)) + 1
  if (slot <= slots) return slot
  throw new SeglError(
    'NO_SLOT_LEFT',
    `All ${slots} signature fields of the documents have been given to somebody. Cancel the order and open a new one.`,
  )
}

/** Role, group and what the log-in must prove stay as the sender wanted them. */
const successor = (signer: Signer, { onBehalfOf, mandate: _, overrides: __, ...who }: Replacement): OrderedSigner => {
  const principal = onBehalfOf ?? signer.onBehalfOf
  return {
    language: signer.language,
    ...who,
    role: signer.role,
    group: signer.group,
    level: signer.level,
    methods: signer.methods,
    ...(principal !== null && { onBehalfOf: principal }),
  }
}

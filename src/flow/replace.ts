// Somebody else signs in a signer's place: in his role and his group, on a slot of his own. The sender says so, or the signer himself.
import { SeglError } from '../errors.ts'
import { newSigner } from './create-order.ts'
import { newId } from './id.ts'
import type { Language, Order, Signer } from './model.ts'
import type { OrderedSigner } from './order-request.ts'
import type { NewSigner } from './ports/store.ts'
import { scheduleReminder } from './remind.ts'
import type { SignerStep } from './story.ts'
import type { TrailEntry } from './trail.ts'
import { endSigner, inviteSigners, refuseWhileSigning } from './turn.ts'

export type Replacement = Pick<OrderedSigner, 'name' | 'person' | 'onBehalfOf' | 'email' | 'mayDelegate'> & {
  readonly language?: Language
}

/** `signer`: he delegates, which the sender must have allowed. */
type Input = { readonly by: 'tenant' | 'signer'; readonly replacement: Replacement }
type Plan = Input & { readonly tenantId: string; readonly signer: Signer; readonly id: string }

/** The answer is the id of the new signer. */
export const replace: SignerStep<Input, Plan, NewSigner, { readonly signerId: string }> = {
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
    return { ...input, tenantId: order.tenantId, signer, id: newId(tx.now) }
  },

  // Beside the database only because the vault is: place and slot are given in the commit.
  act: async ({ tenantId, signer, id, replacement }, { vault }) =>
    newSigner(vault, tenantId, successor(signer, replacement), {
      id,
      position: 0,
      slot: 0,
      replacesId: signer.id,
    }),

  async commit(tx, { order, signer, input }, successor) {
    const added = { ...successor, position: order.signers.length, slot: freeSlot(order) }
    const wasHisTurn = signer.state !== 'waiting'
    await endSigner(tx, signer, 'replaced', 'replaced')
    await tx.insertSigner(order.id, added)
    await tx.emit({ orderId: order.id, signerId: signer.id, type: 'signer.replaced', state: 'replaced' })
    const trail: TrailEntry[] = [
      {
        type: input.by === 'signer' ? 'signer.delegated' : 'signer.replaced',
        actor: input.by,
        signerId: signer.id,
        data: { successor: added.id, role: added.role, group: added.group, level: added.level, slot: added.slot },
        personal: { name: added.name, birthDate: added.birthDate, onBehalfOf: added.onBehalfOf },
      },
    ]
    const now = await tx.order(order.id)
    const invited = now?.signers.find(({ id }) => id === added.id)
    if (now && invited && wasHisTurn) trail.push(...(await inviteSigners(tx, now, [invited])))
    else if (now) await scheduleReminder(tx, now)
    return { trail, answer: { signerId: added.id } }
  },
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
const successor = (signer: Signer, { onBehalfOf, ...who }: Replacement): OrderedSigner => {
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

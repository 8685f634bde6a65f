// Writing an order as it comes or, while it is a draft, as it is changed.
import { SeglError } from '../../errors.ts'
import type { Tx } from '../../flow/ports/store.ts'
import type { Vault } from '../../flow/ports/vault.ts'
import type { NewOrder, NewSigner } from '../../flow/ports/writing.ts'
import type { Db } from './client.ts'
import { Prisma } from './generated/client.ts'
import type { TxInput } from './tx-input.ts'

type Writing = Pick<Tx, 'insertOrder' | 'draft' | 'changeDraft' | 'finishDraft' | 'insertSigner'>

export const orderWriting = ({ db, tenantId, now, vault }: TxInput): Writing => ({
  async insertOrder(order) {
    await db.signingOrder.create({ data: { ...orderColumns(vault, order), createdAt: now } })
    await insertSigners(db, tenantId, order)
    await takeDocuments(db, tenantId, order)
  },

  async draft(id) {
    const row = await db.signingOrder.findFirst({ where: { id, tenantId }, select: { draftEncrypted: true } })
    return row?.draftEncrypted ? vault.decrypt(row.draftEncrypted, draftContext(id)) : undefined
  },

  async changeDraft(order, sameSigners) {
    const { id } = order
    await db.signingOrder.updateMany({ where: { id, tenantId }, data: orderColumns(vault, order) })
    if (!sameSigners) {
      await db.signer.deleteMany({ where: { orderId: id, tenantId } })
      await insertSigners(db, tenantId, order)
    }
    await db.document.updateMany({
      where: { orderId: id, tenantId },
      data: { orderId: null, role: 'sign', position: 0 },
    })
    await takeDocuments(db, tenantId, order)
  },

  async finishDraft(id) {
    await db.signingOrder.updateMany({ where: { id, tenantId }, data: { draftEncrypted: null } })
  },

  async insertSigner(orderId, signer) {
    await db.signer.create({ data: signerColumns(tenantId, orderId, signer) })
  },
})

/** Context under which the vault seals the request of a draft. */
const draftContext = (orderId: string): string => `draft:${orderId}`

function orderColumns(vault: Vault, order: NewOrder) {
  const {
    documents: _documents,
    signers: _signers,
    organisation,
    groups,
    reminders,
    notify,
    accounting,
    draft,
    ...plain
  } = order
  return {
    ...plain,
    groups: groups.map((rule) => ({ ...rule })),
    reminders: reminders === null ? Prisma.DbNull : { ...reminders },
    notify: notify === null ? Prisma.DbNull : { ...notify, states: [...notify.states] },
    accounting: json(accounting),
    draftEncrypted: draft === null ? null : Uint8Array.from(vault.encrypt(draft, draftContext(order.id))),
    organisationNumber: organisation?.number ?? null,
    organisationName: organisation?.name ?? null,
  }
}

async function takeDocuments(db: Db, tenantId: string, order: NewOrder): Promise<void> {
  for (const [position, { id, role }] of order.documents.entries()) {
    const { count } = await db.document.updateMany({
      where: { id, tenantId, orderId: null },
      data: { orderId: order.id, role, position },
    })
    if (count !== 1) throw new SeglError('DOCUMENT_IN_USE', 'A document of this order belongs to another one already.')
  }
}

const insertSigners = (db: Db, tenantId: string, { id, signers }: NewOrder) =>
  db.signer.createMany({ data: signers.map((signer) => signerColumns(tenantId, id, signer)) })

function signerColumns(tenantId: string, orderId: string, signer: NewSigner) {
  const { group, birthDate, personEncrypted, methods, placements = [], ...plain } = signer
  return {
    ...plain,
    tenantId,
    orderId,
    groupNumber: group,
    placements: placements.map((place) => ({ ...place })),
    state: 'waiting',
    methods: [...methods],
    birthDate: birthDate === null ? null : new Date(`${birthDate}T00:00:00Z`),
    personEncrypted: personEncrypted === null ? null : Uint8Array.from(personEncrypted),
  }
}

/** A value that JSON.stringify writes without loss. */
const json = (value: object): Prisma.InputJsonObject => JSON.parse(JSON.stringify(value))

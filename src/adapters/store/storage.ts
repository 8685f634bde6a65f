// The end of storage on Prisma: what is held, when it is over, and the rows that lose what is personal.
import { newId } from '../../flow/id.ts'
import { finalOrderStates } from '../../flow/order.ts'
import type { Storage, StorageTx, StoredOrder, Storing } from '../../flow/ports/storage.ts'
import type { Tx } from '../../flow/ports/store.ts'
import { blobUse } from './blob-use.ts'
import { type Db, inTransaction } from './client.ts'
import { Prisma } from './generated/client.ts'
import { type StoreOptions, transact } from './transact.ts'

/** A failed order may still come to its end, and has no last day before. */
const closed = { state: { in: [...finalOrderStates] } }

export function createStoring(options: StoreOptions): Storing {
  const { client } = options
  const some = (where: Prisma.SigningOrderWhereInput, limit: number): Promise<readonly StoredOrder[]> =>
    inTransaction(client, 'system', (db) =>
      db.signingOrder.findMany({
        where,
        take: limit,
        select: { id: true, tenantId: true },
        orderBy: { keptUntil: 'asc' },
      }),
    )
  const untouched = { deletionBegunAt: null, deletedAt: null }
  return {
    transaction: (tenantId, work) =>
      transact(options, tenantId, (tx, db) => work({ ...tx, ...ending(db, tenantId, tx) })),
    read: (tenantId, id) => inTransaction(client, { tenantId }, (db) => storageOf(db, tenantId, id)),
    undated: (limit) =>
      some({ ...untouched, keptUntil: null, ...closed, signers: { some: { state: 'signed' } } }, limit),
    over: (today, limit) => some({ ...untouched, keptUntil: { lt: dayOf(today) }, ...closed, holdSince: null }, limit),
    unordered: (before, limit) =>
      inTransaction(client, 'system', (db) =>
        db.document.findMany({
          where: { orderId: null, createdAt: { lt: before } },
          take: limit,
          select: { id: true, tenantId: true },
          orderBy: { createdAt: 'asc' },
        }),
      ),
    halfDeleted: (limit) => some({ deletionBegunAt: { not: null }, deletedAt: null }, limit),
  }
}

function ending(db: Db, tenantId: string, { now }: Tx): Omit<StorageTx, keyof Tx> {
  const update = async (id: string, data: Prisma.SigningOrderUpdateManyMutationInput): Promise<void> => {
    await db.signingOrder.updateMany({ where: { id, tenantId }, data })
  }
  return {
    ...blobUse(db),
    storage: (orderId) => storageOf(db, tenantId, orderId),
    setKeptUntil: (orderId, date) => update(orderId, { keptUntil: date === null ? null : dayOf(date) }),
    setHold: (orderId, reason) => update(orderId, { holdReason: reason, holdSince: reason === null ? null : now }),
    beginDeletion: (orderId) => update(orderId, { deletionBegunAt: now }),
    async blobsOf(orderId) {
      const rows = await db.revision.findMany({
        where: { tenantId, document: { orderId } },
        select: { blobSha256: true },
        distinct: ['blobSha256'],
      })
      return rows.map(({ blobSha256 }) => blobSha256)
    },
    async forgetDocument(id) {
      // As an order locks it that takes it: one of the two comes first.
      const [free] = await db.$queryRaw<{ id: string }[]>`select id from document
        where id = ${id}::uuid and tenant_id = ${tenantId}::uuid and order_id is null for update`
      if (!free) return undefined
      const of = { documentId: id, tenantId }
      const revisions = await db.revision.findMany({ where: of, select: { blobSha256: true } })
      await db.revision.deleteMany({ where: of })
      await db.document.deleteMany({ where: { id, tenantId } })
      await forgetAnswers(db, tenantId, id)
      const type = 'document.deleted'
      const told = { id: newId(now), tenantId, documentId: id, type, state: 'deleted', dedupeKey: `${id}::${type}` }
      await db.event.create({ data: { ...told, createdAt: now } })
      return [...new Set(revisions.map(({ blobSha256 }) => blobSha256))]
    },
    async blobInUseBeside(sha256, orderId) {
      const [row] = await db.$queryRaw<
        { used: boolean }[]
      >`select blob_in_use_beside(${sha256}, ${orderId}::uuid) as used`
      return row?.used ?? true
    },
    async eraseOrder(orderId) {
      const of = { tenantId, orderId }
      await db.revision.deleteMany({ where: { tenantId, document: { orderId } } })
      await db.signature.deleteMany({ where: of })
      await db.lease.deleteMany({ where: { tenantId, document: { orderId } } })
      await db.validationData.deleteMany({ where: of })
      await db.task.deleteMany({ where: of })
      await db.document.updateMany({
        where: of,
        data: { title: '', fileName: '', metadata: {}, preflight: {}, appendState: Prisma.DbNull },
      })
      await db.signer.updateMany({ where: of, data: { ...numberless, ...nameless } })
      await forgetAttempts(db, { tenantId, members: { some: { orderId } } })
      await forgetAnswers(db, tenantId, orderId)
      await db.auditEvent.updateMany({ where: { ...of, salt: { not: null } }, data: uncommitted })
      await update(orderId, {
        ...{ title: '', reference: null, organisationNumber: null, organisationName: null, returnUrl: null },
        ...{ externalMetadata: {}, draftEncrypted: null, lastError: null, notify: Prisma.DbNull },
        accounting: { warnings: [], overridden: [], mandates: [] },
        deletedAt: now,
      })
    },
    async eraseSigner(orderId, id, kept) {
      const data = kept ? numberless : { ...numberless, ...nameless }
      await db.signer.updateMany({ where: { id, orderId, tenantId }, data })
      await forgetAttempts(db, { tenantId, members: { some: { signerId: id } } })
      await forgetAnswers(db, tenantId, orderId)
      if (kept) return
      await db.auditEvent.updateMany({
        where: { tenantId, orderId, signerId: id, salt: { not: null } },
        data: uncommitted,
      })
    },
  }
}

async function storageOf(db: Db, tenantId: string, id: string): Promise<Storage | undefined> {
  const row = await db.signingOrder.findFirst({
    where: { id, tenantId },
    select: { keptUntil: true, holdReason: true, holdSince: true, deletionBegunAt: true, deletedAt: true },
  })
  if (!row) return undefined
  const { keptUntil, holdReason, holdSince, ...rest } = row
  const hold = holdReason === null || holdSince === null ? null : { reason: holdReason, since: holdSince }
  return { keptUntil: keptUntil?.toISOString().slice(0, 10) ?? null, hold, ...rest }
}

/** What serves to recognise and reach a signer, and stands in no document. */
const numberless = {
  personHmac: null,
  personEncrypted: null,
  birthDate: null,
  email: null,
  identityCheck: Prisma.DbNull,
  claimSubject: null,
  claimDecision: null,
}
const nameless = { name: '', onBehalfOf: null, signedName: null, reason: null }
/** A commitment without its salt tells nothing of what it committed to (kernel/evidence). */
const uncommitted = { personal: Prisma.DbNull, salt: null }

/** Attempts that are over lose who logged in; one that is of other orders too, and still under way, is theirs to lose. */
async function forgetAttempts(db: Db, where: Prisma.CeremonyWhereInput): Promise<void> {
  await db.ceremony.updateMany({
    where: { ...where, state: { in: ['signed', 'void'] } },
    data: {
      identityEncrypted: null,
      serviceTokenEncrypted: null,
      certificateChain: [],
      credentialId: null,
      browserHash: '',
    },
  })
}

/** Kept answers tell names; a retry after this is told that the order or document is gone. */
async function forgetAnswers(db: Db, tenantId: string, id: string): Promise<void> {
  await db.$executeRaw`delete from idempotency_key
    where tenant_id = ${tenantId}::uuid and state = 'done' and response::text like ${`%${id}%`}`
}

const dayOf = (date: string): Date => new Date(`${date}T00:00:00Z`)

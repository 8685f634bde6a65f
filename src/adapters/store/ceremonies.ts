// Attempts over many signers: who is part of one, what waits for a person, and the links over several signers.
import type { Member, Order } from '../../flow/model.ts'
import type { ReadTx, Subject, Tx } from '../../flow/ports/store.ts'
import type { Db } from './client.ts'
import { Prisma } from './generated/client.ts'
import { ceremonyFrom, orderFrom, orderInclude, signingSessionFrom } from './rows.ts'
import type { TxInput } from './tx-input.ts'

/** States in which a signer can go to BankID (flow/index.ts: beginCeremony). */
const open = ['ready', 'atBankid', 'identified']

export function readCeremonies({
  db,
  tenantId,
  now,
  vault,
}: TxInput): Pick<
  ReadTx,
  | 'orderIdsOf'
  | 'membersOf'
  | 'waitingFor'
  | 'liveCeremony'
  | 'ceremonyOfBrowser'
  | 'ceremonySigners'
  | 'busyDocuments'
  | 'signingSession'
> {
  async function members(
    rows: readonly { readonly id: string; readonly orderId: string }[],
  ): Promise<readonly Member[]> {
    const orders = await db.signingOrder.findMany({
      where: { id: { in: [...new Set(rows.map(({ orderId }) => orderId))] }, tenantId },
      include: orderInclude,
    })
    const byId = new Map<string, Order>(orders.map((row) => [row.id, orderFrom(row)]))
    return rows.flatMap(({ id, orderId }) => {
      const order = byId.get(orderId)
      const signer = order?.signers.find((candidate) => candidate.id === id)
      return order && signer ? [{ order, signer }] : []
    })
  }
  const ids = { id: true, orderId: true }
  async function orderIdsOf(signerIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await db.signer.findMany({ where: { id: { in: [...signerIds] }, tenantId }, select: ids })
    const found = new Map(rows.map(({ id, orderId }) => [id, orderId]))
    return new Map(
      signerIds.flatMap((id) => {
        const orderId = found.get(id)
        return orderId === undefined ? [] : [[id, orderId]]
      }),
    )
  }
  return {
    orderIdsOf,
    membersOf: async (signerIds) =>
      members([...(await orderIdsOf(signerIds))].map(([id, orderId]) => ({ id, orderId }))),
    waitingFor: async (personHmac, limit) =>
      members(
        await db.signer.findMany({
          where: { tenantId, personHmac, state: { in: open }, order: { state: 'open' } },
          orderBy: [{ order: { createdAt: 'asc' } }, { orderId: 'asc' }, { position: 'asc' }],
          take: limit,
          select: ids,
        }),
      ),
    async liveCeremony(signerId) {
      const row = await db.ceremonySigner.findFirst({
        where: { signerId, tenantId, leftReason: null, ceremony: { state: { not: 'void' } } },
        orderBy: { createdAt: 'desc' },
        select: { ceremony: true },
      })
      return row ? ceremonyFrom(row.ceremony, vault) : undefined
    },
    async ceremonyOfBrowser(browserHash) {
      const row = await db.ceremony.findFirst({
        where: { browserHash, tenantId, state: { not: 'void' } },
        orderBy: { createdAt: 'desc' },
      })
      return row ? ceremonyFrom(row, vault) : undefined
    },
    ceremonySigners: async (ceremonyId) =>
      (
        await db.ceremonySigner.findMany({
          where: { ceremonyId, tenantId, leftReason: null },
          orderBy: { signerId: 'asc' },
          select: { signerId: true },
        })
      ).map(({ signerId }) => signerId),
    busyDocuments: async (documentIds, ceremonyId) =>
      (
        await db.lease.findMany({
          where: {
            documentId: { in: [...documentIds] },
            tenantId,
            ceremonyId: { not: ceremonyId },
            expiresAt: { gt: now },
          },
          select: { documentId: true },
        })
      ).map(({ documentId }) => documentId),
    async signingSession(id) {
      const row = await db.signingSession.findFirst({ where: { id, tenantId } })
      return row ? signingSessionFrom(row) : undefined
    },
  }
}

export function writeCeremonies({
  db,
  tenantId,
  now,
}: TxInput): Pick<
  Tx,
  | 'joinCeremony'
  | 'leaveCeremony'
  | 'closeCeremony'
  | 'releaseLeases'
  | 'insertSigningSession'
  | 'lockAll'
  | 'raiseEpochs'
> {
  const lockCeremony = (id: string) =>
    db.$queryRaw`select id from ceremony where id = ${id}::uuid and tenant_id = ${tenantId}::uuid for no key update`
  return {
    async joinCeremony(ceremonyId, signers) {
      const wanted = signers.map(({ id }) => id)
      await db.ceremonySigner.deleteMany({ where: { ceremonyId, tenantId, signerId: { in: wanted } } })
      await db.ceremonySigner.createMany({
        data: signers.map(({ id, orderId }) => ({ ceremonyId, signerId: id, tenantId, orderId, createdAt: now })),
      })
    },
    async leaveCeremony(ceremonyId, signerId, reason) {
      await lockCeremony(ceremonyId)
      await db.ceremonySigner.updateMany({
        where: { ceremonyId, signerId, tenantId, leftReason: null },
        data: { leftReason: reason },
      })
      return db.ceremonySigner.count({ where: { ceremonyId, tenantId, leftReason: null } })
    },
    async closeCeremony(ceremonyId) {
      await lockCeremony(ceremonyId)
      const left = await db.ceremonySigner.count({
        where: { ceremonyId, tenantId, leftReason: null, signer: { state: { not: 'signed' } } },
      })
      if (left === 0) await db.ceremony.updateMany({ where: { id: ceremonyId, tenantId }, data: { state: 'signed' } })
    },
    async releaseLeases(ceremonyId, signerId) {
      await db.lease.deleteMany({
        where: {
          ceremonyId,
          tenantId,
          ...(signerId === undefined ? {} : { document: { order: { signers: { some: { id: signerId } } } } }),
        },
      })
    },
    async insertSigningSession({ signerIds, ...session }) {
      await db.signingSession.create({ data: { ...session, signerIds: [...signerIds], tenantId } })
    },
    lockAll: (subject, ids) =>
      epochs(
        db,
        Prisma.sql`select id, epoch from ${table(subject)} where id = any(${[...ids]}::uuid[]) and tenant_id = ${tenantId}::uuid
          order by id for no key update`,
      ),
    raiseEpochs: (subject, ids) =>
      epochs(
        db,
        Prisma.sql`update ${table(subject)} set epoch = epoch + 1, updated_at = ${now}
          where id = any(${[...ids]}::uuid[]) and tenant_id = ${tenantId}::uuid returning id, epoch`,
      ),
  }
}

async function epochs(db: Db, query: Prisma.Sql): Promise<ReadonlyMap<string, number>> {
  const rows = await db.$queryRaw<{ id: string; epoch: number }[]>(query)
  return new Map(rows.map(({ id, epoch }) => [id, epoch]))
}

/** Its table's name. */
export const table = (subject: Subject): Prisma.Sql =>
  subject === 'order' ? Prisma.sql`signing_order` : Prisma.sql`signer`

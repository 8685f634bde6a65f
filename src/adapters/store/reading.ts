// Reading on Prisma for those who ask from outside: no locks, always of one tenant.
import type { DocumentKind, Language } from '../../flow/model.ts'
import type { FeedEvent, Reading, StoredDocument } from '../../flow/ports/reading.ts'
import { type Client, type Db, inTransaction, perTenant } from './client.ts'
import { failingSteps } from './failing.ts'
import type { Prisma } from './generated/client.ts'
import { listOrders, listWholeOrders } from './order-list.ts'
import {
  ofTheFile,
  orderFrom,
  orderInclude,
  originalFrom,
  refuseDeleted,
  revisionFrom,
  trailEventFrom,
} from './rows.ts'

export function createReading(client: Client): Reading {
  const of = perTenant(client)
  return {
    async document(tenantId, id) {
      const row = await of(tenantId, (db) =>
        db.document.findFirst({
          where: { id, tenantId },
          omit: { appendState: true },
          include: { order: { select: { deletionBegunAt: true } } },
        }),
      )
      refuseDeleted(row?.order)
      return row ? storedDocumentFrom(row) : undefined
    },
    revisions: async (tenantId, documentId) =>
      (
        await of(tenantId, (db) =>
          db.revision.findMany({ where: { documentId, tenantId, ...ofTheFile }, orderBy: { number: 'asc' } }),
        )
      ).map(revisionFrom),
    async order(tenantId, id, also) {
      const row = await of(tenantId, (db) =>
        db.signingOrder.findFirst({ where: { id, tenantId }, include: orderInclude }),
      )
      if (also !== 'deleted') refuseDeleted(row)
      return row ? orderFrom(row) : undefined
    },
    failing: (tenantId, orderId) => of(tenantId, (db) => failingSteps(db, tenantId, orderId)),
    orders: (tenantId, filter) => of(tenantId, (db) => listOrders(db, tenantId, filter)),
    wholeOrders: (tenantId, filter) => of(tenantId, (db) => listWholeOrders(db, tenantId, filter)),
    trail: async (tenantId, orderId) =>
      (
        await of(tenantId, (db) =>
          db.auditEvent.findMany({ where: { orderId, tenantId }, orderBy: { sequence: 'asc' } }),
        )
      ).map(trailEventFrom),
    feed: (tenantId, after, limit) => of(tenantId, (db) => feedAfter(db, tenantId, after, limit)),
    feedEnd: () => inTransaction(client, 'system', (db) => endOfFeed(db, {})),
  }
}

/** The place of the newest event. Not `max`: Prisma asks for that in a way that reads the whole table. */
export async function endOfFeed(db: Db, of: { readonly tenantId?: string }): Promise<bigint> {
  const last = await db.event.findFirst({
    where: { ...of, position: { not: null } },
    orderBy: { position: 'desc' },
    select: { position: true },
  })
  return last?.position ?? 0n
}

/** Events of the tenant with a position above `after`, in order. */
export async function feedAfter(db: Db, tenantId: string, after: bigint, limit: number): Promise<readonly FeedEvent[]> {
  const rows = await db.event.findMany({
    where: { tenantId, position: { gt: after } },
    orderBy: { position: 'asc' },
    take: limit,
  })
  return rows.flatMap(({ id, position, type, orderId, signerId, documentId, state, createdAt }) =>
    position === null ? [] : [{ id, position, type, orderId, signerId, documentId, state, createdAt }],
  )
}

type DocumentRow = Prisma.DocumentGetPayload<{ omit: { appendState: true } }>

export function storedDocumentFrom(row: DocumentRow): StoredDocument {
  return {
    id: row.id,
    orderId: row.orderId,
    role: row.role as StoredDocument['role'],
    kind: row.kind as DocumentKind,
    title: row.title,
    fileName: row.fileName,
    language: row.language as Language,
    metadata: row.metadata as Record<string, unknown>,
    preflight: row.preflight as Record<string, unknown>,
    uploadSha256: row.uploadSha256,
    uploadSize: Number(row.uploadSize),
    original: originalFrom(row),
    revision: row.revision,
    createdAt: row.createdAt,
  }
}

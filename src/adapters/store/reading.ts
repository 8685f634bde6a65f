// Reading on Prisma for those who ask from outside: single statements, no locks, always of one tenant.
import type { DocumentKind, Language, OrderState, Outcome } from '../../flow/model.ts'
import type { Reading, StoredDocument } from '../../flow/ports/reading.ts'
import type { Client } from './client.ts'
import type { Prisma } from './generated/client.ts'
import { orderFrom, orderInclude, revisionFrom, trailEventFrom } from './rows.ts'

export function createReading(client: Client): Reading {
  return {
    async document(tenantId, id) {
      const row = await client.document.findFirst({ where: { id, tenantId }, omit: { appendState: true } })
      return row ? storedDocumentFrom(row) : undefined
    },
    revisions: async (tenantId, documentId) =>
      (await client.revision.findMany({ where: { documentId, tenantId }, orderBy: { number: 'asc' } })).map(
        revisionFrom,
      ),
    async order(tenantId, id) {
      const row = await client.signingOrder.findFirst({ where: { id, tenantId }, include: orderInclude })
      return row ? orderFrom(row) : undefined
    },
    async orders(tenantId, { before, limit, ...filter }) {
      const rows = await client.signingOrder.findMany({
        where: {
          tenantId,
          ...filter,
          // `lte` alone bounds the index scan; the second condition only sorts out orders of the same millisecond.
          ...(before && {
            createdAt: { lte: before.createdAt },
            OR: [{ createdAt: { lt: before.createdAt } }, { id: { lt: before.id } }],
          }),
        },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
        select: {
          id: true,
          state: true,
          outcome: true,
          kind: true,
          title: true,
          reference: true,
          createdAt: true,
          completedAt: true,
        },
      })
      return rows.map((row) => ({
        ...row,
        state: row.state as OrderState,
        outcome: row.outcome as Outcome | null,
        kind: row.kind as DocumentKind,
      }))
    },
    trail: async (tenantId, orderId) =>
      (await client.auditEvent.findMany({ where: { orderId, tenantId }, orderBy: { sequence: 'asc' } })).map(
        trailEventFrom,
      ),
    async feed(tenantId, after, limit) {
      const rows = await client.event.findMany({
        where: { tenantId, position: { gt: after } },
        orderBy: { position: 'asc' },
        take: limit,
      })
      return rows.flatMap(({ id, position, type, orderId, signerId, state, createdAt }) =>
        position === null ? [] : [{ id, position, type, orderId, signerId, state, createdAt }],
      )
    },
  }
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
    revision: row.revision,
    createdAt: row.createdAt,
  }
}

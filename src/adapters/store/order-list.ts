// Lists of orders, a page at a time: every filter has an index in the list's own order (test/adapters/store/plans.test.ts).
import type { DocumentKind, Order, OrderState, Outcome } from '../../flow/model.ts'
import type { OrderFilter, OrderSummary } from '../../flow/ports/reading.ts'
import type { Db } from './client.ts'
import { hasFailed } from './failing.ts'
import type { Prisma } from './generated/client.ts'
import { orderFrom, orderInclude } from './rows.ts'

export async function listOrders(db: Db, tenantId: string, filter: OrderFilter): Promise<readonly OrderSummary[]> {
  const rows = await db.signingOrder.findMany({
    ...pageOf(tenantId, filter),
    select: {
      id: true,
      state: true,
      outcome: true,
      kind: true,
      title: true,
      reference: true,
      organisationNumber: true,
      organisationName: true,
      year: true,
      createdAt: true,
      updatedAt: true,
      completedAt: true,
    },
  })
  return rows.map(({ organisationNumber: number, organisationName: name, ...row }) => ({
    ...row,
    state: row.state as OrderState,
    outcome: row.outcome as Outcome | null,
    kind: row.kind as DocumentKind,
    organisation: number === null ? null : { number, name: name ?? number },
  }))
}

export async function listWholeOrders(
  db: Db,
  tenantId: string,
  filter: OrderFilter,
): Promise<readonly { readonly order: Order; readonly updatedAt: Date }[]> {
  const rows = await db.signingOrder.findMany({ ...pageOf(tenantId, filter), include: orderInclude })
  return rows.map((row) => ({ order: orderFrom(row), updatedAt: row.updatedAt }))
}

type Page = {
  where: Prisma.SigningOrderWhereInput
  orderBy: Prisma.SigningOrderOrderByWithRelationInput[]
  take: number
}

function pageOf(tenantId: string, filter: OrderFilter): Page {
  const { state, kind, reference, organisation, year, failing, limit } = filter
  const where: Prisma.SigningOrderWhereInput = {
    tenantId,
    deletionBegunAt: null,
    ...(state !== undefined && { state }),
    ...(kind !== undefined && { kind }),
    ...(reference !== undefined && { reference }),
    ...(organisation !== undefined && { organisationNumber: organisation }),
    ...(year !== undefined && { year }),
    ...(failing !== undefined && { tasks: failing ? { some: hasFailed } : { none: hasFailed } }),
  }
  if ('changedSince' in filter) {
    const { changedSince, after } = filter
    return {
      where: {
        ...where,
        updatedAt: { gte: after?.at ?? changedSince },
        ...(after && { OR: [{ updatedAt: { gt: after.at } }, { id: { gt: after.id } }] }),
      },
      orderBy: [{ updatedAt: 'asc' }, { id: 'asc' }],
      take: limit,
    }
  }
  const { before } = filter
  return {
    where: {
      ...where,
      // `lte` alone bounds the index scan; the second condition only sorts out orders of the same millisecond.
      ...(before && {
        createdAt: { lte: before.at },
        OR: [{ createdAt: { lt: before.at } }, { id: { lt: before.id } }],
      }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
  }
}

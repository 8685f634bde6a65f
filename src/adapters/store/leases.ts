// Leases on documents: who may append the next signature, told apart by fencing tokens that only grow.
import type { Db } from './client.ts'

/**
 * Takes all of the documents' leases for the ceremony or none. Rows are taken in id order, so two ceremonies that want the
 * same documents wait for each other instead of deadlocking.
 */
export async function takeLeases(
  db: Db,
  input: {
    readonly tenantId: string
    readonly documentIds: readonly string[]
    readonly ceremonyId: string
    readonly now: Date
    readonly until: Date
  },
): Promise<{ readonly fencing: bigint } | { readonly busy: readonly string[] }> {
  const { tenantId, ceremonyId, now, until } = input
  const ids = [...input.documentIds].sort()
  // The documents' own rows are locked first: a lease that does not exist yet cannot be.
  await db.$queryRaw`select id from document where id = any(${ids}::uuid[]) and tenant_id = ${tenantId}::uuid order by id for no key update`
  const others = await db.lease.findMany({
    where: { documentId: { in: ids }, tenantId, ceremonyId: { not: ceremonyId }, expiresAt: { gt: now } },
    orderBy: { documentId: 'asc' },
  })
  if (others.length > 0) return { busy: others.map(({ documentId }) => documentId) }
  const [token] = await db.$queryRaw<{ fencing: bigint }[]>`select nextval('lease_fencing') as fencing`
  const fencing = token?.fencing ?? 0n
  await db.lease.deleteMany({ where: { documentId: { in: ids }, tenantId } })
  await db.lease.createMany({
    data: ids.map((documentId) => ({ documentId, tenantId, ceremonyId, fencing, expiresAt: until })),
  })
  return { fencing }
}

/** Whether the ceremony holds all of these leases under this token, not run out at `now`. Locks them until the commit. */
export async function holdsLeases(
  db: Db,
  input: {
    readonly tenantId: string
    readonly documentIds: readonly string[]
    readonly ceremonyId: string
    readonly fencing: bigint
    readonly now: Date
  },
): Promise<boolean> {
  const ids = [...input.documentIds].sort()
  const rows = await db.$queryRaw<{ document_id: string }[]>`
    select document_id from lease
    where document_id = any(${ids}::uuid[]) and tenant_id = ${input.tenantId}::uuid
      and ceremony_id = ${input.ceremonyId}::uuid and fencing = ${input.fencing} and expires_at > ${input.now}
    order by document_id for share`
  return rows.length === ids.length
}

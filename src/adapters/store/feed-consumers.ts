// Consumers of the feed in rows: the row's lock makes a lease one reader's.
import { randomUUID } from 'node:crypto'
import { SeglError } from '../../errors.ts'
import type { FeedConsumer, FeedConsumers } from '../../flow/ports/feed-consumers.ts'
import { type Client, type Db, perTenant } from './client.ts'
import type { Prisma } from './generated/client.ts'
import { feedAfter } from './reading.ts'

/** More readers than this are a mistake or a misuse. */
const mostConsumers = 50

export function createFeedConsumers(client: Client, clockOffsetMs = 0): FeedConsumers {
  const within = perTenant(client, clockOffsetMs)
  return {
    list: (tenantId) =>
      within(tenantId, async (db, now) => {
        const rows = await db.feedConsumer.findMany({ where: { tenantId }, orderBy: { name: 'asc' } })
        return rows.map((row) => consumerFrom(row, now))
      }),
    lease: (tenantId, name, limit, seconds) =>
      within(tenantId, async (db, now) => {
        const row = (await locked(db, tenantId, name)) ?? (await made(db, tenantId, name, 0n))
        if (row.leasedUntil !== null && row.leasedUntil > now) {
          throw new SeglError(
            'CONSUMER_BUSY',
            'Another reader has leased the next events. Come again when its lease ends.',
            {
              retryAfter: Math.ceil((row.leasedUntil.getTime() - now.getTime()) / 1000),
            },
          )
        }
        const events = await feedAfter(db, tenantId, row.position, limit)
        const last = events.at(-1)
        if (last === undefined) return undefined
        const lease = {
          leaseId: randomUUID(),
          leasedTo: last.position,
          leasedUntil: new Date(now.getTime() + seconds * 1000),
        }
        await db.feedConsumer.update({ where: { tenantId_name: { tenantId, name } }, data: lease })
        return { id: lease.leaseId, until: lease.leasedUntil, events }
      }),
    acknowledge: (tenantId, name, leaseId, upTo) =>
      within(tenantId, async (db, now) => {
        const row = await locked(db, tenantId, name)
        if (!row) throw new SeglError('NOT_FOUND', 'There is no such consumer.')
        // Said before, and the answer was lost on its way.
        if (row.leaseId === null && row.position === upTo) return consumerFrom(row, now)
        if (row.leaseId !== leaseId) {
          throw new SeglError(
            'CONSUMER_LEASE_LOST',
            'The lease ran out, or another reader has it now. Its events come again; handle them by their id.',
          )
        }
        if (upTo < row.position || upTo > (row.leasedTo ?? row.position)) {
          throw new SeglError('INVALID_REQUEST', 'Acknowledge a place within the lease.', {
            errors: [{ pointer: '/upTo', code: 'INVALID_REQUEST', detail: 'The place lies outside the lease.' }],
          })
        }
        return consumerFrom(await moved(db, tenantId, name, upTo), now)
      }),
    place: (tenantId, name, position) =>
      within(tenantId, async (db, now) => {
        if (!(await locked(db, tenantId, name))) await made(db, tenantId, name, position)
        return consumerFrom(await moved(db, tenantId, name, position), now)
      }),
    remove: (tenantId, name) =>
      within(tenantId, async (db) => (await db.feedConsumer.deleteMany({ where: { tenantId, name } })).count > 0),
  }
}

async function locked(db: Db, tenantId: string, name: string) {
  await db.$queryRaw`select 1 from feed_consumer where tenant_id = ${tenantId}::uuid and name = ${name} for update`
  return db.feedConsumer.findUnique({ where: { tenantId_name: { tenantId, name } } })
}

async function made(db: Db, tenantId: string, name: string, position: bigint) {
  // One at a time per tenant, so that the limit holds and two first readers make one consumer.
  await db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${tenantId}, 0))`
  const others = await db.feedConsumer.findMany({ where: { tenantId }, select: { name: true } })
  if (!others.some((one) => one.name === name)) {
    if (others.length >= mostConsumers) {
      throw new SeglError('LIMIT_REACHED', `There are ${mostConsumers} consumers already. Remove one that is not used.`)
    }
    await db.feedConsumer.create({ data: { tenantId, name, position } })
  }
  const row = await locked(db, tenantId, name)
  if (!row) throw new SeglError('INTERNAL', 'The consumer is not readable after it was written.')
  return row
}

const moved = (db: Db, tenantId: string, name: string, position: bigint) =>
  db.feedConsumer.update({
    where: { tenantId_name: { tenantId, name } },
    data: { position, leaseId: null, leasedTo: null, leasedUntil: null },
  })

const consumerFrom = (row: Prisma.FeedConsumerGetPayload<object>, now: Date): FeedConsumer => ({
  name: row.name,
  position: row.position,
  leasedUntil: row.leasedUntil !== null && row.leasedUntil > now ? row.leasedUntil : null,
})

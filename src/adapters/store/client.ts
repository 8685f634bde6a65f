// The connection to PostgreSQL: Prisma over a bounded pool, and transactions that are tried again when they lose a race.
import { PrismaPg } from '@prisma/adapter-pg'
import { SeglError } from '../../errors.ts'
import { Prisma, PrismaClient } from './generated/client.ts'

export type Db = Prisma.TransactionClient
export type Client = PrismaClient

/** `connections`: size of the pool (connection budget in config.ts). */
export function connect(url: string, connections: number): Client {
  const adapter = new PrismaPg({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  })
  return new PrismaClient({ adapter })
}

const attempts = 6

/**
 * Runs `work` in one READ COMMITTED transaction of at most 15 seconds. Serialisation failures, deadlocks and time-outs
 * are tried again with a growing pause; SeglErrors pass through.
 */
export async function inTransaction<T>(client: Client, work: (db: Db) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await client.$transaction(work, { maxWait: 10_000, timeout: 15_000 })
    } catch (error) {
      if (error instanceof SeglError || !mayPass(error)) throw error
      if (attempt === attempts) {
        throw new SeglError('UNAVAILABLE', 'The database is too busy right now. Try again in a moment.', {
          cause: error,
          retryAfter: 5,
        })
      }
      await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt * (1 + Math.random())))
    }
  }
}

/** P2034 write conflict, P2028 transaction time-out, P2024 pool time-out, P1001/P1017 connection lost; 40001 and 40P01 raw. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false
  if (['P2034', 'P2028', 'P2024', 'P1001', 'P1017'].includes(error.code)) return true
  return /40001|40P01/.test(JSON.stringify(error.meta ?? {}))
}

/**
 * How long a transaction may stand still between two statements. A process that is stopped in the middle of one would keep
 * its locks, the sweeper's among them, and with them every other worker.
 */
const standstill = '10s'

/** The database's clock plus a test offset, at the beginning of the transaction, whose locks are bounded in time by it. */
export async function databaseNow(db: Db, offsetMs: number): Promise<Date> {
  // Set for this transaction only, so that it also holds behind a pooler that lends connections by the transaction.
  const [row] = await db.$queryRaw<{ now: Date }[]>`
    select date_trunc('milliseconds', now()) as now,
      set_config('idle_in_transaction_session_timeout', ${standstill}, true) as standstill`
  if (!row) throw new SeglError('UNAVAILABLE', 'The database does not tell the time.')
  return new Date(row.now.getTime() + offsetMs)
}

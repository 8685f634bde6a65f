// The connection to PostgreSQL: Prisma over a bounded pool, and the one door through which every query goes.
import { PrismaPg } from '@prisma/adapter-pg'
import { SeglError } from '../../errors.ts'
import { clockStatement, doorStatement, onlyThroughDoors } from './doors.ts'
import { Prisma, PrismaClient } from './generated/client.ts'

export type Db = Prisma.TransactionClient
export type Client = PrismaClient

/**
 * Whose rows a transaction may see: those of one tenant, as the database role `segl_app`, or everybody's, as `segl_system`
 * (sweeper, sequencer, and the look-ups by which a tenant is found). src/postgres/roles.ts says what each role may do.
 */
export type Door = { readonly tenantId: string } | 'system'

/**
 * `connections`: size of the pool (connection budget in config.ts). With `doorsOnly`, a statement outside `inTransaction`
 * is refused before it reaches the database; without it, the client is the database user's own (tests).
 */
export function connect(url: string, connections: number, options: { readonly doorsOnly?: boolean } = {}): Client {
  const adapter = new PrismaPg({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
  })
  return new PrismaClient({ adapter: options.doorsOnly ? onlyThroughDoors(adapter) : adapter })
}

const attempts = 6

/**
 * Runs `work` in one READ COMMITTED transaction of at most 15 seconds, as the role and the tenant of `door`; `now` is the
 * database's clock at its beginning plus a test offset. Serialisation failures, deadlocks, time-outs and lost connections are tried again with
 * a growing pause; SeglErrors pass through.
 */
export async function inTransaction<T>(
  client: Client,
  door: Door,
  work: (db: Db, now: Date) => Promise<T>,
  clockOffsetMs = 0,
): Promise<T> {
  const opened = async (db: Db): Promise<T> => work(db, await enter(db, door, clockOffsetMs))
  return again(() => client.$transaction(opened, { maxWait: 10_000, timeout: 15_000 }))
}

async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
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

/** `inTransaction` for whichever tenant is named. */
export const perTenant =
  (client: Client, clockOffsetMs = 0) =>
  <T>(tenantId: string, work: (db: Db, now: Date) => Promise<T>): Promise<T> =>
    inTransaction(client, { tenantId }, work, clockOffsetMs)

/**
 * P2034 write conflict, P2028 transaction time-out, P2024 pool time-out, P1001, P1002, P1008, P1017, P2039 connection lost or not to
 * be had, P2037 too many connections; 40001 and 40P01 raw. The
 * adapter tells a connection that is lost between two statements as a plain error of the driver, or under P2010 with its SQLSTATE:
 * the transaction is gone with it. Lost in COMMIT, it may have happened all the same: what repeats it finds epochs and keys that say so.
 */
function mayPass(error: unknown): boolean {
  if (error instanceof Prisma.PrismaClientKnownRequestError) {
    if (passingCodes.has(error.code)) return true
    return passing.test(JSON.stringify(error.meta ?? {})) || lost.test(error.message)
  }
  return error instanceof Error && (lost.test(error.message) || ('code' in error && passing.test(String(error.code))))
}

const passingCodes = new Set('P2034 P2028 P2024 P2037 P1001 P1002 P1008 P1017 P2039'.split(' '))
/** Serialisation failure and deadlock; 53300, too many connections; SQLSTATE class 08, a connection; 57P01 to 57P03, a server that is shut down or begins. */
const passing =
  /\b(40001|40P01|08\d{3}|53300|57P0[123])\b|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EHOSTUNREACH|EAI_AGAIN/
const lost =
  /Connection terminated|Client has encountered a connection error|terminating connection|server closed the connection|timeout exceeded when trying to connect|ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EHOSTUNREACH|EAI_AGAIN/

/**
 * How long a transaction may stand still between two statements. A process that is stopped in the middle of one would keep
 * its locks, the sweeper's among them, and with them every other worker.
 */
const standstill = '10s'

/** Role, tenant and limits for this transaction only, so that they also hold behind a pooler that lends connections by it. */
export async function enter(db: Db, door: Door, clockOffsetMs: number): Promise<Date> {
  const [role, tenant] = door === 'system' ? ['segl_system', ''] : ['segl_app', door.tenantId]
  return timeFrom(await db.$queryRawUnsafe<{ now: Date }[]>(doorStatement, standstill, role, tenant), clockOffsetMs)
}

/** The database's clock plus a test offset. */
export async function databaseNow(client: Client, clockOffsetMs: number): Promise<Date> {
  return timeFrom(await again(() => client.$queryRawUnsafe<{ now: Date }[]>(clockStatement)), clockOffsetMs)
}

function timeFrom([row]: readonly { readonly now: Date }[], clockOffsetMs: number): Date {
  if (!row) throw new SeglError('UNAVAILABLE', 'The database does not tell the time.')
  return new Date(row.now.getTime() + clockOffsetMs)
}

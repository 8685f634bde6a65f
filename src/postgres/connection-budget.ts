// How many database connections everything together may open, and whether the server allows that many.
import { SeglError } from '../errors.ts'
import { withClient } from './migrations.ts'

/** Size of each pool. BullMQ's default of ten per queue and per worker exhausts a server of 100 (measured). */
export const poolSize = { prisma: 10, queue: 2, listen: 1, session: 1 } as const

export type ConnectionBudget = {
  /** Processes of each kind that run against the database, on all machines. */
  readonly apis: number
  readonly workers: number
  /** BullMQ queues that every process opens for adding, and workers that each worker process runs; 0 with Redis. */
  readonly queues: number
  readonly queueWorkers: number
}

/**
 * Most connections that the whole installation opens at once: per process Prisma's pool and one session of its own
 * (advisory locks), a pool per queue, and a pool and a listening connection per BullMQ worker.
 */
export function connectionsOf(budget: ConnectionBudget): number {
  const process = poolSize.prisma + poolSize.session + budget.queues * poolSize.queue
  const consuming = budget.queueWorkers * (poolSize.queue + poolSize.listen)
  return budget.apis * process + budget.workers * (process + consuming)
}

/**
 * Refuses to start when the budget cannot be kept: the last process to come would lose connections at random.
 * @throws SeglError TOO_MANY_CONNECTIONS, DATABASE_UNAVAILABLE
 */
export async function assertConnectionBudget(url: string, budget: ConnectionBudget): Promise<void> {
  const wanted = connectionsOf(budget)
  const allowed = await withClient(url, async (client) => {
    const { rows } = await client.query<{ allowed: number }>(
      `select current_setting('max_connections')::int
            - current_setting('superuser_reserved_connections')::int
            - coalesce(current_setting('reserved_connections', true)::int, 0) as allowed`,
    )
    return rows[0]?.allowed ?? 0
  })
  if (wanted <= allowed) return
  throw new SeglError(
    'TOO_MANY_CONNECTIONS',
    `${budget.apis} api and ${budget.workers} worker processes need up to ${wanted} connections, and the database allows ` +
      `${allowed}. Raise max_connections, start fewer workers (WORKERS), or move the queue to Redis (REDIS_URL).`,
  )
}

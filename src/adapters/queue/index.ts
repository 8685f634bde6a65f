// BullMQ as a wake-up signal: ids only, never the truth. On PostgreSQL by default, on Redis where REDIS_URL is set.
import { createPostgresBackend, Queue, Worker, withBackend } from 'bullmq'
import type { StepName } from '../../flow/model.ts'
import type { Jobs, Task } from '../../flow/ports/tasks.ts'
import { endMs, opening, within } from './open.ts'

export type QueueConnection =
  | { readonly kind: 'postgres'; readonly url: string }
  | { readonly kind: 'redis'; readonly url: string }

/** What a job carries; everything else is read from our rows. */
export type StepJob = { readonly step: StepName; readonly subjectId: string }

export type StepQueue = Jobs & {
  /** Starts taking jobs. `close` finishes what is under way, or gives up waiting after `graceMs`. */
  work(
    process: (job: StepJob) => Promise<void>,
    options: { readonly concurrency: number; readonly onError: (error: Error) => void },
  ): { close(graceMs: number): Promise<void> }
  close(): Promise<void>
}

const queueName = 'segl-steps'
/** How long adding a job may take; the sweeper finds what was not added. */
const wakeMs = 5000

// A killed worker's job runs elsewhere after 8 to 12 seconds (DESIGN, Data).
const lockDuration = 10_000
const stalledInterval = 5_000

/** `onError`: connection errors, for the log; the library reconnects on its own. */
export function createQueue(connection: QueueConnection, onError: (error: Error) => void): StepQueue {
  const opened = opening(
    () => (connection.kind === 'postgres' ? postgresQueue(connection.url) : redisQueue(connection.url)),
    onError,
  )
  return {
    async wake(tasks) {
      const queue = await within(wakeMs, opened.ready())
      // A hint that is not given; the sweeper gives it again.
      if (!queue) return
      await within(
        wakeMs,
        Promise.all(
          tasks.map((task) =>
            queue.add(task.step, { step: task.step, subjectId: task.subjectId } satisfies StepJob, {
              jobId: jobId(task),
              attempts: 1,
              removeOnComplete: true,
              removeOnFail: true,
            }),
          ),
        ),
      )
    },
    work(process, { concurrency, onError: report }) {
      const run = async (job: { readonly data: StepJob }): Promise<void> => process(job.data)
      const options = { concurrency, lockDuration, stalledInterval, maxStalledCount: 10 }
      const worker = () =>
        connection.kind === 'postgres'
          ? new (withBackend(createPostgresBackend).Worker)<StepJob>(queueName, run, {
              ...options,
              connection: postgresConnection(connection.url),
            })
          : new Worker<StepJob>(queueName, run, { ...options, connection: redisConnection(connection.url, null) })
      return opening(worker, report)
    },
    close: () => opened.close(endMs),
  }
}

/** New for every wake-up of a task: adding the id of a finished or failed job again does nothing. No colon, not digits only. */
export const jobId = (task: Pick<Task, 'step' | 'subjectId' | 'epoch'>): string =>
  `${task.step}-${task.subjectId}-${task.epoch}`

const postgresQueue = (url: string) =>
  new (withBackend(createPostgresBackend).Queue)<StepJob>(queueName, { connection: postgresConnection(url) })

const redisQueue = (url: string) => new Queue<StepJob>(queueName, { connection: redisConnection(url, 1) })

/** Two connections per pool (connection budget, DESIGN); the tables are made by `segl migrate` only. */
const postgresConnection = (url: string) => ({ connectionString: url, max: 2, skipMigrations: true })

/** A producer fails fast; a worker waits for Redis to come back. */
const redisConnection = (url: string, maxRetriesPerRequest: number | null) => ({
  url,
  maxRetriesPerRequest,
  enableOfflineQueue: maxRetriesPerRequest === null,
})

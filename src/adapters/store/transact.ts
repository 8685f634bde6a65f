// One transaction of one tenant, and the wake-ups for what it made due.
import type { Jobs, Tx } from '../../flow/ports/store.ts'
import type { Vault } from '../../flow/ports/vault.ts'
import { type Client, type Db, inTransaction } from './client.ts'
import { dueTasks } from './tasks.ts'
import { writeTx } from './tx.ts'

export type StoreOptions = {
  readonly client: Client
  readonly vault: Vault
  /** Where tasks that a transaction made due are announced after its commit. */
  readonly jobs: Jobs
  /** Added to the database's time, for tests of deadlines. */
  readonly clockOffsetMs?: number
}

/** Runs `work` in one transaction (see `inTransaction`) and wakes workers after its commit. */
export async function transact<T>(
  { client, vault, jobs, clockOffsetMs = 0 }: StoreOptions,
  tenantId: string,
  work: (tx: Tx, db: Db) => Promise<T>,
): Promise<T> {
  const scheduled = new Set<string>()
  let now = new Date(0)
  const attempt = (db: Db, begun: Date): Promise<T> => {
    scheduled.clear()
    now = begun
    return work(noting(writeTx({ db, tenantId, now, vault }), scheduled), db)
  }
  const result = await inTransaction(client, { tenantId }, attempt, clockOffsetMs)
  // A wake-up that fails costs seconds: the sweeper finds the row.
  if (scheduled.size > 0) {
    void dueTasks(client, tenantId, [...scheduled], now)
      .then((tasks) => jobs.wake(tasks))
      .catch(() => {})
  }
  return result
}

/** The transaction, taking note of whom it made something due for. */
const noting = (tx: Tx, scheduled: Set<string>): Tx => ({
  ...tx,
  schedule(task) {
    if (!task.at || task.at <= tx.now) scheduled.add(task.subjectId)
    return tx.schedule(task)
  },
})

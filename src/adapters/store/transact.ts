// One transaction of one tenant, and the wake-ups for what it made due.
import type { Tx } from '../../flow/ports/store.ts'
import type { Jobs, Task } from '../../flow/ports/tasks.ts'
import type { Vault } from '../../flow/ports/vault.ts'
import { type Client, type Db, inTransaction } from './client.ts'
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
  const due = new Map<string, Task>()
  const attempt = (db: Db, now: Date): Promise<T> => {
    due.clear()
    return work(writeTx({ db, tenantId, now, vault }, due), db)
  }
  const result = await inTransaction(client, { tenantId }, attempt, clockOffsetMs)
  // A wake-up that fails costs seconds: the sweeper finds the row.
  if (due.size > 0) void jobs.wake([...due.values()]).catch(() => {})
  return result
}

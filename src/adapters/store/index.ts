// The store: PostgreSQL through Prisma.
import type { Jobs, Store, Tx } from '../../flow/ports/store.ts'
import type { Vault } from '../../flow/ports/vault.ts'
import { type Client, databaseNow, inTransaction } from './client.ts'
import { dueTasks } from './tasks.ts'
import { readTx, writeTx } from './tx.ts'

export { type Client, connect } from './client.ts'
export { sequenceEvents } from './sequencer.ts'
export { createTasks } from './tasks.ts'

export type StoreOptions = {
  readonly client: Client
  readonly vault: Vault
  /** Where tasks that a transaction made due are announced after its commit. */
  readonly jobs: Jobs
  /** Added to the database's time, for tests of deadlines. */
  readonly clockOffsetMs?: number
}

export function createStore({ client, vault, jobs, clockOffsetMs = 0 }: StoreOptions): Store {
  return {
    async transaction(tenantId, work) {
      const scheduled = new Set<string>()
      const result = await inTransaction(client, async (db) => {
        scheduled.clear()
        const now = await databaseNow(db, clockOffsetMs)
        const tx = writeTx({ db, tenantId, now, vault })
        return work(noting(tx, scheduled))
      })
      // A wake-up that fails costs seconds: the sweeper finds the row.
      if (scheduled.size > 0) {
        void dueTasks(client, tenantId, [...scheduled])
          .then((tasks) => jobs.wake(tasks))
          .catch(() => {})
      }
      return result
    },
    read: (tenantId, work) =>
      inTransaction(client, async (db) =>
        work(readTx({ db, tenantId, now: await databaseNow(db, clockOffsetMs), vault })),
      ),
    async tenantOfSigner(id) {
      return (await client.signer.findUnique({ where: { id }, select: { tenantId: true } }))?.tenantId
    },
    async tenantOfOauthState(oidcState) {
      return (await client.ceremony.findUnique({ where: { oidcState }, select: { tenantId: true } }))?.tenantId
    },
  }
}

/** The transaction, taking note of whom it made something due for. */
const noting = (tx: Tx, scheduled: Set<string>): Tx => ({
  ...tx,
  schedule(task) {
    if (!task.at || task.at <= tx.now) scheduled.add(task.subjectId)
    return tx.schedule(task)
  },
})

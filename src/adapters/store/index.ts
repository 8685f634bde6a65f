// The store: PostgreSQL through Prisma.
import type { Store } from '../../flow/ports/store.ts'
import { databaseNow, inTransaction } from './client.ts'
import { type StoreOptions, transact } from './transact.ts'
import { readTx } from './tx.ts'

export { addApiKey, addTenant, createApiKeys } from './api-keys.ts'
export { type Client, connect } from './client.ts'
export { createClock } from './clock.ts'
export { forgetExpiredKeys } from './forget-keys.ts'
export { createIdempotencyKeys } from './idempotency.ts'
export { createIntake } from './intake.ts'
export { createReading } from './reading.ts'
export { checkSecrets } from './secret-check.ts'
export { sequenceEvents } from './sequencer.ts'
export { createTasks } from './tasks.ts'
export type { StoreOptions } from './transact.ts'

export function createStore(options: StoreOptions): Store {
  const { client, vault, clockOffsetMs = 0 } = options
  return {
    transaction: (tenantId, work) => transact(options, tenantId, work),
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

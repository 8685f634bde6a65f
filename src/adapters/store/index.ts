// The store: PostgreSQL through Prisma.
import type { Store } from '../../flow/ports/store.ts'
import { inTransaction } from './client.ts'
import { type StoreOptions, transact } from './transact.ts'
import { readTx } from './tx.ts'

export { addTenant, createApiKeys } from './api-keys.ts'
export { type Client, connect, inTransaction } from './client.ts'
export { createClock } from './clock.ts'
export { createFeedConsumers } from './feed-consumers.ts'
export { forgetExpiredKeys } from './forget-keys.ts'
export { createIdempotencyKeys } from './idempotency.ts'
export { createIntake } from './intake.ts'
export { createOauthClients } from './oauth-clients.ts'
export { createReading } from './reading.ts'
export { checkSecrets } from './secret-check.ts'
export { sequenceEvents } from './sequencer.ts'
export { createStoring } from './storage.ts'
export { createTasks } from './tasks.ts'
export type { StoreOptions } from './transact.ts'
export { createWebhookDeliveries } from './webhook-deliveries.ts'
export { createWebhooks } from './webhooks.ts'

export function createStore(options: StoreOptions): Store {
  const { client, vault, clockOffsetMs = 0 } = options
  return {
    transaction: (tenantId, work) => transact(options, tenantId, work),
    read: (tenantId, work) =>
      inTransaction(client, { tenantId }, async (db, now) => work(readTx({ db, tenantId, now, vault })), clockOffsetMs),
    async tenantOfSigner(id) {
      const row = await inTransaction(client, 'system', (db) =>
        db.signer.findUnique({ where: { id }, select: { tenantId: true } }),
      )
      return row?.tenantId
    },
    async tenantOfSigningSession(id) {
      const row = await inTransaction(client, 'system', (db) =>
        db.signingSession.findUnique({ where: { id }, select: { tenantId: true } }),
      )
      return row?.tenantId
    },
    async tenantOfOauthState(oidcState) {
      const row = await inTransaction(client, 'system', (db) =>
        db.ceremony.findUnique({ where: { oidcState }, select: { tenantId: true } }),
      )
      return row?.tenantId
    },
  }
}

// Forgets kept answers after their 30 days: they hold names, and nobody repeats a request that late.
import { type Client, inTransaction } from './client.ts'

/** Deletes rows whose time is over at `now`, a bounded number at once; how many. */
export async function forgetExpiredKeys(client: Client, now: Date, limit = 1000): Promise<number> {
  return inTransaction(
    client,
    'system',
    (db) => db.$executeRaw`delete from idempotency_key where (tenant_id, key) in (
      select tenant_id, key from idempotency_key where expires_at <= ${now} order by expires_at limit ${limit})`,
  )
}

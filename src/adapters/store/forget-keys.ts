// Forgets what has expired: kept answers after their 30 days (they hold names), spent assertions and access tokens.
import { type Client, inTransaction } from './client.ts'

/** Deletes rows whose time is over at `now`, a bounded number at once; how many answers were among them. */
export async function forgetExpiredKeys(client: Client, now: Date, limit = 1000): Promise<number> {
  return inTransaction(client, 'system', async (db) => {
    await db.oauthAssertion.deleteMany({ where: { expiresAt: { lte: now } }, limit })
    await db.accessToken.deleteMany({ where: { expiresAt: { lte: now } }, limit })
    return db.$executeRaw`delete from idempotency_key where (tenant_id, key) in (
      select tenant_id, key from idempotency_key where expires_at <= ${now} order by expires_at limit ${limit})`
  })
}

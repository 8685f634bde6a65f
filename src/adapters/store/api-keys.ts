// API keys: found by the hash of the whole key, the one look-up that has no tenant yet.
import type { ApiKeys } from '../../flow/ports/api-keys.ts'
import type { Client } from './client.ts'

/** How old `lastUsedAt` may get before it is written again, so that reading does not become writing. */
const usedEvery = 60_000

export function createApiKeys(client: Client): ApiKeys {
  return {
    async holder(hash, now) {
      const row = await client.apiKey.findUnique({
        where: { hash },
        select: { id: true, tenantId: true, scopes: true, expiresAt: true, revokedAt: true, lastUsedAt: true },
      })
      if (!row || row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= now)) return undefined
      if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > usedEvery) {
        await client.apiKey.updateMany({ where: { id: row.id }, data: { lastUsedAt: now } })
      }
      return { keyId: row.id, tenantId: row.tenantId, scopes: row.scopes }
    },
  }
}

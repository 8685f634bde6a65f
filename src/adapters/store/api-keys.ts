// API keys: found by the hash of the whole key, the one look-up that has no tenant yet.
import { createHash, randomBytes } from 'node:crypto'
import { SeglError } from '../../errors.ts'
import { newId } from '../../flow/id.ts'
import type { ApiKeys, Scope } from '../../flow/ports/api-keys.ts'
import { type Client, inTransaction } from './client.ts'

/** How old `lastUsedAt` may get before it is written again, so that reading does not become writing. */
const usedEvery = 60_000

export function createApiKeys(client: Client): ApiKeys {
  return {
    async holder(hash, now) {
      return inTransaction(client, 'system', async (db) => {
        const row = await db.apiKey.findUnique({
          where: { hash },
          select: { id: true, tenantId: true, scopes: true, expiresAt: true, revokedAt: true, lastUsedAt: true },
        })
        if (!row || row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= now)) return undefined
        if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > usedEvery) {
          await db.apiKey.updateMany({ where: { id: row.id }, data: { lastUsedAt: now } })
        }
        return { keyId: row.id, tenantId: row.tenantId, scopes: row.scopes }
      })
    },
  }
}

/** Adds an organisation whose system uses Segl; its id. The caller has checked the organisation number. */
export async function addTenant(
  client: Client,
  tenant: { readonly name: string; readonly organisationNumber: string },
  now: Date,
): Promise<string> {
  const id = newId(now)
  await inTransaction(client, 'system', (db) => db.tenant.create({ data: { id, ...tenant, createdAt: now } }))
  return id
}

/** Makes an API key of a tenant. The key itself is in the answer and nowhere else: it cannot be shown again. */
export async function addApiKey(
  client: Client,
  input: {
    readonly tenantId: string
    readonly name: string
    readonly scopes: readonly Scope[]
    readonly expiresAt?: Date
  },
  now: Date,
): Promise<{ readonly id: string; readonly key: string }> {
  const { tenantId, name, scopes, expiresAt } = input
  const key = `segl_${randomBytes(32).toString('base64url')}`
  const id = newId(now)
  await inTransaction(client, { tenantId }, async (db) => {
    if (!(await db.tenant.findUnique({ where: { id: tenantId }, select: { id: true } }))) {
      throw new SeglError('NOT_FOUND', 'There is no such tenant. Add it first.')
    }
    await db.apiKey.create({
      data: {
        id,
        tenantId,
        name,
        prefix: key.slice(0, 11),
        hash: createHash('sha256').update(key).digest('hex'),
        scopes: [...scopes],
        createdAt: now,
        expiresAt: expiresAt ?? null,
      },
    })
  })
  return { id, key }
}

// API keys: found by the hash of the whole key, the one look-up that has no tenant yet; made, rotated and revoked within one.
import { createHash, randomBytes } from 'node:crypto'
import { SeglError } from '../../errors.ts'
import { newId } from '../../flow/id.ts'
import type { ApiKey, ApiKeyHolder, ApiKeys, NewApiKey } from '../../flow/ports/api-keys.ts'
import { type Client, type Db, inTransaction, perTenant } from './client.ts'
import type { Prisma } from './generated/client.ts'

/** How old `lastUsedAt` may get before it is written again, so that reading does not become writing. */
const usedEvery = 60_000

export function createApiKeys(client: Client, clockOffsetMs = 0): ApiKeys {
  const of = perTenant(client, clockOffsetMs)
  return {
    holder: (hash) =>
      inTransaction(
        client,
        'system',
        async (db, now) => (await keyHolder(db, hash, now)) ?? (await tokenHolder(db, hash, now)),
        clockOffsetMs,
      ),
    list: (tenantId) =>
      of(tenantId, async (db) =>
        (await db.apiKey.findMany({ where: { tenantId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] })).map(
          keyFrom,
        ),
      ),
    add: (tenantId, key) => of(tenantId, (db, now) => insertKey(db, { tenantId, expiresAt: null, ...key }, now)),
    rotate: (tenantId, id, { overlapSeconds, expiresAt }) =>
      of(tenantId, async (db, now) => {
        await db.$queryRaw`select id from api_key where id = ${id}::uuid and tenant_id = ${tenantId}::uuid for update`
        const old = await db.apiKey.findFirst({ where: { id, tenantId } })
        if (!old) throw notFound()
        const ended = endOf(old, now)
        if (ended !== undefined) {
          throw new SeglError('STATE_CONFLICT', `The key is ${ended}; only one that is good can be rotated.`, {
            extra: { state: ended },
          })
        }
        const lifetime = old.expiresAt && new Date(now.getTime() + old.expiresAt.getTime() - old.createdAt.getTime())
        const { name, scopes } = old
        const made = await insertKey(db, { tenantId, name, scopes, expiresAt: expiresAt ?? lifetime }, now)
        const overlap = new Date(now.getTime() + overlapSeconds * 1000)
        await db.apiKey.update({
          where: { id },
          data: { successorId: made.id, expiresAt: old.expiresAt && old.expiresAt < overlap ? old.expiresAt : overlap },
        })
        return made
      }),
    revoke: (tenantId, id) =>
      of(tenantId, async (db, now) => {
        const { count } = await db.apiKey.updateMany({
          where: { id, tenantId, revokedAt: null },
          data: { revokedAt: now },
        })
        if (count === 0 && !(await db.apiKey.findFirst({ where: { id, tenantId }, select: { id: true } }))) {
          throw notFound()
        }
      }),
  }
}

async function keyHolder(db: Db, hash: string, now: Date): Promise<ApiKeyHolder | undefined> {
  const row = await db.apiKey.findUnique({
    where: { hash },
    select: { id: true, tenantId: true, scopes: true, expiresAt: true, revokedAt: true, lastUsedAt: true },
  })
  if (!row || row.revokedAt !== null || (row.expiresAt !== null && row.expiresAt <= now)) return undefined
  if (row.lastUsedAt === null || now.getTime() - row.lastUsedAt.getTime() > usedEvery) {
    await db.apiKey.updateMany({ where: { id: row.id }, data: { lastUsedAt: now } })
  }
  return { keyId: row.id, tenantId: row.tenantId, scopes: row.scopes }
}

async function tokenHolder(db: Db, hash: string, now: Date): Promise<ApiKeyHolder | undefined> {
  const row = await db.accessToken.findUnique({
    where: { hash },
    select: { clientId: true, tenantId: true, scopes: true, expiresAt: true },
  })
  if (!row || row.expiresAt <= now) return undefined
  return { keyId: row.clientId, tenantId: row.tenantId, scopes: row.scopes }
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

async function insertKey(
  db: Db,
  input: {
    readonly tenantId: string
    readonly name: string
    readonly scopes: readonly string[]
    readonly expiresAt: Date | null
  },
  now: Date,
): Promise<NewApiKey> {
  const { tenantId, name, scopes, expiresAt } = input
  if (expiresAt !== null && expiresAt <= now) {
    throw new SeglError('INVALID_REQUEST', 'The key would have expired already. Name a time to come.', {
      errors: [{ pointer: '/expiresAt', code: 'INVALID_REQUEST', detail: 'This time has passed.' }],
    })
  }
  if (!(await db.tenant.findUnique({ where: { id: tenantId }, select: { id: true } }))) {
    throw new SeglError('NOT_FOUND', 'There is no such tenant. Add it first.')
  }
  const key = `segl_${randomBytes(32).toString('base64url')}`
  const row = await db.apiKey.create({
    data: {
      id: newId(now),
      tenantId,
      name,
      prefix: key.slice(0, 11),
      hash: createHash('sha256').update(key).digest('hex'),
      scopes: [...scopes],
      createdAt: now,
      expiresAt,
    },
  })
  return { ...keyFrom(row), key }
}

type Row = Prisma.ApiKeyGetPayload<object>

const keyFrom = ({
  id,
  name,
  prefix,
  scopes,
  createdAt,
  expiresAt,
  revokedAt,
  lastUsedAt,
  successorId,
}: Row): ApiKey => ({
  ...{ id, name, prefix, scopes, createdAt, expiresAt, revokedAt, lastUsedAt, successorId },
})

function endOf(row: Row, now: Date): 'revoked' | 'expired' | 'rotated' | undefined {
  if (row.revokedAt !== null) return 'revoked'
  if (row.expiresAt !== null && row.expiresAt <= now) return 'expired'
  return row.successorId === null ? undefined : 'rotated'
}

const notFound = (): SeglError => new SeglError('NOT_FOUND', 'There is no such key.')

// OAuth clients, the assertions that they have spent, and their tokens by hash.
import { createHash } from 'node:crypto'
import { SeglError } from '../../errors.ts'
import { newId } from '../../flow/id.ts'
import type { KeySet, OauthClient, OauthClients } from '../../flow/ports/oauth-clients.ts'
import { type Client, inTransaction, perTenant } from './client.ts'
import type { Prisma } from './generated/client.ts'

export function createOauthClients(client: Client, clockOffsetMs = 0): OauthClients {
  const of = perTenant(client, clockOffsetMs)
  return {
    list: (tenantId) =>
      of(tenantId, async (db) =>
        (await db.oauthClient.findMany({ where: { tenantId }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] })).map(
          clientFrom,
        ),
      ),
    add: (tenantId, { name, jwks, scopes }) =>
      of(tenantId, async (db, now) =>
        clientFrom(
          await db.oauthClient.create({
            data: { id: newId(now), tenantId, name, jwks: json(jwks), scopes: [...scopes], createdAt: now },
          }),
        ),
      ),
    replaceKeys: (tenantId, id, jwks) =>
      of(tenantId, async (db) => {
        const { count } = await db.oauthClient.updateMany({
          where: { id, tenantId, revokedAt: null },
          data: { jwks: json(jwks) },
        })
        const row = await db.oauthClient.findFirst({ where: { id, tenantId } })
        if (!row) throw notFound()
        if (count === 0)
          throw new SeglError('STATE_CONFLICT', 'The client is revoked.', { extra: { state: 'revoked' } })
        return clientFrom(row)
      }),
    revoke: (tenantId, id) =>
      of(tenantId, async (db, now) => {
        const { count } = await db.oauthClient.updateMany({
          where: { id, tenantId, revokedAt: null },
          data: { revokedAt: now },
        })
        if (count === 0 && !(await db.oauthClient.findFirst({ where: { id, tenantId }, select: { id: true } }))) {
          throw notFound()
        }
        await db.accessToken.deleteMany({ where: { clientId: id, tenantId } })
      }),
    async find(clientId) {
      const row = await inTransaction(client, 'system', (db) =>
        db.oauthClient.findFirst({ where: { id: clientId, revokedAt: null } }),
      )
      return row ? { ...clientFrom(row), tenantId: row.tenantId } : undefined
    },
    issue: ({ id, tenantId }, assertion, token) =>
      of(tenantId, async (db, now) => {
        // Against a revocation at the same moment: one of the two comes first.
        const [good] = await db.$queryRaw<{ id: string }[]>`
          select id from oauth_client where id = ${id}::uuid and tenant_id = ${tenantId}::uuid and revoked_at is null for no key update`
        if (!good) return undefined
        const jtiHash = createHash('sha256').update(assertion.jti).digest('hex')
        const { count } = await db.oauthAssertion.createMany({
          data: [{ clientId: id, tenantId, jtiHash, expiresAt: assertion.expiresAt }],
          skipDuplicates: true,
        })
        if (count === 0) return undefined
        const expiresAt = new Date(now.getTime() + token.seconds * 1000)
        await db.accessToken.create({
          data: {
            id: newId(now),
            tenantId,
            clientId: id,
            hash: token.hash,
            scopes: [...token.scopes],
            createdAt: now,
            expiresAt,
          },
        })
        await db.oauthClient.updateMany({ where: { id, tenantId }, data: { lastUsedAt: now } })
        return { expiresAt }
      }),
  }
}

const clientFrom = (row: Prisma.OauthClientGetPayload<object>): OauthClient => ({
  id: row.id,
  name: row.name,
  // Written by us, checked.
  jwks: row.jwks as object as KeySet,
  scopes: row.scopes,
  createdAt: row.createdAt,
  revokedAt: row.revokedAt,
  lastUsedAt: row.lastUsedAt,
})

const notFound = (): SeglError => new SeglError('NOT_FOUND', 'There is no such client.')

/** A value that JSON.stringify writes without loss. */
const json = (value: object): Prisma.InputJsonObject => JSON.parse(JSON.stringify(value))

// Webhooks as their tenant keeps them: addresses, secrets under the vault, the delivery log.
import { SeglError } from '../../errors.ts'
import { newId } from '../../flow/id.ts'
import type { Vault } from '../../flow/ports/vault.ts'
import type { Webhook, WebhookDelivery, Webhooks } from '../../flow/ports/webhooks.ts'
import { type Client, type Db, perTenant } from './client.ts'
import type { Prisma } from './generated/client.ts'
import { endOfFeed } from './reading.ts'
import { messageBody, secretContext } from './webhook-message.ts'

/** More addresses than this are a mistake or a misuse. */
const mostWebhooks = 20

export function createWebhooks(client: Client, vault: Vault, clockOffsetMs = 0): Webhooks {
  const encrypted = (tenantId: string, id: string, secret: string) =>
    new Uint8Array(vault.encrypt(secret, secretContext(tenantId, id)))
  const within = perTenant(client, clockOffsetMs)
  const found = async (db: Db, tenantId: string, id: string) => {
    const row = await db.webhook.findFirst({ where: { id, tenantId } })
    return row ? webhookFrom(row) : undefined
  }
  /** Changes the row if it is the tenant's. */
  const changed = (tenantId: string, id: string, data: Prisma.WebhookUpdateManyMutationInput) =>
    within(tenantId, async (db) => {
      const { count } = await db.webhook.updateMany({ where: { id, tenantId }, data })
      return count === 0 ? undefined : found(db, tenantId, id)
    })
  return {
    list: (tenantId) =>
      within(tenantId, async (db) =>
        (await db.webhook.findMany({ where: { tenantId }, orderBy: { id: 'asc' } })).map(webhookFrom),
      ),
    find: (tenantId, id) => within(tenantId, (db) => found(db, tenantId, id)),
    add: (tenantId, webhook, secret) =>
      within(tenantId, async (db, now) => {
        // One at a time per tenant, so that the limit holds.
        await db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${tenantId}, 0))`
        if ((await db.webhook.count({ where: { tenantId } })) >= mostWebhooks) {
          throw new SeglError(
            'LIMIT_REACHED',
            `There are ${mostWebhooks} webhooks already. Remove one that is not used.`,
          )
        }
        const id = newId(now)
        const row = await db.webhook.create({
          data: {
            id,
            tenantId,
            url: webhook.url,
            description: webhook.description,
            types: [...webhook.types],
            state: 'enabled',
            secretEncrypted: encrypted(tenantId, id, secret),
            position: await endOfFeed(db, { tenantId }),
            createdAt: now,
          },
        })
        return webhookFrom(row)
      }),
    change(tenantId, id, { url, description, types, state }) {
      return changed(tenantId, id, {
        ...(url !== undefined && { url }),
        ...(description !== undefined && { description }),
        ...(types !== undefined && { types: [...types] }),
        ...(state !== undefined && { state, reason: null, failingSince: null }),
      })
    },
    remove: (tenantId, id) =>
      within(tenantId, async (db) => (await db.webhook.deleteMany({ where: { id, tenantId } })).count > 0),
    rotate: (tenantId, id, secret, earlierUntil) =>
      within(tenantId, async (db) => {
        const row = await db.webhook.findFirst({ where: { id, tenantId } })
        if (!row) return undefined
        return webhookFrom(
          await db.webhook.update({
            where: { id },
            data: {
              secretEncrypted: encrypted(tenantId, id, secret),
              earlierSecretEncrypted: row.secretEncrypted,
              earlierUntil,
            },
          }),
        )
      }),
    ping: (tenantId, id) =>
      within(tenantId, async (db, now) => {
        if (!(await db.webhook.findFirst({ where: { id, tenantId }, select: { id: true } }))) return undefined
        const deliveryId = newId(now)
        const body = messageBody({ id: deliveryId, type: 'webhook.ping', time: now, webhook: id })
        const due = { type: 'webhook.ping', state: 'due', dueAt: now, createdAt: now }
        return deliveryFrom(
          await db.webhookDelivery.create({
            data: { ...due, id: deliveryId, tenantId, webhookId: id, messageId: deliveryId, body },
          }),
        )
      }),
    deliveries: (tenantId, id, { state, before, limit }) =>
      within(tenantId, async (db) => {
        const rows = await db.webhookDelivery.findMany({
          where: { tenantId, webhookId: id, ...(state && { state }), ...(before && { id: { lt: before } }) },
          orderBy: { id: 'desc' },
          take: limit,
        })
        return rows.map(deliveryFrom)
      }),
    redeliver: (tenantId, id, deliveryId) =>
      within(tenantId, async (db, now) => {
        const where = { id: deliveryId, webhookId: id, tenantId }
        const due = { state: 'due', attempt: 0, dueAt: now, lockedUntil: null, deliveredAt: null }
        const { count } = await db.webhookDelivery.updateMany({ where, data: due })
        if (count === 0) return undefined
        return deliveryFrom(await db.webhookDelivery.findUniqueOrThrow({ where: { id: deliveryId } }))
      }),
    replay: (tenantId, id, after) => changed(tenantId, id, { position: after }),
  }
}

const webhookFrom = (row: Prisma.WebhookGetPayload<object>): Webhook => ({
  id: row.id,
  url: row.url,
  description: row.description,
  types: row.types,
  state: row.state === 'enabled' ? 'enabled' : 'disabled',
  reason: row.reason,
  failingSince: row.failingSince,
  earlierSecretUntil: row.earlierUntil,
  createdAt: row.createdAt,
})

const deliveryFrom = (row: Prisma.WebhookDeliveryGetPayload<object>): WebhookDelivery => ({
  id: row.id,
  messageId: row.messageId,
  type: row.type,
  sequence: row.sequence,
  state: row.state as WebhookDelivery['state'],
  attempt: row.attempt,
  nextTry: row.state === 'due' ? row.dueAt : null,
  lastStatus: row.lastStatus,
  lastError: row.lastError,
  lastMs: row.lastMs,
  createdAt: row.createdAt,
  deliveredAt: row.deliveredAt,
})

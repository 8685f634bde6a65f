// Deliveries as workers see them: made from the feed, taken for a while, recorded. Rows are the truth; there is no queue to lose.
import { newId } from '../../flow/id.ts'
import type { Vault } from '../../flow/ports/vault.ts'
import type { ClaimedDelivery, WebhookDeliveries } from '../../flow/ports/webhooks.ts'
import { type Client, type Db, inTransaction } from './client.ts'
import { messageBody, secretContext } from './webhook-message.ts'

export function createWebhookDeliveries(client: Client, vault: Vault, clockOffsetMs = 0): WebhookDeliveries {
  const everywhere = <T>(work: (db: Db, now: Date) => Promise<T>) =>
    inTransaction(client, 'system', work, clockOffsetMs)
  return {
    fanOut: (limit) => everywhere((db, now) => fanOut(db, now, limit)),
    claim: (limit, perWebhook, seconds) =>
      everywhere(async (db, now) => {
        // A few of each webhook, so that one with a long backlog leaves room for the others.
        const rows = await db.$queryRaw<ClaimRow[]>`
          with due as (
            select d.id from webhook w cross join lateral (
              select id, due_at, locked_until from webhook_delivery
              where webhook_id = w.id and state = 'due' and due_at <= ${now} order by due_at limit ${perWebhook}
            ) d
            where w.state = 'enabled' and (d.locked_until is null or d.locked_until < ${now})
            order by d.due_at limit ${limit})
          update webhook_delivery d set attempt = attempt + 1, locked_until = ${new Date(now.getTime() + seconds * 1000)}
          from webhook w
          where w.id = d.webhook_id and d.id in (
            select id from webhook_delivery where id in (select id from due)
              and state = 'due' and (locked_until is null or locked_until < ${now}) for update skip locked)
          returning d.id, d.tenant_id, d.webhook_id, d.message_id, d.body, d.attempt, d.created_at,
            w.url, w.secret_encrypted, w.earlier_secret_encrypted, w.earlier_until`
        return rows.map((row) => claimed(row, vault, now))
      }),
    record: (delivery, outcome, nextTrySeconds) =>
      everywhere(async (db, now) => {
        const { delivered, status, error, ms } = outcome
        const dueAt = new Date(now.getTime() + (nextTrySeconds ?? 0) * 1000)
        await db.webhookDelivery.updateMany({
          // Somebody who took it over meanwhile has another attempt.
          where: { id: delivery.id, attempt: delivery.attempt, state: 'due' },
          data: {
            state: delivered ? 'delivered' : nextTrySeconds === null ? 'dead' : 'due',
            dueAt,
            lockedUntil: null,
            lastStatus: status,
            lastError: error,
            lastMs: ms,
            deliveredAt: delivered ? now : null,
          },
        })
        const { webhookId: id } = delivery
        if (delivered)
          await db.webhook.updateMany({ where: { id, failingSince: { not: null } }, data: { failingSince: null } })
        else await db.webhook.updateMany({ where: { id, failingSince: null }, data: { failingSince: now } })
      }),
    disable: ({ webhookId, tenantId }, reason) =>
      everywhere(async (db, now) => {
        const where = { id: webhookId, state: 'enabled' }
        const { count } = await db.webhook.updateMany({ where, data: { state: 'disabled', reason } })
        if (count === 0) return
        const id = newId(now)
        const told = { type: 'webhook.disabled', state: 'disabled', dedupeKey: `webhook:${webhookId}:${id}` }
        await db.event.create({ data: { ...told, id, tenantId, createdAt: now } })
      }),
    failingFor: ({ webhookId }, seconds) =>
      everywhere(async (db, now) => {
        const before = new Date(now.getTime() - seconds * 1000)
        return (await db.webhook.count({ where: { id: webhookId, failingSince: { lte: before } } })) > 0
      }),
  }
}

type ClaimRow = {
  id: string
  tenant_id: string
  webhook_id: string
  message_id: string
  body: string
  attempt: number
  created_at: Date
  url: string
  secret_encrypted: Uint8Array
  earlier_secret_encrypted: Uint8Array | null
  earlier_until: Date | null
}

function claimed(row: ClaimRow, vault: Vault, now: Date): ClaimedDelivery {
  const context = secretContext(row.tenant_id, row.webhook_id)
  const { earlier_secret_encrypted: earlier, earlier_until: until } = row
  return {
    id: row.id,
    tenantId: row.tenant_id,
    webhookId: row.webhook_id,
    url: row.url,
    messageId: row.message_id,
    body: row.body,
    attempt: row.attempt,
    createdAt: row.created_at,
    secrets: [row.secret_encrypted, ...(earlier && until && until > now ? [earlier] : [])].map((secret) =>
      vault.decrypt(secret, context),
    ),
  }
}

/** Key of the fan-out's advisory lock: "segl" and a number. */
const fanOutLock = 0x7365_676c_03n

/** Up to `limit` events per webhook that is behind; one process at a time. */
async function fanOut(db: Db, now: Date, limit: number): Promise<number> {
  const [lock] = await db.$queryRaw<{ taken: boolean }[]>`select pg_try_advisory_xact_lock(${fanOutLock}) as taken`
  if (!lock?.taken) return 0
  const behind = await db.$queryRaw<{ id: string; tenant_id: string; types: string[]; position: bigint }[]>`
    select w.id, w.tenant_id, w.types, w.position from webhook w
    where w.state = 'enabled' and exists (select from event e where e.tenant_id = w.tenant_id and e.position > w.position)
    order by w.position limit 100 for update`
  let made = 0
  for (const webhook of behind) {
    const events = await db.event.findMany({
      where: { tenantId: webhook.tenant_id, position: { gt: webhook.position } },
      orderBy: { position: 'asc' },
      take: limit,
    })
    const wanted = events.filter(({ type }) => webhook.types.length === 0 || webhook.types.includes(type))
    await db.webhookDelivery.createMany({
      data: wanted.map((event) => ({
        id: newId(now),
        tenantId: webhook.tenant_id,
        webhookId: webhook.id,
        messageId: event.id,
        type: event.type,
        sequence: event.position,
        body: messageBody({
          id: event.id,
          type: event.type,
          time: event.createdAt,
          order: event.orderId,
          signer: event.signerId,
          ...(event.documentId !== null && { document: event.documentId }),
          sequence: Number(event.position),
          state: event.state,
        }),
        state: 'due',
        dueAt: now,
        createdAt: now,
      })),
    })
    await db.webhook.update({
      where: { id: webhook.id },
      data: { position: events.at(-1)?.position ?? webhook.position },
    })
    made += wanted.length
  }
  return made
}

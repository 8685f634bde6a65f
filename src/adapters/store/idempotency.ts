// Idempotency keys as rows: claimed by an insert, taken over after a minute, kept for 30 days.
import { SeglError } from '../../errors.ts'
import type { Claim, ClaimOutcome, IdempotencyKeys, KeptAnswer } from '../../flow/ports/intake.ts'
import { type Client, inTransaction } from './client.ts'
import type { Prisma } from './generated/client.ts'

const inFlightSeconds = 60
const keptDays = 30

export function createIdempotencyKeys(client: Client): IdempotencyKeys {
  const held = ({ tenantId, key, lockedAt }: Claim) => ({ tenantId, key, state: 'inFlight', lockedAt })

  return {
    async claim({ tenantId, key, operation, fingerprint, now }): Promise<ClaimOutcome> {
      const claim: Claim = { tenantId, key, lockedAt: now }
      // A row that another request forgets between our insert and our look makes us begin again.
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const outcome = await inTransaction(client, { tenantId }, async (db): Promise<ClaimOutcome | undefined> => {
          await db.idempotencyKey.deleteMany({ where: { tenantId, key, expiresAt: { lte: now } } })
          const expiresAt = new Date(now.getTime() + keptDays * 86_400_000)
          const { count } = await db.idempotencyKey.createMany({
            data: [{ ...claim, operation, fingerprint, state: 'inFlight', createdAt: now, expiresAt }],
            skipDuplicates: true,
          })
          if (count === 1) return { outcome: 'claimed', claim }
          const row = await db.idempotencyKey.findUnique({ where: { tenantId_key: { tenantId, key } } })
          if (!row) return undefined
          if (row.operation !== operation || row.fingerprint !== fingerprint) return { outcome: 'reused' }
          if (row.state === 'done') return { outcome: 'answered', answer: keptAnswer(row.status, row.response) }
          const left = row.lockedAt.getTime() + inFlightSeconds * 1000 - now.getTime()
          if (left > 0) return { outcome: 'inFlight', retryAfter: Math.ceil(left / 1000) }
          const taken = await db.idempotencyKey.updateMany({
            where: { tenantId, key, state: 'inFlight', lockedAt: row.lockedAt },
            data: { lockedAt: now },
          })
          return taken.count === 1 ? { outcome: 'claimed', claim } : undefined
        })
        if (outcome) return outcome
      }
      return { outcome: 'inFlight', retryAfter: 1 }
    },

    async keep(claim, { status, body, location }) {
      const response: Prisma.InputJsonObject = JSON.parse(JSON.stringify({ body, location }))
      const data = { state: 'done', status, response }
      await inTransaction(client, claim, (db) => db.idempotencyKey.updateMany({ where: held(claim), data }))
    },

    async release(claim) {
      await inTransaction(client, claim, (db) => db.idempotencyKey.deleteMany({ where: held(claim) }))
    },
  }
}

function keptAnswer(status: number | null, response: Prisma.JsonValue): KeptAnswer {
  if (status === null || typeof response !== 'object' || response === null || Array.isArray(response)) {
    throw new SeglError('INTERNAL', 'A kept answer is not readable.')
  }
  const { body, location } = response
  return { status, body, ...(typeof location === 'string' && { location }) }
}

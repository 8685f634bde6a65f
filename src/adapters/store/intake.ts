// Receiving within the story's transaction: uploads, and the answer kept for a repeated request.
import { SeglError } from '../../errors.ts'
import { newId } from '../../flow/id.ts'
import type { Intake, IntakeTx } from '../../flow/ports/intake.ts'
import type { Tx } from '../../flow/ports/store.ts'
import { blobUse } from './blob-use.ts'
import type { Db } from './client.ts'
import type { Prisma } from './generated/client.ts'
import { storedDocumentFrom } from './reading.ts'
import { type StoreOptions, transact } from './transact.ts'

export function createIntake(options: StoreOptions): Intake {
  return {
    transaction: (tenantId, work) =>
      transact(options, tenantId, (tx, db) => work({ ...tx, ...receiving(db, tenantId, tx) })),
  }
}

function receiving(db: Db, tenantId: string, { now }: Tx): Omit<IntakeTx, keyof Tx> {
  const addBlob = async (
    documentId: string,
    number: number,
    kind: string,
    { sha256, size }: { readonly sha256: string; readonly size: number },
  ): Promise<void> => {
    await db.revision.create({
      data: {
        id: newId(now),
        tenantId,
        documentId,
        number,
        kind,
        blobSha256: sha256,
        startOffset: 0n,
        length: BigInt(size),
        fileSha256: sha256,
        createdAt: now,
      },
    })
  }
  return {
    ...blobUse(db),
    async lockDocuments(ids) {
      const wanted = [...new Set(ids)]
      // In id order, so that two orders over the same documents cannot wait for each other.
      await db.$queryRaw`select id from document
        where tenant_id = ${tenantId}::uuid and id = any(${wanted}::uuid[]) order by id for update`
      const rows = await db.document.findMany({ where: { tenantId, id: { in: wanted } }, omit: { appendState: true } })
      return rows.map(storedDocumentFrom)
    },

    async insertDocument({ metadata, preflight, uploadSize, original, ...document }) {
      await db.document.create({
        data: {
          ...document,
          tenantId,
          metadata: json(metadata),
          preflight: json(preflight),
          uploadSize: BigInt(uploadSize),
          ...(original && {
            originalSha256: original.sha256,
            originalSize: BigInt(original.size),
            normalisation: json({ changes: original.changes, fields: original.fields }),
          }),
          createdAt: now,
        },
      })
      if (original) await addBlob(document.id, -1, 'original', original)
      await addBlob(document.id, 0, 'upload', { sha256: document.uploadSha256, size: uploadSize })
    },

    async settle(claim, { status, body, location }) {
      const { count } = await db.idempotencyKey.updateMany({
        where: { tenantId: claim.tenantId, key: claim.key, state: 'inFlight', lockedAt: claim.lockedAt },
        data: { state: 'done', status, response: json({ body, location }) },
      })
      if (count === 1) return
      throw new SeglError('IDEMPOTENCY_IN_FLIGHT', 'Another request with the same key took over. Send it again.', {
        retryAfter: 1,
      })
    },
  }
}

/** A value that JSON.stringify writes without loss. */
const json = (value: object): Prisma.InputJsonObject => JSON.parse(JSON.stringify(value))

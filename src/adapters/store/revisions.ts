// Rows of revisions: those of a file, and what was built for it and rejected.
import { newId } from '../../flow/id.ts'
import type { NewRevision } from '../../flow/ports/writing.ts'
import type { TxInput } from './tx-input.ts'

type Of = Pick<TxInput, 'db' | 'tenantId' | 'now'>
type Row = Omit<NewRevision, 'kind'> & { readonly kind: NewRevision['kind'] | 'rejected' }

export async function insertRevisions(
  { db, tenantId, now }: Of,
  documentId: string,
  revisions: readonly Row[],
): Promise<void> {
  await db.revision.createMany({
    data: revisions.map(({ start, length, ...revision }) => ({
      ...revision,
      id: newId(now),
      tenantId,
      documentId,
      startOffset: BigInt(start),
      length: BigInt(length),
      createdAt: now,
    })),
  })
}

/** -1 is what was sent before it was rewritten. */
const firstRejected = -2

/** The caller holds the order's lock: nobody else takes the same numbers. */
export async function keepRejected(
  of: Of,
  documentId: string,
  revisions: readonly Omit<NewRevision, 'number' | 'kind'>[],
): Promise<void> {
  const { _min } = await of.db.revision.aggregate({
    where: { documentId, tenantId: of.tenantId },
    _min: { number: true },
  })
  const next = Math.min(firstRejected, (_min.number ?? 0) - 1)
  await insertRevisions(
    of,
    documentId,
    revisions.map((revision, index) => ({ ...revision, number: next - index, kind: 'rejected' as const })),
  )
}

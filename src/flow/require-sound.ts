// Nothing counts as finished before our own verifier has passed it: asked between the last time-stamp and the commit, once per document.
import { SeglError } from '../errors.ts'
import { type Archive, revisionRow, type Stored } from './archive.ts'
import { fileParts, fileSize } from './file-parts.ts'
import type { Order, Revision } from './model.ts'
import type { Ports } from './ports/index.ts'
import type { Judgement, Stage } from './ports/verifier.ts'

/** A document with what is to be appended to it, whose bytes are stored and belong to no row yet. */
export type FinishedFile = {
  readonly document: { readonly id: string }
  readonly revisions: readonly Revision[]
  /** Where this step closes the order. */
  readonly seal?: Stored
  readonly archive: Archive
}

const appendedTo = ({ seal, archive }: FinishedFile): readonly Stored[] => (seal ? [seal, archive] : [archive])

/**
 * Throws FINISHED_FILE_REJECTED for a file that our verifier rejects, which no trying mends, and FINISHED_FILE_UNPROVEN for one whose
 * proof is incomplete, which is built anew later. What was built is kept beside the document, and goes when the order goes.
 */
export async function requireSound(
  order: Pick<Order, 'id' | 'tenantId'>,
  files: readonly FinishedFile[],
  stage: Stage,
  ports: Ports,
): Promise<void> {
  for (const one of files) {
    const file = [
      ...fileParts(one.revisions),
      ...appendedTo(one).map(({ blobSha256: sha256, increment }) => ({ sha256, length: increment.length })),
    ]
    const judgement = await ports.verifier.judge({ file, stage, stampedAt: one.archive.stampedAt })
    if (judgement.verdict === 'PASSED') continue
    await keep(order, files, ports)
    throw unsound(one, judgement)
  }
}

/** All documents of the step: those that passed are not used either. */
async function keep(
  { id, tenantId }: Pick<Order, 'id' | 'tenantId'>,
  files: readonly FinishedFile[],
  { store }: Ports,
): Promise<void> {
  await store.transaction(tenantId, async (tx) => {
    // Refuses what has been deleted meanwhile, and orders what runs twice.
    await tx.lock('order', id)
    await tx.order(id)
    for (const one of files) {
      let start = fileSize(one.revisions)
      const rejected = appendedTo(one).map((stored) => {
        const row = revisionRow(stored, start)
        start += stored.increment.length
        return row
      })
      await tx.keepRejected(one.document.id, rejected)
    }
  })
}

function unsound({ document }: FinishedFile, { verdict, check, field, detail }: Judgement): SeglError {
  const where = field === null ? '' : ` at the signature in the field ${field}`
  const found = `${check ?? ''}${where}${detail === null ? '' : `: ${detail.replace(/[.]$/, '')}`}`
  const extra = { check, document: document.id }
  return verdict === 'FAILED'
    ? new SeglError(
        'FINISHED_FILE_REJECTED',
        `Our own verifier rejects the finished document (${found}). It is not given out; the signatures in it are kept, unsealed.`,
        { extra },
      )
    : new SeglError(
        'FINISHED_FILE_UNPROVEN',
        `Our own verifier finds the proof of the finished document incomplete (${found}). It is built anew later.`,
        { extra },
      )
}

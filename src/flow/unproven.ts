// Signatures over which no document time-stamp stands yet: until when they may wait for one.
import type { Order, Revision } from './model.ts'
import type { Tx } from './ports/store.ts'

/** So long a signature may wait for the seal without a document time-stamp over it. */
const unprovenDays = 30
const dayMs = 24 * 3600_000

/**
 * After a signature on documents with these revisions, its own not among them: when it is the first since the last document
 * time-stamp, that is the time to count from. (The next renewal of that time-stamp may be put off by this: what it stands on
 * lasts for two months after that, see renewalDue.)
 */
export async function scheduleAugmentation(
  tx: Tx,
  order: Order,
  files: readonly { readonly revisions: readonly Revision[] }[],
): Promise<void> {
  if (files.some(({ revisions }) => hasUnproven(revisions))) return
  const at = new Date(tx.now.getTime() + unprovenDays * dayMs)
  await tx.schedule({ orderId: order.id, subjectId: order.id, step: 'augment', at })
}

const hasUnproven = (revisions: readonly Revision[]): boolean =>
  revisions
    .slice(revisions.findLastIndex(({ kind }) => kind === 'archive') + 1)
    .some(({ kind }) => kind === 'signature')

// Keeps what is signed provable: new validation data and a document time-stamp before the last one ages, again and again.
import { SeglError } from '../errors.ts'
import { type Archive, archived, firstDue, revisionRow } from './archive.ts'
import { fileParts, fileSize } from './file-parts.ts'
import type { Order, OrderDocument, Revision } from './model.ts'
import { documentsToSign, noTrouble } from './order.ts'
import { requireSound } from './require-sound.ts'
import type { OrderStep } from './story.ts'

type DocumentPlan = { readonly document: OrderDocument; readonly revisions: readonly Revision[] }
type Plan = { readonly order: Order; readonly now: Date; readonly documents: readonly DocumentPlan[] }
type Renewed = { readonly plan: DocumentPlan; readonly archive: Archive }

export const renew: OrderStep<undefined, Plan, readonly Renewed[], undefined> = {
  async begin(tx, { order }) {
    const documents = []
    for (const document of documentsToSign(order)) {
      const revisions = await tx.revisions(document.id)
      // An order that ended before anybody had signed has nothing to keep.
      if (revisions.some(({ kind }) => kind === 'archive')) documents.push({ document, revisions })
    }
    return { order, now: tx.now, documents }
  },

  async act({ order, now, documents }, ports) {
    const renewed: Renewed[] = []
    for (const plan of documents) {
      const file = fileParts(plan.revisions)
      // From the file itself: years later, what was stored beside it may be of another form.
      const { state, token } = await ports.pdf.readArchived({ file })
      if (!token) throw new SeglError('INTERNAL', 'The document has no time-stamp that could be renewed.')
      renewed.push({ plan, archive: await archived(file, state, token, [], now, ports) })
    }
    const files = renewed.map(({ plan: { document, revisions }, archive }) => ({ document, revisions, archive }))
    await requireSound(order, files, 'closed', ports)
    return renewed
  },

  async commit(tx, { order }, renewed) {
    for (const { plan, archive } of renewed) {
      const base = plan.document.revision
      const appended = await tx.appendRevisions({
        document: plan.document,
        base,
        revisions: [{ ...revisionRow(archive, fileSize(plan.revisions)), number: base + 1, kind: 'archive' }],
        appendState: archive.state,
      })
      if (!appended) throw new SeglError('STATE_CONFLICT', 'The document has gone on while it was being renewed.')
    }
    await tx.updateOrder(order.id, noTrouble)
    const next = firstDue(renewed.map(({ archive }) => archive.renewal))
    if (!next) {
      await tx.finishTask('renew', order.id)
      return { trail: [], answer: undefined }
    }
    await tx.schedule({ orderId: order.id, subjectId: order.id, step: 'renew', at: next })
    const part = String(Math.max(...renewed.map(({ plan }) => plan.document.revision + 1)))
    await tx.emit({ orderId: order.id, type: 'order.renewed', state: order.state, part })
    return {
      trail: [
        {
          type: 'order.renewed',
          actor: 'system',
          data: {
            documents: renewed.map(({ plan, archive }) => ({
              document: plan.document.id,
              revision: plan.document.revision + 1,
              revisionSha256: archive.fileSha256,
            })),
            next: next.toISOString(),
          },
        },
      ],
      answer: undefined,
    }
  },
}

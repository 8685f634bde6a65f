// Appends the signature sheet, the audit sheet and the empty slots to every document that is to be signed (revision 1). What others
// have signed already gets none of that: its fields come into being with their signatures, and revision 1 is the first of these.

import type { SheetsInput } from '../sheet/index.ts'
import { fileParts, fileSize } from './file-parts.ts'
import type { Order, OrderDocument, Revision } from './model.ts'
import { documentsToSign, noTrouble } from './order.ts'
import { placementIn } from './placements.ts'
import type { Appended } from './ports/pdf-work.ts'
import type { OrderStep } from './story.ts'

type Plan = readonly {
  readonly document: OrderDocument
  readonly revisions: readonly Revision[]
  readonly sheets: SheetsInput
}[]
type Result = readonly { readonly appended: Appended; readonly blobSha256: string | null }[]

const isPrepared = ({ increment }: Appended): boolean => increment.length > 0

export const prepare: OrderStep<undefined, Plan, Result, undefined> = {
  async begin(tx, { order }) {
    const plan = []
    for (const document of documentsToSign(order)) {
      plan.push({ document, revisions: await tx.revisions(document.id), sheets: sheetsOf(order, document) })
    }
    return plan
  },

  async act(plan, { pdf, blobs }) {
    const results = []
    for (const { revisions, sheets } of plan) {
      const appended = await pdf.prepare({ file: fileParts(revisions), sheets })
      results.push({ appended, blobSha256: isPrepared(appended) ? await blobs.put(appended.increment) : null })
    }
    return results
  },

  async commit(tx, { order }, results, plan) {
    for (const [index, { document, revisions }] of plan.entries()) {
      const result = results[index]
      if (!result) continue
      await tx.appendRevisions({
        document,
        base: 0,
        revisions:
          result.blobSha256 === null ? [] : [preparedRow(result.appended, result.blobSha256, fileSize(revisions))],
        appendState: result.appended.state,
      })
    }
    await tx.updateOrder(order.id, { ...noTrouble, state: 'prepared' })
    await tx.finishTask('prepare', order.id)
    await tx.schedule({ orderId: order.id, subjectId: order.id, step: 'invite' })
    return {
      trail: [
        {
          type: 'order.prepared',
          actor: 'system',
          data: {
            documents: plan.map(({ document, sheets }, index) => ({
              document: document.id,
              uploadSha256: document.uploadSha256,
              preparedSha256: results[index]?.appended.fileSha256,
              ...toBeShown(sheets, results[index]?.appended),
            })),
          },
        },
      ],
      answer: undefined,
    }
  },
}

const preparedRow = ({ increment, fileSha256 }: Appended, blobSha256: string, start: number) => ({
  number: 1,
  kind: 'prepared' as const,
  blobSha256,
  start,
  length: increment.length,
  fileSha256,
  signatureId: null,
})

/** Where fields of signatures come to lie that the prepared revision does not have yet: the verifier looks for them there. */
function toBeShown({ slots }: SheetsInput, appended: Appended | undefined) {
  const later = (appended?.state.slots ?? []).filter(({ object, rotation }) => object === 0 && rotation !== undefined)
  if (later.length === 0) return undefined
  const pageOf = (slot: number) => slots.find((one) => one.slot === slot)?.shownAt?.page
  return { shown: later.map(({ slot, name, rect }) => ({ field: name, page: pageOf(slot), rect })) }
}

/** What the sheets of a document say. */
const sheetsOf = (order: Order, document: OrderDocument): SheetsInput => ({
  language: order.language,
  orderId: order.id,
  reference: order.reference,
  organisation: order.organisation,
  title: document.title,
  kind: document.kind,
  pages: document.pages,
  uploadSize: document.uploadSize,
  uploadSha256: document.uploadSha256,
  ...(document.original && { originalSha256: document.original.sha256 }),
  slots: Array.from({ length: order.slots }, (_, index) => {
    const signer = order.signers.find(({ slot }) => slot === index + 1)
    const shownAt = placementIn(signer?.placements, document.id)
    return {
      slot: index + 1,
      role: signer?.role ?? null,
      onBehalfOf: signer?.onBehalfOf ?? null,
      ...(shownAt && { shownAt }),
    }
  }),
})

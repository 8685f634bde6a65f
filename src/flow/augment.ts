// An order that stays open for long: what is signed so far is proven before the others sign, with its validation data and a document
// time-stamp between the signatures (EN 319 142-1 § 5.4.3). The slots of the others stay as they are.
import { SeglError } from '../errors.ts'
import type { AppendState } from '../kernel/pades/index.ts'
import { type Archive, archived, firstDue, ofEarlierArchive, revisionRow } from './archive.ts'
import { leaseSeconds } from './build-turn.ts'
import { fileParts, fileSize } from './file-parts.ts'
import type { Order, OrderDocument, Revision, SignatureAct } from './model.ts'
import { documentsToSign, noTrouble } from './order.ts'
import type { StoredValidation, Tx } from './ports/store.ts'
import { requireSound } from './require-sound.ts'
import type { OrderStep } from './story.ts'
import { isSigning } from './turn.ts'

type DocumentPlan = {
  readonly document: OrderDocument
  readonly revisions: readonly Revision[]
  readonly state: AppendState
  /** Time-stamp of its newest signature: the authority that issues the next will most likely be the same. */
  readonly token: Uint8Array
}
type Plan = {
  readonly order: Order
  readonly now: Date
  readonly documents: readonly DocumentPlan[]
  readonly validation: readonly StoredValidation[]
}
type Augmented = { readonly plan: DocumentPlan; readonly archive: Archive }

export const augment: OrderStep<undefined, Plan, readonly Augmented[], undefined> = {
  async begin(tx, { order }) {
    const documents = (await isTaken(tx, order)) ? [] : await signedDocuments(tx, order)
    return { order, now: tx.now, documents, validation: await tx.validationData(order.id) }
  },

  async act({ order, now, documents, validation }, ports) {
    const augmented: Augmented[] = []
    for (const plan of documents) {
      const { revisions, state, token } = plan
      const file = fileParts(revisions)
      const material = [...validation, ...(await ofEarlierArchive(file, revisions, now, ports))]
      augmented.push({ plan, archive: await archived(file, state, token, material, now, ports) })
    }
    const files = augmented.map(({ plan: { document, revisions }, archive }) => ({ document, revisions, archive }))
    await requireSound(order, files, 'open', ports)
    return augmented
  },

  async commit(tx, { order }, augmented) {
    // Whoever is at BankID approves a revision on the one that he saw: he goes first.
    if (augmented.length === 0 || (await isTaken(tx, order))) {
      const at = new Date(tx.now.getTime() + leaseSeconds * 1000)
      await tx.schedule({ orderId: order.id, subjectId: order.id, step: 'augment', at })
      return { trail: [], answer: undefined }
    }
    for (const { plan, archive } of augmented) {
      const base = plan.revisions.at(-1)?.number ?? 0
      const appended = await tx.appendRevisions({
        document: plan.document,
        base,
        revisions: [{ ...revisionRow(archive, fileSize(plan.revisions)), number: base + 1, kind: 'archive' }],
        appendState: archive.state,
      })
      if (!appended) throw goneOn()
    }
    // A lease that was taken since locks the same rows as the revisions above: from here on nobody builds on what was before.
    if (await isTaken(tx, order)) throw goneOn()
    await tx.updateOrder(order.id, noTrouble)
    const next = firstDue(augmented.map(({ archive }) => archive.renewal))
    if (next) await tx.schedule({ orderId: order.id, subjectId: order.id, step: 'augment', at: next })
    else await tx.finishTask('augment', order.id)
    return {
      trail: [
        {
          type: 'order.augmented',
          actor: 'system',
          data: {
            documents: augmented.map(({ plan, archive }) => ({
              document: plan.document.id,
              revision: (plan.revisions.at(-1)?.number ?? 0) + 1,
              revisionSha256: archive.fileSha256,
            })),
          },
        },
      ],
      answer: undefined,
    }
  },
}

/** Whether somebody holds a document for his signature, or has approved one that is not in it yet. */
async function isTaken(tx: Tx, order: Order): Promise<boolean> {
  for (const signer of order.signers) if (await isSigning(tx, signer)) return true
  const ids = documentsToSign(order).map(({ id }) => id)
  // No ceremony has the order's id: whoever holds a lease counts.
  return (await tx.busyDocuments(ids, order.id)).length > 0
}

async function signedDocuments(tx: Tx, order: Order): Promise<readonly DocumentPlan[]> {
  const acts = await tx.signatures({ orderId: order.id })
  const documents = []
  for (const document of documentsToSign(order)) {
    const [revisions, state] = [await tx.revisions(document.id), await tx.appendState(document.id)]
    const token = newestToken(acts.filter(({ documentId }) => documentId === document.id))
    if (state && token) documents.push({ document, revisions, state, token })
  }
  return documents
}

const newestToken = (acts: readonly SignatureAct[]): Uint8Array | undefined =>
  acts
    .filter(({ state, timestampAt }) => state === 'embedded' && timestampAt !== null)
    .sort((a, b) => Number(a.timestampAt) - Number(b.timestampAt))
    .at(-1)?.timestampToken ?? undefined

const goneOn = (): SeglError =>
  new SeglError('STATE_CONFLICT', 'The document has gone on while its signatures were being proven.')

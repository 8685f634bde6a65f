// Closes the order: the organisation's seal whose appearance is the audit sheet, one DSS for everything, document time-stamp.
import { createHash } from 'node:crypto'
import { sameLetters } from '../accounting/same-name.ts'
import { SeglError } from '../errors.ts'
import { buildSignedAttributes, buildSignedData } from '../kernel/cms/index.ts'
import { canonicalJson } from '../kernel/evidence/index.ts'
import type { AppendState } from '../kernel/pades/index.ts'
import { nameAttribute, parseCertificate } from '../kernel/x509/index.ts'
import type { AuditAppearanceInput, AuditSigner } from '../sheet/index.ts'
import { type Archive, archived, firstDue, ofEarlierArchive, revisionRow, type Stored, store } from './archive.ts'
import { fileParts, fileSize } from './file-parts.ts'
import type { Ceremony, Order, OrderDocument, Outcome, Revision, SignatureAct, Signer } from './model.ts'
import { documentsToSign, noTrouble } from './order.ts'
import type { Ports } from './ports/index.ts'
import type { StoredValidation, TrailEvent } from './ports/store.ts'
import { requireSound } from './require-sound.ts'
import { sheetEvents } from './sheet-events.ts'
import type { OrderStep } from './story.ts'
import { scheduleTelling } from './tell-sender.ts'
import { storedValidation } from './validation-data.ts'

type DocumentPlan = {
  readonly document: OrderDocument
  /** In the order in which they signed. */
  readonly signers: readonly AuditSigner[]
  /** Time of each signer's time-stamp in this document. */
  readonly signedAt: ReadonlyMap<string, Date>
  readonly revisions: readonly Revision[]
  readonly state: AppendState
}
type Plan = {
  readonly order: Order
  readonly now: Date
  readonly documents: readonly DocumentPlan[]
  readonly trail: readonly TrailEvent[]
  readonly validation: readonly StoredValidation[]
}
type Finished = { readonly plan: DocumentPlan; readonly seal: Stored; readonly archive: Archive }

export const seal: OrderStep<undefined, Plan, readonly Finished[], undefined> = {
  async begin(tx, { order }) {
    const signed = []
    for (const signer of order.signers) {
      const ceremony = signer.state === 'signed' ? await tx.liveCeremony(signer.id) : undefined
      if (!ceremony) continue
      const acts = await tx.signatures({ ceremonyId: ceremony.id, signerId: signer.id })
      signed.push({ signer, ceremony, acts: acts.filter(({ state }) => state === 'embedded') })
    }
    const documents = []
    for (const document of documentsToSign(order)) {
      const state = await tx.appendState(document.id)
      if (!state)
        throw new SeglError('STATE_CONFLICT', 'The document is not prepared.', { extra: { state: order.state } })
      const here = signed.flatMap(({ signer, ceremony, acts }) =>
        acts.filter(({ documentId }) => documentId === document.id).map((act) => auditSigner(signer, ceremony, act)),
      )
      const signers = here.map(([, one]) => one).sort((a, b) => a.signedAt.getTime() - b.signedAt.getTime())
      const signedAt = new Map(here.map(([id, one]) => [id, one.signedAt]))
      documents.push({ document, signers, signedAt, revisions: await tx.revisions(document.id), state })
    }
    return {
      order,
      now: tx.now,
      documents,
      trail: await tx.trail(order.id),
      validation: await tx.validationData(order.id),
    }
  },

  async act(plan, ports) {
    const finished: Finished[] = []
    for (const document of plan.documents) finished.push(await closeDocument(document, plan, ports))
    const files = finished.map(({ plan: { document, revisions }, ...built }) => ({ document, revisions, ...built }))
    await requireSound(plan.order, files, 'closed', ports)
    return finished
  },

  async commit(tx, { order }, finished) {
    for (const { plan, seal: sealed, archive } of finished) {
      const base = plan.document.revision
      const start = fileSize(plan.revisions)
      const appended = await tx.appendRevisions({
        document: plan.document,
        base,
        revisions: [
          { ...revisionRow(sealed, start), number: base + 1, kind: 'seal' },
          { ...revisionRow(archive, start + sealed.increment.length), number: base + 2, kind: 'archive' },
        ],
        appendState: archive.state,
      })
      if (!appended) throw new SeglError('STATE_CONFLICT', 'The document has gone on while it was being sealed.')
    }
    const outcome: Outcome = order.outcome ?? 'completed'
    await tx.updateOrder(order.id, {
      ...noTrouble,
      state: outcome,
      completedAt: tx.now,
    })
    await tx.finishTask('seal', order.id)
    const due = firstDue(finished.map(({ archive }) => archive.renewal))
    if (due) await tx.schedule({ orderId: order.id, subjectId: order.id, step: 'renew', at: due })
    await tx.emit({ orderId: order.id, type: `order.${outcome}`, state: outcome })
    await scheduleTelling(tx, order, outcome)
    return {
      trail: [
        {
          type: 'order.sealed',
          actor: 'system',
          data: {
            outcome,
            documents: finished.map(({ plan, archive }) => ({
              document: plan.document.id,
              revision: plan.document.revision + 2,
              signedSha256: archive.fileSha256,
            })),
          },
        },
      ],
      answer: undefined,
    }
  },
}

function auditSigner(
  signer: Signer,
  ceremony: Ceremony,
  { timestampAt: signedAt }: SignatureAct,
): readonly [id: string, AuditSigner] {
  const certificate = ceremony.certificates[0]
  if (!certificate || !signedAt) {
    throw new SeglError('CERTIFICATE_INVALID', 'A signature has no certificate or no time-stamp on record.')
  }
  const { serialNumber, issuer } = parseCertificate(certificate)
  return [
    signer.id,
    {
      name: signer.signedName ?? signer.name,
      ...(signer.signedName !== null && !sameLetters(signer.name, signer.signedName) && { orderedName: signer.name }),
      role: signer.role,
      onBehalfOf: signer.onBehalfOf,
      signedAt,
      level: ceremony.identity?.level ?? signer.level,
      certificate: { serial: serialNumber, issuer: nameAttribute(issuer, 'CN') ?? '' },
    },
  ]
}

async function closeDocument(document: DocumentPlan, plan: Plan, ports: Ports): Promise<Finished> {
  const key = await ports.sealKey()
  const [leaf, ...chain] = key.certificates
  if (!leaf) throw new SeglError('CERTIFICATE_INVALID', 'The seal key has no certificate.')
  const base = fileParts(document.revisions)

  const sealHole = await ports.pdf.beginSeal({
    file: base,
    state: document.state,
    look: auditLook(document, plan, key.organisation),
    claimedTime: plan.now,
    trail: canonicalJson({ order: plan.order.id, events: plan.trail.map(machineReadable) }),
    hole: { certificates: key.certificates, algorithm: key.algorithm },
  })
  const signedAttributes = buildSignedAttributes({
    contentDigest: Buffer.from(sealHole.documentDigest, 'base64'),
    digestAlgorithm: 'sha256',
    signingCertificate: leaf,
  })
  const signature = await key.sign(signedAttributes)
  const stamp = await ports.timestamps.timestamp(createHash('sha256').update(signature).digest())
  const cms = buildSignedData({
    digestAlgorithm: 'sha256',
    signatureAlgorithm: key.algorithm,
    signedAttributes,
    signature,
    signingCertificate: leaf,
    certificates: chain,
    timestampToken: stamp.token,
  })
  const sealed = await store(
    await ports.pdf.complete({ file: base, toBeSigned: sealHole, cms, signingCertificate: leaf }),
    ports,
  )
  const withSeal = [...base, { sha256: sealed.blobSha256, length: sealed.increment.length }]

  const own = await ports.revocation.validationData({ certificate: leaf, candidates: chain, at: plan.now })
  // A document time-stamp between the signatures is proven by the last one, with what is known of its authority by now.
  const between = await ofEarlierArchive(base, document.revisions, plan.now, ports)
  const archive = await archived(
    withSeal,
    sealed.state,
    stamp.token,
    [...plan.validation, ...storedValidation([own]), ...between],
    plan.now,
    ports,
  )
  return { plan: document, seal: sealed, archive }
}

const auditLook = (
  { document, revisions, signers, signedAt }: DocumentPlan,
  { order, trail }: Plan,
  organisation: string,
): AuditAppearanceInput => ({
  language: order.language,
  orderId: order.id,
  reference: order.reference,
  organisation: order.organisation,
  outcome: order.outcome ?? 'completed',
  title: document.title,
  kind: document.kind,
  pages: document.pages,
  uploadSha256: document.uploadSha256,
  ...(document.original && { originalSha256: document.original.sha256 }),
  signedSha256: revisions.at(-1)?.fileSha256 ?? document.uploadSha256,
  signers,
  notSigned: order.signers
    .filter(({ state }) => state !== 'signed' && state !== 'replaced')
    .map(({ name, role }) => ({ name, role })),
  events: sheetEvents(order, trail, signedAt),
  trailHead: trail.at(-1)?.hash ?? '',
  sealOrganisation: organisation,
})

/** A trail event as a holder of the file can recompute it; names stay in the signatures' certificates. */
const machineReadable = ({ sequence, time, type, actor, data, previous, hash }: TrailEvent) => ({
  sequence,
  time: time.toISOString(),
  type,
  actor,
  data,
  previous,
  hash,
})

// Orders, documents and trails in the shape that the API gives them.
import type { Overridden } from '../accounting/judge.ts'
import { retentionReason } from '../accounting/retention.ts'
import { isSeglError } from '../errors.ts'
import { mandateOf, retentionOfOrder } from '../flow/accounting-rules.ts'
import { comparedWith } from '../flow/identity-check.ts'
import type { Order, Original, Revision, Signer } from '../flow/model.ts'
import { isSettled } from '../flow/order.ts'
import type { FeedEvent, OrderSummary, StoredDocument } from '../flow/ports/reading.ts'
import type { TrailEvent } from '../flow/ports/store.ts'
import type { FailingStep } from '../flow/ports/tasks.ts'
import type { AuditBody } from './schemas/audit.ts'
import type { DocumentBody } from './schemas/documents.ts'
import type { OrderBody } from './schemas/orders.ts'

/** Makes the signing link of a signer; undefined for callers who may not have it. */
export type LinkOf = (signer: Signer) => string

export function orderView(
  order: Order,
  simulated: boolean,
  linkOf?: LinkOf,
  failing: readonly FailingStep[] = [],
): OrderBody {
  return {
    id: order.id,
    state: order.state,
    outcome: order.outcome,
    kind: order.kind,
    title: order.title,
    reference: order.reference,
    language: order.language,
    organisation: order.organisation,
    documents: order.documents.map(({ id, role, title, fileName, uploadSha256, metadata }) => ({
      id,
      role,
      title,
      fileName,
      sha256: uploadSha256,
      metadata,
    })),
    signers: order.signers.map((signer) => signerView(order, signer, linkOf)),
    groups: order.groups.map(({ number, required }) => ({ number, required })),
    returnUrl: order.returnUrl,
    activateAt: instant(order.activateAt),
    deadline: instant(order.deadline),
    reminders: order.reminders,
    onNameMismatch: order.onNameMismatch,
    replaces: order.replacesId,
    replacedBy: order.replacedById,
    notify: order.notify && { ...order.notify, states: [...order.notify.states] },
    warnings: order.accounting.warnings.map((warning) => ({ ...warning })),
    overrides: order.accounting.overridden.map(overriddenView),
    retention: retentionView(order),
    sealing: {
      attempt: order.attempt,
      lastError:
        order.lastErrorCode === null
          ? null
          : { code: order.lastErrorCode, detail: order.lastError ?? order.lastErrorCode },
      nextTry: instant(order.nextTry),
    },
    failures: failing.map(failureView),
    simulated,
    createdAt: order.createdAt.toISOString(),
    completedAt: instant(order.completedAt),
  }
}

const identityCheckView = ({ identityCheck }: Pick<Signer, 'identityCheck'>) =>
  identityCheck && { ...identityCheck, differs: [...identityCheck.differs] }

const failureView = ({ step, signerId, failureClass, code, detail, check, attempt, nextTry }: FailingStep) => ({
  step,
  signer: signerId,
  class: failureClass,
  code,
  detail,
  check,
  attempt,
  nextTry: instant(nextTry),
})

function signerView(order: Order, signer: Signer, linkOf: LinkOf | undefined): OrderBody['signers'][number] {
  const { authority, amountLimit } = mandateOf(order, signer)
  return {
    id: signer.id,
    state: signer.state,
    role: signer.role,
    group: signer.group,
    name: signer.name,
    person: { matchedBy: comparedWith(signer), birthDate: signer.birthDate },
    level: signer.level,
    methods: [...signer.methods],
    language: signer.language,
    email: signer.email,
    mayDelegate: signer.mayDelegate,
    signaturePlacements: (signer.placements ?? []).map((place) => ({ ...place })),
    replaces: signer.replacesId,
    invitedAt: instant(signer.invitedAt),
    remindersSent: signer.remindersSent,
    identityCheck: identityCheckView(signer),
    onBehalfOf: signer.onBehalfOf,
    authority: authority ?? null,
    amountLimit: amountLimit ?? null,
    signedName: signer.signedName,
    signedAt: instant(signer.signedAt),
    reasonCode: signer.reasonCode,
    reason: signer.reason,
    ...(linkOf && !isSettled(signer) && { url: linkOf(signer) }),
  }
}

export const overriddenView = ({ rule, reason, findings }: Overridden): OrderBody['overrides'][number] => ({
  rule,
  reason,
  findings: findings.map((finding) => ({ ...finding })),
})

function retentionView(order: Order): OrderBody['retention'] {
  const retention = readableRetention(order)
  return retention ? { until: retention.until, reason: retentionReason(retention, order.language) } : null
}

export function orderSummaryView(order: OrderSummary) {
  const { createdAt, updatedAt, completedAt, ...rest } = order
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    completedAt: instant(completedAt),
  }
}

export function revisionView(revision: Revision): DocumentBody['revisions'][number] {
  const { number, kind, start, length, blobSha256, fileSha256, createdAt } = revision
  return { number, kind, start, length, sha256: blobSha256, fileSha256, createdAt: createdAt.toISOString() }
}

const originalView = (original: Original | null): DocumentBody['original'] =>
  original && { ...original, changes: [...original.changes] }

export function documentView(document: StoredDocument, revisions: readonly Revision[]): DocumentBody {
  const { findings, pages } = document.preflight
  return {
    id: document.id,
    order: document.orderId,
    kind: document.kind,
    title: document.title,
    fileName: document.fileName,
    language: document.language,
    sha256: document.uploadSha256,
    size: document.uploadSize,
    original: originalView(document.original),
    pages: typeof pages === 'number' ? pages : 0,
    metadata: document.metadata,
    findings: Array.isArray(findings) ? findings : [],
    revisions: revisions.map(revisionView),
    sealed: revisions.some(({ kind }) => kind === 'seal'),
    createdAt: document.createdAt.toISOString(),
  }
}

export function auditView(
  order: Order,
  revisions: ReadonlyMap<string, readonly Revision[]>,
  trail: readonly TrailEvent[],
  simulated: boolean,
): AuditBody {
  return {
    order: {
      id: order.id,
      state: order.state,
      outcome: order.outcome,
      kind: order.kind,
      title: order.title,
      reference: order.reference,
      organisation: order.organisation,
      createdAt: order.createdAt.toISOString(),
      completedAt: instant(order.completedAt),
    },
    documents: order.documents.map(({ id, role, title, fileName, uploadSha256, uploadSize, original }) => ({
      id,
      role,
      title,
      fileName,
      sha256: uploadSha256,
      size: uploadSize,
      original: originalView(original),
      revisions: (revisions.get(id) ?? []).map(revisionView),
    })),
    signers: order.signers.map(({ id, role, group, state, name, signedName, onBehalfOf, level, ...signer }) => ({
      id,
      role,
      group,
      state,
      name,
      signedName,
      onBehalfOf,
      level,
      replaces: signer.replacesId,
      identityCheck: identityCheckView(signer),
      signedAt: instant(signer.signedAt),
    })),
    events: trail.map(({ sequence, time, type, actor, data, personal, salt, previous, hash }) => ({
      sequence,
      time: time.toISOString(),
      type,
      actor,
      data,
      personal,
      salt,
      previous,
      hash,
    })),
    simulated,
  }
}

export function feedEventView(event: FeedEvent) {
  return {
    id: event.id,
    sequence: Number(event.position),
    type: event.type,
    order: event.orderId,
    signer: event.signerId,
    ...(event.documentId !== null && { document: event.documentId }),
    state: event.state,
    time: event.createdAt.toISOString(),
  }
}

const instant = (time: Date | null): string | null => time?.toISOString() ?? null

/** Metadata that was stored before a rule was tightened must not keep an order from being read; deleting still insists. */
function readableRetention(order: Order): ReturnType<typeof retentionOfOrder> {
  try {
    return retentionOfOrder(order)
  } catch (error) {
    if (isSeglError(error)) return undefined
    throw error
  }
}

// From rows to the nouns of the story.
import { SeglError } from '../../errors.ts'
import type {
  Accounting,
  Ceremony,
  CeremonyState,
  DocumentKind,
  FailureClass,
  GroupRule,
  Identity,
  IdentityCheck,
  IdentityClaim,
  Language,
  Level,
  LoginMethod,
  NameMismatchPolicy,
  Order,
  OrderDocument,
  OrderState,
  Outcome,
  Placement,
  Reminders,
  Revision,
  SenderMail,
  SignatureAct,
  Signer,
  SignerState,
  SigningSession,
} from '../../flow/model.ts'
import type { TrailEvent } from '../../flow/ports/store.ts'
import type { Vault } from '../../flow/ports/vault.ts'
import type { Prisma } from './generated/client.ts'

// Columns with a CHECK constraint hold only values of these unions (prisma/migrations).
type OrderRow = Prisma.SigningOrderGetPayload<{ include: { documents: true; signers: true } }>
type DocumentRow = OrderRow['documents'][number]
type SignerRow = OrderRow['signers'][number]

export const orderInclude = {
  documents: { orderBy: { position: 'asc' } },
  signers: { orderBy: { position: 'asc' } },
} as const satisfies Prisma.SigningOrderInclude

/** Of orders from before there were rules. */
const noAccounting: Accounting = { warnings: [], overridden: [], mandates: [] }

/** @throws SeglError ORDER_DELETED once the order's deletion has begun: what is still there is on its way out */
export function refuseDeleted(row: { readonly deletionBegunAt: Date | null } | null | undefined): void {
  if (!row?.deletionBegunAt) return
  throw new SeglError('ORDER_DELETED', 'The order was deleted. Its trail can still be read.', {
    extra: { deletedAt: row.deletionBegunAt.toISOString() },
  })
}

export function orderFrom(row: OrderRow): Order {
  return {
    id: row.id,
    tenantId: row.tenantId,
    kind: row.kind as DocumentKind,
    title: row.title,
    reference: row.reference,
    language: row.language as Language,
    year: row.year,
    organisation:
      row.organisationNumber === null
        ? null
        : { number: row.organisationNumber, name: row.organisationName ?? row.organisationNumber },
    state: row.state as OrderState,
    outcome: row.outcome as Outcome | null,
    epoch: row.epoch,
    returnUrl: row.returnUrl,
    deadline: row.deadline,
    activateAt: row.activateAt,
    // Written by us as the story made them.
    groups: row.groups as object as readonly GroupRule[],
    reminders: row.reminders as Reminders | null,
    onNameMismatch: row.onNameMismatch as NameMismatchPolicy,
    replacesId: row.replacesId,
    replacedById: row.replacedById,
    notify: row.notify as SenderMail | null,
    accounting: { ...noAccounting, ...(row.accounting as object as Partial<Accounting>) },
    slots: row.slots,
    attempt: row.attempt,
    lastErrorCode: row.lastErrorCode,
    lastError: row.lastError,
    nextTry: row.nextTry,
    failureClass: row.failureClass as FailureClass | null,
    trailSequence: row.trailSequence,
    trailHead: row.trailHead,
    createdAt: row.createdAt,
    completedAt: row.completedAt,
    documents: row.documents.map(documentFrom),
    signers: row.signers.map(signerFrom),
  }
}

/** Revisions that make up the file: all but what was sent before it was rewritten. */
export const ofTheFile = { number: { gte: 0 } } as const

export function originalFrom(
  row: Pick<DocumentRow, 'originalSha256' | 'originalSize' | 'normalisation'>,
): OrderDocument['original'] {
  if (row.originalSha256 === null) return null
  const done = row.normalisation as { readonly changes: readonly string[]; readonly fields: number } | null
  return {
    sha256: row.originalSha256,
    size: Number(row.originalSize),
    changes: done?.changes ?? [],
    fields: done?.fields ?? 0,
  }
}

export function documentFrom(row: DocumentRow): OrderDocument {
  if (row.orderId === null) throw new SeglError('STATE_CONFLICT', 'The document belongs to no order.')
  return {
    id: row.id,
    orderId: row.orderId,
    role: row.role as OrderDocument['role'],
    position: row.position,
    kind: row.kind as DocumentKind,
    title: row.title,
    fileName: row.fileName,
    metadata: row.metadata as Record<string, unknown>,
    uploadSha256: row.uploadSha256,
    uploadSize: Number(row.uploadSize),
    original: originalFrom(row),
    pages: row.pages,
    revision: row.revision,
    epoch: row.epoch,
  }
}

export function signerFrom(row: SignerRow): Signer {
  return {
    id: row.id,
    orderId: row.orderId,
    state: row.state as SignerState,
    epoch: row.epoch,
    position: row.position,
    group: row.groupNumber,
    role: row.role,
    name: row.name,
    personHmac: row.personHmac,
    birthDate: row.birthDate?.toISOString().slice(0, 10) ?? null,
    anyone: row.anyone,
    onBehalfOf: row.onBehalfOf,
    level: row.level as Level,
    methods: row.methods as LoginMethod[],
    language: row.language as Language,
    email: row.email,
    mayDelegate: row.mayDelegate,
    replacesId: row.replacesId,
    invitedAt: row.invitedAt,
    remindersSent: row.remindersSent,
    toldAt: row.toldAt,
    // Written by us as the story made it.
    identityCheck: row.identityCheck as IdentityCheck | null,
    identityClaim: claimFrom(row),
    slot: row.slot ?? 0,
    placements: row.placements as object as Placement[],
    linkVersion: row.linkVersion,
    reasonCode: row.reasonCode,
    reason: row.reason,
    signedName: row.signedName,
    signedAt: row.signedAt,
  }
}

function claimFrom({ claimSubject: subject, claimDecision: decision }: SignerRow): IdentityClaim | null {
  return subject === null || decision === null ? null : { subject, decision: decision as IdentityClaim['decision'] }
}

export const revisionFrom = (row: Prisma.RevisionGetPayload<object>): Revision => ({
  number: row.number,
  kind: row.kind as Revision['kind'],
  blobSha256: row.blobSha256,
  start: Number(row.startOffset),
  length: Number(row.length),
  fileSha256: row.fileSha256,
  createdAt: row.createdAt,
})

/** Context under which the vault seals a ceremony's fields: a ciphertext moved to another row does not open. */
export const ceremonyContext = (id: string, field: string): string => `ceremony:${id}:${field}`

export function ceremonyFrom(row: Prisma.CeremonyGetPayload<object>, vault: Vault): Ceremony {
  const open = (field: string, value: Uint8Array | null): string | null =>
    value === null ? null : vault.decrypt(value, ceremonyContext(row.id, field))
  const identity = open('identity', row.identityEncrypted)
  return {
    id: row.id,
    tenantId: row.tenantId,
    orderId: row.orderId,
    signerId: row.signerId,
    state: row.state as CeremonyState,
    browserHash: row.browserHash,
    oauthState: row.oidcState,
    nonce: row.oidcNonce,
    codeVerifier: open('codeVerifier', row.codeVerifierEncrypted) ?? '',
    redirectKind: row.redirectKind as Ceremony['redirectKind'],
    language: row.language as Language,
    identity: identity === null ? null : identityFrom(identity),
    serviceToken: open('serviceToken', row.serviceTokenEncrypted),
    credentialId: row.credentialId,
    certificates: row.certificateChain,
    certificateNotAfter: row.certificateNotAfter,
    signAlgorithm: row.signAlgorithm,
    multisign: row.multisign,
    chosenAt: row.chosenAt,
    fencing: row.fencing,
    expiresAt: row.expiresAt,
    voidReason: row.voidReason,
  }
}

function identityFrom(json: string): Identity {
  const stored = JSON.parse(json) as Omit<Identity, 'authenticatedAt'> & { authenticatedAt: string }
  return { ...stored, authenticatedAt: new Date(stored.authenticatedAt) }
}

export const signingSessionFrom = (row: Prisma.SigningSessionGetPayload<object>): SigningSession => ({
  ...row,
  language: row.language as Language,
})

export function signatureFrom(row: Prisma.SignatureGetPayload<object>): SignatureAct {
  return {
    id: row.id,
    orderId: row.orderId,
    documentId: row.documentId,
    signerId: row.signerId ?? '',
    ceremonyId: row.ceremonyId ?? '',
    slot: row.slot ?? 0,
    baseRevision: row.baseRevision,
    // Written by us as the kernel made it.
    toBeSigned: row.toBeSigned as object as SignatureAct['toBeSigned'],
    signedAttributes: row.signedAttributes,
    toBeSignedHash: row.toBeSignedHash,
    signatureValue: row.signatureValue,
    timestampToken: row.timestampToken,
    timestampAt: row.timestampAt,
    state: row.state as SignatureAct['state'],
  }
}

export const trailEventFrom = (row: Prisma.AuditEventGetPayload<object>): TrailEvent => ({
  sequence: row.sequence,
  time: row.time,
  type: row.type,
  actor: row.actor,
  signerId: row.signerId,
  data: row.data as Record<string, unknown>,
  personal: row.personal as Record<string, unknown> | null,
  salt: row.salt,
  previous: row.previous,
  hash: row.hash,
})

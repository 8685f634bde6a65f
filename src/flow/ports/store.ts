// Where the story is written: one short transaction at a time, on PostgreSQL's clock.

import type { AppendState } from '../../kernel/pades/index.ts'
import type {
  Ceremony,
  Member,
  Order,
  OrderDocument,
  Revision,
  SignatureAct,
  Signer,
  SigningSession,
  StepName,
} from '../model.ts'
import type { FailingStep } from './tasks.ts'
import type {
  CeremonyPatch,
  NewCeremony,
  NewOrder,
  NewRevision,
  NewSigner,
  OrderPatch,
  SignerPatch,
} from './writing.ts'

/** What a step is about: the row whose epoch fences it. */
export type Subject = 'order' | 'signer'

export type TrailEvent = {
  readonly sequence: number
  readonly time: Date
  readonly type: string
  readonly actor: string
  readonly signerId: string | null
  readonly data: Readonly<Record<string, unknown>>
  /** What `data.personal` commits to; null when there is none or when it was erased. */
  readonly personal: Readonly<Record<string, unknown>> | null
  readonly salt: string | null
  readonly previous: string
  readonly hash: string
}

/** Validation material kept until the DSS is written. */
export type StoredValidation = { readonly kind: 'certificate' | 'ocsp' | 'crl'; readonly der: Uint8Array }

/** Reading within a transaction. */
export interface ReadTx {
  /** The database's time at the beginning of the transaction plus the test offset. */
  readonly now: Date
  order(orderId: string): Promise<Order | undefined>
  /** The order of each signer that there is, in the order of the ids. */
  orderIdsOf(signerIds: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** These signers with their orders, in the order of the ids; those that there are not are left out. */
  membersOf(signerIds: readonly string[]): Promise<readonly Member[]>
  /** Signers that name the person (HMAC) and can sign now, oldest order first, with their orders; at most `limit`. */
  waitingFor(personHmac: string, limit: number): Promise<readonly Member[]>
  revisions(documentId: string): Promise<readonly Revision[]>
  /** kernel/pades AppendState of the newest revision. */
  appendState(documentId: string): Promise<AppendState | undefined>
  ceremony(ceremonyId: string): Promise<Ceremony | undefined>
  ceremonyByOauthState(oauthState: string): Promise<Ceremony | undefined>
  /** The newest ceremony that is not void and that the signer has not left. */
  liveCeremony(signerId: string): Promise<Ceremony | undefined>
  /** The newest ceremony that is not void and that the browser with this hash began. */
  ceremonyOfBrowser(browserHash: string): Promise<Ceremony | undefined>
  /** Signers who are part of the ceremony and have not left it. */
  ceremonySigners(ceremonyId: string): Promise<readonly string[]>
  /** By document id: the order in which their hashes are approved and signed. */
  signatures(
    of: { readonly ceremonyId: string; readonly signerId?: string } | { readonly orderId: string },
  ): Promise<readonly SignatureAct[]>
  /** Those of the documents on which another ceremony than this holds a lease at `now`. */
  busyDocuments(documentIds: readonly string[], ceremonyId: string): Promise<readonly string[]>
  signingSession(sessionId: string): Promise<SigningSession | undefined>
  validationData(orderId: string): Promise<readonly StoredValidation[]>
  trail(orderId: string): Promise<readonly TrailEvent[]>
  /** Steps that went wrong the last time and are still to be done. */
  failing(orderId: string): Promise<readonly FailingStep[]>
}

/** Reading and writing within a transaction. */
export interface Tx extends ReadTx {
  /** Locks the row and answers its epoch; undefined when there is no such row. */
  lock(subject: Subject, id: string): Promise<number | undefined>
  /** Locks rows in id order and answers their epochs by id; rows that there are not are left out. */
  lockAll(subject: Subject, ids: readonly string[]): Promise<ReadonlyMap<string, number>>
  /** Raises the epoch of a locked row and answers the new one. */
  raiseEpoch(subject: Subject, id: string): Promise<number>
  raiseEpochs(subject: Subject, ids: readonly string[]): Promise<ReadonlyMap<string, number>>

  insertOrder(order: NewOrder): Promise<void>
  /** The request that a draft is changed from, as JSON; undefined for what is no draft. */
  draft(orderId: string): Promise<string | undefined>
  /** Writes a draft anew: its fields, its documents, and its signers unless they are the same. */
  changeDraft(order: NewOrder, sameSigners: boolean): Promise<void>
  /** The order is no draft any more: forgets the request. */
  finishDraft(orderId: string): Promise<void>
  /** Adds a signer, waiting, to an order. */
  insertSigner(orderId: string, signer: NewSigner): Promise<void>
  updateOrder(orderId: string, patch: OrderPatch): Promise<void>
  updateSigner(signerId: string, patch: SignerPatch): Promise<void>
  /** Keeps what was built for a document and is no part of it; deleted with the order. */
  keepRejected(documentId: string, revisions: readonly Omit<NewRevision, 'number' | 'kind'>[]): Promise<void>
  /** Stores revisions and the state after the last of them; false when the document has gone on since `base`. */
  appendRevisions(input: {
    readonly document: Pick<OrderDocument, 'id'>
    readonly base: number
    readonly revisions: readonly NewRevision[]
    readonly appendState: AppendState
  }): Promise<boolean>

  /** An attempt of these signers, who are one person. */
  insertCeremony(signers: readonly Signer[], ceremony: NewCeremony): Promise<void>
  /** Makes further signers part of the attempt; who had left it is part of it again. */
  joinCeremony(ceremonyId: string, signers: readonly Signer[]): Promise<void>
  /** Takes a signer out of the attempt and answers how many are left in it. Locks the ceremony. */
  leaveCeremony(ceremonyId: string, signerId: string, reason: string): Promise<number>
  /** The attempt is `signed` when everybody who is part of it is. Locks the ceremony. */
  closeCeremony(ceremonyId: string): Promise<void>
  updateCeremony(ceremonyId: string, patch: CeremonyPatch): Promise<void>

  insertSignature(act: Omit<SignatureAct, 'signatureValue' | 'timestampToken' | 'timestampAt' | 'state'>): Promise<void>
  updateSignature(
    signatureId: string,
    patch: {
      readonly state?: SignatureAct['state']
      readonly signatureValue?: Uint8Array
      readonly timestampToken?: Uint8Array
      readonly timestampAt?: Date
      readonly cmsSha256?: string
      readonly revisionNumber?: number
    },
  ): Promise<void>
  insertValidationData(orderId: string, data: readonly StoredValidation[]): Promise<void>

  /**
   * Leases on all the documents for the ceremony until `until`, or none: then the answer names the documents that others hold.
   * Rows are taken in id order. A lease that ran out, or that this ceremony holds already, is taken over with a new token.
   */
  takeLeases(
    documentIds: readonly string[],
    ceremonyId: string,
    until: Date,
  ): Promise<{ readonly fencing: bigint } | { readonly busy: readonly string[] }>
  /** Whether the ceremony still holds every lease under this token at `now`. */
  holdsLeases(documentIds: readonly string[], ceremonyId: string, fencing: bigint): Promise<boolean>
  /** Extends the leases of a ceremony: between authorised and signed nobody else may take them. */
  extendLeases(ceremonyId: string, until: Date): Promise<void>
  /** Those on the documents of one signer's order, or all of the ceremony's. */
  releaseLeases(ceremonyId: string, signerId?: string): Promise<void>

  insertSigningSession(session: Omit<SigningSession, 'tenantId'>): Promise<void>

  /** Time of the newest entry on record; undefined before the first. */
  lastTrailTime(orderId: string): Promise<Date | undefined>
  insertTrail(orderId: string, events: readonly TrailEvent[]): Promise<void>
  /** One feed event; a second one with the same order, signer, type and `part` does nothing. */
  emit(event: {
    readonly orderId: string
    readonly signerId?: string
    readonly type: string
    readonly state: string
    /** For what may happen again: which time this is. */
    readonly part?: string
  }): Promise<void>

  /** Makes the step due at `at` (now by default); an older row of the same step and subject is made due again. */
  schedule(task: {
    readonly orderId: string
    readonly subjectId: string
    readonly step: StepName
    readonly at?: Date
  }): Promise<void>
  finishTask(steps: StepName | readonly StepName[], subjectId: string): Promise<void>
}

export interface Store {
  /**
   * One short transaction; serialisation failures and time-outs are retried. `tenantId` names whose rows it may see.
   * Tasks scheduled in it are woken after the commit.
   */
  transaction<T>(tenantId: string, work: (tx: Tx) => Promise<T>): Promise<T>
  read<T>(tenantId: string, work: (tx: ReadTx) => Promise<T>): Promise<T>
  /** Whose signer or ceremony this is; the one look-up that has no tenant yet. */
  tenantOfSigner(signerId: string): Promise<string | undefined>
  tenantOfOauthState(oauthState: string): Promise<string | undefined>
  tenantOfSigningSession(sessionId: string): Promise<string | undefined>
}

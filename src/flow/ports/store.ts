// Where the story is written: one short transaction at a time, on PostgreSQL's clock.

import type { AppendState } from '../../kernel/pades/index.ts'
import type {
  Accounting,
  Ceremony,
  CeremonyState,
  FailureClass,
  Identity,
  IdentityCheck,
  Language,
  Member,
  Order,
  OrderDocument,
  OrderState,
  Outcome,
  Revision,
  SignatureAct,
  Signer,
  SignerState,
  SigningSession,
  StepName,
} from '../model.ts'

/** What a step is about: the row whose epoch fences it. */
export type Subject = 'order' | 'signer'

/** A step that has to be done: the truth behind the queue. One row per (step, subject). */
export type Task = {
  readonly id: string
  readonly tenantId: string
  readonly orderId: string
  readonly subjectId: string
  readonly step: StepName
  /** Raised every time the step is woken again, so that the queue's job id is new. */
  readonly epoch: number
  readonly attempt: number
}

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

export type OrderPatch = {
  readonly state?: OrderState
  readonly outcome?: Outcome | null
  readonly activateAt?: Date | null
  readonly accounting?: Accounting
  readonly attempt?: number
  readonly lastErrorCode?: string | null
  readonly lastError?: string | null
  readonly nextTry?: Date | null
  readonly failureClass?: FailureClass | null
  readonly completedAt?: Date
}

export type SignerPatch = {
  readonly state?: SignerState
  readonly reasonCode?: string | null
  readonly reason?: string | null
  readonly linkVersion?: number
  readonly invitedAt?: Date
  readonly remindersSent?: number
  readonly toldAt?: Date
  readonly identityCheck?: IdentityCheck
  readonly signedName?: string
  readonly certificateSha256?: string
  readonly signedAt?: Date
}

export type CeremonyPatch = {
  readonly state?: CeremonyState
  readonly oauthState?: string
  readonly nonce?: string
  readonly codeVerifier?: string
  readonly redirectKind?: 'login' | 'approval'
  readonly identity?: Identity
  readonly serviceToken?: string | null
  readonly credentialId?: string
  readonly certificates?: readonly Uint8Array[]
  readonly certificateNotAfter?: Date
  readonly signAlgorithm?: string
  readonly multisign?: number
  readonly chosenAt?: Date | null
  readonly fencing?: bigint | null
  readonly expiresAt?: Date
  readonly voidReason?: string
}

export type NewCeremony = {
  readonly id: string
  readonly browserHash: string
  readonly oauthState: string
  readonly nonce: string
  readonly codeVerifier: string
  readonly language: Language
  readonly expiresAt: Date
}

export type NewOrder = Omit<
  Order,
  | 'state'
  | 'outcome'
  | 'epoch'
  | 'attempt'
  | 'lastErrorCode'
  | 'lastError'
  | 'nextTry'
  | 'failureClass'
  | 'trailSequence'
  | 'trailHead'
  | 'createdAt'
  | 'completedAt'
  | 'documents'
  | 'signers'
> & {
  readonly state: OrderState
  /** The request of a draft as JSON; null for what is no draft. */
  readonly draft: string | null
  /** Ids of documents in the order they are to have; all belong to the tenant and to no order yet. */
  readonly documents: readonly { readonly id: string; readonly role: 'sign' | 'annex' }[]
  readonly signers: readonly NewSigner[]
}

export type NewSigner = Pick<
  Signer,
  | 'id'
  | 'position'
  | 'group'
  | 'role'
  | 'name'
  | 'personHmac'
  | 'birthDate'
  | 'onBehalfOf'
  | 'level'
  | 'methods'
  | 'language'
  | 'email'
  | 'mayDelegate'
  | 'placements'
  | 'replacesId'
  | 'slot'
> & {
  /** The national identity number under the vault, when the sender named one. */
  readonly personEncrypted: Uint8Array | null
}

export type NewRevision = Omit<Revision, 'createdAt'> & { readonly signatureId: string | null }

/** A step of ours that did not succeed yet: who has to do something, and when it is tried again. */
export type FailingStep = {
  readonly step: StepName
  /** The signer it is about; null for a step of the whole order. */
  readonly signerId: string | null
  readonly failureClass: FailureClass
  readonly code: string
  readonly detail: string
  /** Tries so far. */
  readonly attempt: number
  /** Null: it is not tried again before a person says so (`retry`). */
  readonly nextTry: Date | null
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

/** The worker's side of tasks: no tenant, by the database's clock. */
export interface Tasks {
  /** Takes a due task (or one whose holder ran out of time) for `seconds`; undefined when it is done, taken or not due. */
  claim(step: StepName, subjectId: string, seconds: number): Promise<Task | undefined>
  /**
   * Goes on holding a claimed task, `seconds` at a time, until the answer is called. A holder that sleeps longer than that
   * loses it; what he then writes is fenced off by the epoch of the step's subject.
   */
  hold(task: Task, seconds: number): () => void
  /** Puts a failed task off for so many seconds (null: dead letter, and the step `fail` is due) with its reason. */
  postpone(
    task: Task,
    reason: {
      readonly code: string
      readonly detail: string
      readonly failureClass: FailureClass
      readonly retryAfterSeconds: number | null
    },
  ): Promise<void>
  /** Gives back, untouched, whatever this process holds (graceful stop): another worker may take it at once. */
  releaseHeld(): Promise<void>
  /** Raises the epoch of up to `limit` overdue tasks and answers them, for the queue to wake. */
  sweep(limit: number, graceSeconds: number): Promise<readonly Task[]>
}

/** Wakes a worker. Losing a wake-up costs seconds, never work. */
export interface Jobs {
  wake(tasks: readonly Task[]): Promise<void>
}

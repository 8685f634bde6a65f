// What receiving adds to the story's transaction: uploads, and the answer that is kept for a repeated request.
import type { DocumentKind, Language, Original } from '../model.ts'
import type { BlobUse } from './blobs.ts'
import type { StoredDocument } from './reading.ts'
import type { Tx } from './store.ts'

export type NewDocument = {
  readonly id: string
  readonly kind: DocumentKind
  readonly title: string
  readonly fileName: string
  readonly language: Language
  readonly metadata: Readonly<Record<string, unknown>>
  readonly preflight: Readonly<Record<string, unknown>>
  readonly pages: number
  readonly uploadSha256: string
  readonly uploadSize: number
  /** What was sent, where that was rewritten. */
  readonly original?: Original | null
}

/** A request that holds its Idempotency-Key; `lockedAt` tells it from one that took over. */
export type Claim = { readonly tenantId: string; readonly key: string; readonly lockedAt: Date }

/** An answer as it is given again: no link and no personal number is part of it. */
export type KeptAnswer = { readonly status: number; readonly body: unknown; readonly location?: string }

export type ClaimOutcome =
  | { readonly outcome: 'claimed'; readonly claim: Claim }
  | { readonly outcome: 'answered'; readonly answer: KeptAnswer }
  /** Another request with the same key and content is being answered. */
  | { readonly outcome: 'inFlight'; readonly retryAfter: number }
  /** The key was used for another operation or other content. */
  | { readonly outcome: 'reused' }

export interface IntakeTx extends Tx, BlobUse {
  /** The tenant's documents with these ids, locked in id order. */
  lockDocuments(ids: readonly string[]): Promise<readonly StoredDocument[]>
  /** Stores the document, its revision 0, and beside that what it was made of. The blob is locked by `lockBlob` in the same transaction. */
  insertDocument(document: NewDocument): Promise<void>
  /** Keeps the answer for the claim; throws IDEMPOTENCY_IN_FLIGHT when another request took over. */
  settle(claim: Claim, answer: KeptAnswer): Promise<void>
}

export interface Intake {
  transaction<T>(tenantId: string, work: (tx: IntakeTx) => Promise<T>): Promise<T>
}

export interface IdempotencyKeys {
  /**
   * Inserts the row of a key before any work. A row in flight for more than 60 seconds is taken over; one that is 30 days
   * old counts as absent.
   */
  claim(input: {
    readonly tenantId: string
    readonly key: string
    /** Method and route. */
    readonly operation: string
    /** SHA-256, hex. */
    readonly fingerprint: string
    readonly now: Date
  }): Promise<ClaimOutcome>
  /** Keeps a refusal, which has no transaction of its own to be part of. Does nothing when another request took over. */
  keep(claim: Claim, answer: KeptAnswer): Promise<void>
  /** Forgets the claim, so that a retry begins anew at once (5xx, 429). */
  release(claim: Claim): Promise<void>
}

// Reading for those who ask from outside: documents, lists and the feed of one tenant. Changes nothing and locks nothing.
import type { DocumentKind, Language, Order, OrderState, Original, Outcome, Revision } from '../model.ts'
import type { TrailEvent } from './store.ts'

/** A document whether an order has taken it or not. */
export type StoredDocument = {
  readonly id: string
  /** Null until an order takes it. */
  readonly orderId: string | null
  readonly role: 'sign' | 'annex'
  readonly kind: DocumentKind
  readonly title: string
  readonly fileName: string
  readonly language: Language
  readonly metadata: Readonly<Record<string, unknown>>
  /** The report of the pre-flight (ports/pre-flight.ts). */
  readonly preflight: Readonly<Record<string, unknown>>
  readonly uploadSha256: string
  /** Bytes. */
  readonly uploadSize: number
  /** Null unless the upload was rewritten on request. */
  readonly original: Original | null
  /** Number of the newest revision; 0 = the upload. */
  readonly revision: number
  readonly createdAt: Date
}

export type OrderSummary = {
  readonly id: string
  readonly state: OrderState
  readonly outcome: Outcome | null
  readonly kind: DocumentKind
  readonly title: string
  readonly reference: string | null
  readonly createdAt: Date
  readonly completedAt: Date | null
}

export type OrderFilter = {
  readonly state?: string
  readonly kind?: string
  readonly reference?: string
  /** Only orders older than this one (the last of the page before). */
  readonly before?: { readonly createdAt: Date; readonly id: string }
  readonly limit: number
}

export type FeedEvent = {
  readonly id: string
  readonly position: bigint
  readonly type: string
  /** Null for what is about no order (`webhook.disabled`). */
  readonly orderId: string | null
  readonly signerId: string | null
  readonly state: string
  readonly createdAt: Date
}

export interface Reading {
  document(tenantId: string, documentId: string): Promise<StoredDocument | undefined>
  /** From 0, in order; empty when there is no such document. */
  revisions(tenantId: string, documentId: string): Promise<readonly Revision[]>
  /** @throws SeglError ORDER_DELETED, unless what is left of a deleted order is asked for too */
  order(tenantId: string, orderId: string, also?: 'deleted'): Promise<Order | undefined>
  /** Newest first. */
  orders(tenantId: string, filter: OrderFilter): Promise<readonly OrderSummary[]>
  /** In the order of their sequence. */
  trail(tenantId: string, orderId: string): Promise<readonly TrailEvent[]>
  /** Events with a position above `after`, in order. */
  feed(tenantId: string, after: bigint, limit: number): Promise<readonly FeedEvent[]>
  /** The place of the newest event of any tenant: tells that somebody's feed has grown. */
  feedEnd(): Promise<bigint>
}

// Reading for those who ask from outside: documents, lists and the feed of one tenant. Changes nothing and locks nothing.
import type { DocumentKind, Language, Order, Original, Revision } from '../model.ts'
import type { TrailEvent } from './store.ts'
import type { FailingStep } from './tasks.ts'

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

export type OrderSummary = Pick<
  Order,
  'id' | 'state' | 'outcome' | 'kind' | 'title' | 'reference' | 'organisation' | 'year' | 'createdAt' | 'completedAt'
> & { readonly updatedAt: Date }

export type OrderFilter = {
  /** Only orders of which a step of ours has failed and has not succeeded since; or only the others. */
  readonly failing?: boolean
  readonly state?: string
  readonly kind?: string
  readonly reference?: string
  /** Organisation number. */
  readonly organisation?: string
  readonly year?: number
  readonly limit: number
} & (
  | {
      /** Newest first; only orders older than this one (the last of the page before). */
      readonly before?: { readonly at: Date; readonly id: string }
    }
  | {
      /** Oldest change first; only orders changed since then, after this one (the last of the page before). */
      readonly changedSince: Date
      readonly after?: { readonly at: Date; readonly id: string }
    }
)

export type FeedEvent = {
  readonly id: string
  readonly position: bigint
  readonly type: string
  /** Null for what is about no order (`webhook.disabled`, `document.deleted`). */
  readonly orderId: string | null
  readonly signerId: string | null
  /** Only of what is about a document and no order. */
  readonly documentId: string | null
  readonly state: string
  readonly createdAt: Date
}

export interface Reading {
  document(tenantId: string, documentId: string): Promise<StoredDocument | undefined>
  /** From 0, in order; empty when there is no such document. */
  revisions(tenantId: string, documentId: string): Promise<readonly Revision[]>
  /** @throws SeglError ORDER_DELETED, unless what is left of a deleted order is asked for too */
  order(tenantId: string, orderId: string, also?: 'deleted'): Promise<Order | undefined>
  /** Oldest first. */
  failing(tenantId: string, orderId: string): Promise<readonly FailingStep[]>
  orders(tenantId: string, filter: OrderFilter): Promise<readonly OrderSummary[]>
  /** The same orders whole; `updatedAt` beside each, which is no part of it. */
  wholeOrders(
    tenantId: string,
    filter: OrderFilter,
  ): Promise<readonly { readonly order: Order; readonly updatedAt: Date }[]>
  /** In the order of their sequence. */
  trail(tenantId: string, orderId: string): Promise<readonly TrailEvent[]>
  /** Events with a position above `after`, in order. */
  feed(tenantId: string, after: bigint, limit: number): Promise<readonly FeedEvent[]>
  /** The place of the newest event of any tenant: tells that somebody's feed has grown. */
  feedEnd(): Promise<bigint>
}

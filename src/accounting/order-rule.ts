// A rule about an order as a whole: its documents with their signers, judged when the order is sent.
import type { ErrorCode } from '../errors.ts'
import type { RuleSentence } from '../text/index.ts'
import type { RegisteredCompany } from './company.ts'
import type { Authority } from './contract/signature-rights.ts'
import type { RuleFacts, SentMetadata } from './document-rule.ts'
import type { Metadata } from './metadata.ts'

/** A value in a sentence, written out in the reader's language. */
export type Value =
  | string
  | { readonly date: string }
  | { readonly role: string }
  | { readonly parts: readonly string[] }
  | { readonly names: readonly string[] }
  | { readonly binding: { readonly by: Authority; readonly count: number; readonly holders?: readonly string[] } }

/** One thing that is not as the rule wants it. */
export type Finding = {
  /** RFC 6901, into the order request. */
  readonly pointer: string
  readonly says: RuleSentence
  readonly values: readonly Value[]
  /** The day that it is about, ISO date. */
  readonly date?: string
}

export type AmountLimit = { readonly amount: string; readonly currency: string }

export type SignerFacts = {
  readonly pointer: string
  readonly role: string
  readonly group: number
  readonly name: string
  /** Whatever the sender knows; two signers with the same number are one person. */
  readonly nationalIdentityNumber?: string
  readonly birthDate?: string
  /** Whoever has the link. */
  readonly anyone?: boolean
  readonly onBehalfOf?: string
  readonly authority?: Authority
  readonly amountLimit?: AmountLimit
}

export type DocumentFacts<M = Metadata> = { readonly pointer: string; readonly metadata: M }

export type OrderFacts = {
  /** ISO date in Norway. */
  readonly today: string
  /** Last day on which it can be signed, ISO date. */
  readonly deadline?: string
  /** Documents to sign; annexes too where `annex` is set. */
  readonly documents: readonly (DocumentFacts & { readonly annex: boolean })[]
  readonly signers: readonly SignerFacts[]
  /** Groups of which fewer than all have to sign. */
  readonly groups: readonly { readonly number: number; readonly required: number }[]
  /** What the company register says of the organisation whose annual accounts these are. */
  readonly company?: RegisteredCompany
}

/** A signer as the API takes it, as far as rules look at it. */
export type ExampleSigner = {
  readonly role: string
  readonly group?: number
  readonly name: string
  readonly person?: { readonly nationalIdentityNumber?: string; readonly birthDate?: string }
  readonly anyone?: boolean
  readonly onBehalfOf?: string
  readonly authority?: Authority
  readonly amountLimit?: AmountLimit
}

/** An order with the metadata of its documents, exactly as the API takes both. */
export type OrderExample = {
  /** The day on which it is sent. */
  readonly today: string
  /** One per document to sign. */
  readonly metadata: readonly SentMetadata[]
  readonly signers: readonly ExampleSigner[]
  readonly groups?: readonly { readonly number: number; readonly required: number }[]
  /** A day: until its end in Oslo. */
  readonly deadline?: string
  /** What the company register knows on that day; nothing unless given. */
  readonly company?: RegisteredCompany
}

type Parts = Omit<RuleFacts, 'id'> & {
  check(facts: OrderFacts): readonly Finding[]
  readonly passing: OrderExample
  readonly failing: OrderExample
}

/** Stops the order under the code that is its id, unless the sender overrides it with a reason that the trail keeps. */
type RefusalRule = Parts & { readonly severity: 'refusal'; readonly id: ErrorCode; readonly overridable: boolean }

/** Is told with the order. */
type WarningRule = Parts & { readonly severity: 'warning'; readonly id: string; readonly overridable: false }

export type OrderRule = (RefusalRule | WarningRule) & { readonly stage: 'order' }

/** Makes a rule of its parts. */
export const orderRule = (rule: RefusalRule | WarningRule): OrderRule => ({ ...rule, stage: 'order' })

/** The documents to sign that are of a kind. */
export function documentsOf<K extends Metadata['kind']>(
  facts: OrderFacts,
  kind: K,
): readonly DocumentFacts<Extract<Metadata, { kind: K }>>[] {
  return facts.documents.flatMap(({ pointer, metadata, annex }) =>
    !annex && isOfKind(metadata, kind) ? [{ pointer, metadata }] : [],
  )
}

const isOfKind = <K extends Metadata['kind']>(
  metadata: Metadata,
  kind: K,
): metadata is Extract<Metadata, { kind: K }> => metadata.kind === kind

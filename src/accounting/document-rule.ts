// A rule about the metadata of one document, judged when it is uploaded: it reads fields and notes what is wrong.
import type { FieldError } from '../errors.ts'
import type { Reading } from './fields.ts'

export type Kind = 'annualAccounts' | 'contract' | 'voucher'

/** What tests, docs/rules.md and openapi.yaml show of a rule. */
export type RuleFacts = {
  /** Stable for ever. */
  readonly id: string
  readonly kinds: readonly Kind[]
  /** What holds when the rule is kept: a sentence without its full stop. */
  readonly title: string
  /** Law, regulation or standard that demands it. */
  readonly law: string
}

/** Metadata as an accounting system sends it. */
export type SentMetadata = Readonly<Record<string, unknown>>

export type DocumentRule = RuleFacts & {
  readonly stage: 'document'
  readonly severity: 'refusal'
  readonly overridable: false
  /** Every mistake against this rule alone. */
  check(metadata: SentMetadata): readonly FieldError[]
  readonly passing: SentMetadata
  readonly failing: SentMetadata
}

/** Makes a rule of the function that reads its fields; `read` notes mistakes in its argument. */
export function documentRule(
  facts: RuleFacts & {
    readonly read: (reading: Reading) => unknown
    readonly passing: SentMetadata
    readonly failing: SentMetadata
  },
): DocumentRule {
  const { read, ...rest } = facts
  return {
    ...rest,
    stage: 'document',
    severity: 'refusal',
    overridable: false,
    check(metadata) {
      const errors: FieldError[] = []
      read({ object: metadata, pointer: '/metadata', errors })
      return errors
    },
  }
}

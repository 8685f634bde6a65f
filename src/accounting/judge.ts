// Judges an order by every rule of its kinds: what stops it, what its sender should know, what he answered for himself.
import type { FieldError } from '../errors.ts'
import type { Language } from '../text/index.ts'
import type { Finding, OrderFacts, OrderRule } from './order-rule.ts'
import { documentRules, orderRules } from './rules.ts'
import { sentenceOf } from './wording.ts'

/** The sender goes on in spite of a rule, and says why. */
export type Override = { readonly rule: string; readonly reason: string }

export type Warning = {
  /** Id of the rule. */
  readonly code: string
  readonly pointer: string
  /** In the order's language. */
  readonly detail: string
  /** The day that it is about, ISO date. */
  readonly date: string | null
}

/** A rule that was overridden, with what it had found; empty when there was nothing to override. */
export type Overridden = { readonly rule: string; readonly reason: string; readonly findings: readonly Warning[] }

export type Judgement = {
  readonly errors: readonly FieldError[]
  readonly warnings: readonly Warning[]
  readonly overridden: readonly Overridden[]
}

/** Every finding at once. `overrides` as they stand in the request under `/overrides`. */
export function judge(facts: OrderFacts, overrides: readonly Override[], language: Language): Judgement {
  const kinds = new Set(facts.documents.filter(({ annex }) => !annex).map(({ metadata }) => metadata.kind))
  const found = orderRules
    .filter((rule) => rule.kinds.some((kind) => kinds.has(kind)))
    .map((rule) => ({ rule, findings: rule.check(facts) }))
  const overridden = (rule: OrderRule) => rule.overridable && overrides.some((one) => one.rule === rule.id)
  return {
    errors: [
      ...found.flatMap(({ rule, findings }) =>
        rule.severity === 'warning' || overridden(rule)
          ? []
          : findings.map((one) => ({ pointer: one.pointer, code: rule.id, detail: sentenceOf(one, language) })),
      ),
      ...overrides.flatMap(overrideMistakes),
    ],
    warnings: found.flatMap(({ rule, findings }) =>
      rule.severity === 'warning' ? findings.map((one) => told(rule.id, one, language)) : [],
    ),
    overridden: overrides.map(({ rule: id, reason }) => ({
      rule: id,
      reason,
      findings: found.flatMap(({ rule, findings }) =>
        rule.id === id ? findings.map((one) => told(id, one, language)) : [],
      ),
    })),
  }
}

const told = (code: string, finding: Finding, language: Language): Warning => ({
  code,
  pointer: finding.pointer,
  detail: sentenceOf(finding, language),
  date: finding.date ?? null,
})

function overrideMistakes({ rule: id }: Override, index: number, all: readonly Override[]): readonly FieldError[] {
  const mistake = (detail: string): FieldError[] => [
    { pointer: `/overrides/${index}/rule`, code: 'OVERRIDE_NOT_ALLOWED', detail },
  ]
  const rule = [...orderRules, ...documentRules].find((one) => one.id === id)
  if (!rule) return mistake('There is no such rule. GET /v1/rules lists them.')
  if (rule.severity === 'warning') return mistake('This rule only warns: there is nothing to override.')
  if (!rule.overridable) return mistake('This rule cannot be overridden. GET /v1/rules says which can.')
  return all.findIndex((one) => one.rule === id) < index ? mistake('The rule is overridden twice.') : []
}

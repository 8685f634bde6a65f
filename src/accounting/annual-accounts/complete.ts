// Annual accounts are whole: income statement, balance sheet and notes, in one file or several.

import { accountsExample } from '../examples.ts'
import { documentsOf, orderRule } from '../order-rule.ts'
import { accountsOrder } from '../people.ts'

/** regnskapsloven § 3-2; small entities may leave out the cash flow statement, and the directors' report (§ 3-1). */
const demanded = ['incomeStatement', 'balanceSheet', 'notes'] as const

const inParts = (...files: string[][]) => files.map((parts) => ({ ...accountsExample, parts }))

export const complete = orderRule({
  id: 'PARTS_INCOMPLETE',
  kinds: ['annualAccounts'],
  title: 'Where parts are named, income statement, balance sheet and notes are all there, in one document or several',
  law: 'regnskapsloven § 3-2',
  severity: 'warning',
  overridable: false,
  check(facts) {
    const files = documentsOf(facts, 'annualAccounts')
    const first = files[0]
    // A sender who names no parts has said nothing that could be incomplete.
    if (!first || files.some(({ metadata }) => metadata.parts === undefined)) return []
    const named = files.flatMap(({ metadata }) => metadata.parts ?? [])
    const missing = demanded.filter((part) => !named.includes(part))
    return missing.length === 0
      ? []
      : [{ pointer: first.pointer, says: 'partsIncomplete', values: [{ parts: missing }] }]
  },
  passing: { ...accountsOrder, metadata: inParts(['incomeStatement', 'balanceSheet'], ['notes', 'directorsReport']) },
  failing: { ...accountsOrder, metadata: inParts(['incomeStatement', 'balanceSheet']) },
})

// Accounts of a year that is not over cannot be final.

import { accountsExample } from '../examples.ts'
import { documentsOf, orderRule } from '../order-rule.ts'
import { accountsOrder } from '../people.ts'

export const yearOver = orderRule({
  id: 'FISCAL_YEAR_NOT_OVER',
  kinds: ['annualAccounts'],
  title: 'The fiscal year is over when its accounts are sent to be signed',
  law: 'regnskapsloven §§ 1-7, 3-1',
  severity: 'refusal',
  overridable: true,
  check: (facts) =>
    documentsOf(facts, 'annualAccounts').flatMap(({ pointer, metadata }) => {
      const date = metadata.fiscalYear.to
      return date < facts.today ? [] : [{ pointer, says: 'fiscalYearNotOver' as const, values: [{ date }], date }]
    }),
  passing: accountsOrder,
  failing: { ...accountsOrder, metadata: [{ ...accountsExample, fiscalYear: 2026 }] },
})

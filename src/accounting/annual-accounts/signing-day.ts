// A day of signing that is printed in the file should be the day that the time-stamps will show.

import { accountsExample } from '../examples.ts'
import { documentsOf, orderRule } from '../order-rule.ts'
import { accountsOrder } from '../people.ts'

export const signingDay = orderRule({
  id: 'SIGNING_DATE_PAST',
  kinds: ['annualAccounts'],
  title: 'The day of signing that is printed in the file has not passed when the order is sent',
  law: 'regnskapsloven § 3-5 as good accounting practice reads it (NRS 3: a signature is dated)',
  severity: 'warning',
  overridable: false,
  check: (facts) =>
    documentsOf(facts, 'annualAccounts').flatMap(({ pointer, metadata }) => {
      const date = metadata.signedOn
      if (date === undefined || date >= facts.today) return []
      return [{ pointer, says: 'signingDatePast' as const, values: [{ date }, { date: facts.today }], date }]
    }),
  passing: { ...accountsOrder, metadata: [{ ...accountsExample, signedOn: '2026-03-12' }] },
  failing: { ...accountsOrder, metadata: [{ ...accountsExample, signedOn: '2026-02-27' }] },
})

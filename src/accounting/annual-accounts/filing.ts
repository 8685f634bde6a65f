// Accounts reach Regnskapsregisteret within a month after the last day to adopt them; a late fee runs from the day after.
import { annualAccountsDeadlines } from '../deadlines.ts'
import { documentsOf, orderRule } from '../order-rule.ts'
import { accountsOrder } from '../people.ts'

export const filing = orderRule({
  id: 'FILING_DEADLINE',
  kinds: ['annualAccounts'],
  title: 'The order is sure to be signed by the last day to file: 31 July, or seven months after the fiscal year',
  law: 'regnskapsloven §§ 8-2, 8-3',
  severity: 'warning',
  overridable: false,
  check(facts) {
    const first = documentsOf(facts, 'annualAccounts')[0]
    if (!first) return []
    const date = annualAccountsDeadlines(first.metadata.fiscalYear.to).filing
    const { today, deadline } = facts
    if (today > date) return [{ pointer: '/documents', says: 'filingOverdue', values: [{ date }], date }]
    if (deadline !== undefined && deadline <= date) return []
    return [{ pointer: '/deadline', says: 'filingNotSure', values: [{ date }], date }]
  },
  passing: accountsOrder,
  failing: { ...accountsOrder, today: '2026-08-03', deadline: '2026-08-31' },
})

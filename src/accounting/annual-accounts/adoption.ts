// Accounts are adopted within six months after the fiscal year, and the board has signed them by then.
import { annualAccountsDeadlines } from '../deadlines.ts'
import { documentsOf, orderRule } from '../order-rule.ts'
import { accountsOrder } from '../people.ts'

export const adoption = orderRule({
  id: 'ADOPTION_DEADLINE',
  kinds: ['annualAccounts'],
  title:
    'The order is sure to be signed by the last day to adopt the accounts: 30 June, or six months after the fiscal year',
  law: 'regnskapsloven § 3-1; aksjeloven § 5-5',
  severity: 'warning',
  overridable: false,
  check(facts) {
    const first = documentsOf(facts, 'annualAccounts')[0]
    if (!first) return []
    const date = annualAccountsDeadlines(first.metadata.fiscalYear.to).adoption
    const { today, deadline } = facts
    if (today > date) return [{ pointer: '/documents', says: 'adoptionOverdue', values: [{ date }], date }]
    if (deadline !== undefined && deadline <= date) return []
    return [{ pointer: '/deadline', says: 'adoptionNotSure', values: [{ date }], date }]
  },
  passing: accountsOrder,
  failing: { ...accountsOrder, deadline: '2026-07-15' },
})

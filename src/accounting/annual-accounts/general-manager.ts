// The general manager signs too, if there is one: without a register Segl can only ask.
import { documentsOf, orderRule } from '../order-rule.ts'
import { accountsOrder, chair, manager, member } from '../people.ts'

export const generalManager = orderRule({
  id: 'GENERAL_MANAGER_NOT_NAMED',
  kinds: ['annualAccounts'],
  title: 'The general manager is among the signers, where the company register does not say that there is none',
  law: 'regnskapsloven § 3-5 first paragraph',
  severity: 'warning',
  overridable: false,
  check(facts) {
    if (documentsOf(facts, 'annualAccounts').length === 0 || facts.company) return []
    const named = facts.signers.some(({ role }) => role === 'generalManager' || role === 'owner')
    return named ? [] : [{ pointer: '/signers', says: 'generalManagerNotNamed', values: [] }]
  },
  passing: { ...accountsOrder, signers: [chair, member, manager] },
  failing: { ...accountsOrder, signers: [chair, member] },
})

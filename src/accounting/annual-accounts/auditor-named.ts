// Whoever sends the auditor's report to be signed also names the auditor.

import { accountsExample } from '../examples.ts'
import { documentsOf, orderRule } from '../order-rule.ts'
import { accountsOrder, auditor, chair, manager, member } from '../people.ts'
import { annualAccountsRoles } from '../roles.ts'

const withReport = { ...accountsExample, parts: [...accountsExample.parts, 'auditorsReport'] }

export const auditorNamed = orderRule({
  id: 'AUDITOR_MISSING',
  kinds: ['annualAccounts'],
  title: "Where the auditor's report is one of the parts, an auditor is among the signers",
  law: 'revisorloven chapter 9; ISA 700.47',
  severity: 'refusal',
  overridable: true,
  check(facts) {
    if (facts.signers.some(({ role }) => annualAccountsRoles.auditors.includes(role))) return []
    return documentsOf(facts, 'annualAccounts')
      .filter(({ metadata }) => metadata.parts?.includes('auditorsReport'))
      .map(() => ({ pointer: '/signers', says: 'auditorMissing' as const, values: [] }))
      .slice(0, 1)
  },
  passing: { ...accountsOrder, metadata: [withReport], signers: [chair, member, manager, auditor] },
  failing: { ...accountsOrder, metadata: [withReport], signers: [chair, member, manager] },
})

// The auditor's report cannot be dated before the board signs, and in this order it signs today at the earliest.

import { accountsExample } from '../examples.ts'
import { documentsOf, orderRule } from '../order-rule.ts'
import { accountsOrder, auditor, chair, manager, member } from '../people.ts'
import { annualAccountsRoles } from '../roles.ts'

const dated = (auditorsReportDate: string) => ({
  ...accountsExample,
  parts: [...accountsExample.parts, 'auditorsReport'],
  auditorsReportDate,
})

export const reportDate = orderRule({
  id: 'AUDITORS_REPORT_TOO_EARLY',
  kinds: ['annualAccounts'],
  title: "The auditor's report is not dated before the day on which the board can sign in this order",
  law: 'ISA 700.49',
  severity: 'refusal',
  overridable: true,
  check(facts) {
    const boardSigns = facts.signers.some(({ role }) => annualAccountsRoles.signatories.includes(role))
    if (!boardSigns) return []
    return documentsOf(facts, 'annualAccounts').flatMap(({ pointer, metadata }) => {
      const date = metadata.auditorsReportDate
      if (date === undefined || date >= facts.today) return []
      return [{ pointer, says: 'reportTooEarly' as const, values: [{ date }, { date: facts.today }], date }]
    })
  },
  passing: { ...accountsOrder, metadata: [dated('2026-03-20')], signers: [chair, member, manager, auditor] },
  failing: { ...accountsOrder, metadata: [dated('2026-03-11')], signers: [chair, member, manager, auditor] },
})

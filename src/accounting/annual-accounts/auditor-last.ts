// The auditor signs after the board has taken responsibility for the accounts.
import { documentsOf, orderRule } from '../order-rule.ts'
import { accountsOrder, auditor, chair, manager, member } from '../people.ts'
import { annualAccountsRoles } from '../roles.ts'

const { auditors, signatories, deputies } = annualAccountsRoles

export const auditorLast = orderRule({
  id: 'AUDITOR_TOO_EARLY',
  kinds: ['annualAccounts'],
  title: 'The auditor is in a later group than the board and the general manager',
  law: 'ISA 700.49; revisorloven chapter 9 (good auditing practice)',
  severity: 'refusal',
  overridable: false,
  check(facts) {
    if (documentsOf(facts, 'annualAccounts').length === 0) return []
    const last = Math.max(
      0,
      ...facts.signers.filter(({ role }) => [...signatories, ...deputies].includes(role)).map(({ group }) => group),
    )
    return facts.signers
      .filter(({ role, group }) => auditors.includes(role) && group <= last)
      .map(({ pointer, name }) => ({ pointer: `${pointer}/group`, says: 'auditorTooEarly', values: [name] }))
  },
  passing: { ...accountsOrder, signers: [chair, member, manager, auditor] },
  failing: { ...accountsOrder, signers: [chair, member, manager, { ...auditor, group: 1 }] },
})

// The board signs annual accounts; where there is neither board nor general manager, the owners do.
import { documentsOf, orderRule } from '../order-rule.ts'
import { accountsOrder, manager, member } from '../people.ts'
import { annualAccountsRoles } from '../roles.ts'

const { owners } = annualAccountsRoles

export const board = orderRule({
  id: 'BOARD_MISSING',
  kinds: ['annualAccounts'],
  title:
    'The chair of the board is among the signers, or the owners of a company that has neither board nor general manager',
  law: 'regnskapsloven § 3-5 first paragraph; aksjeloven § 6-1',
  severity: 'refusal',
  // A business without a board but with a general manager is signed for by him alone, which only the sender can know.
  overridable: true,
  check(facts) {
    if (documentsOf(facts, 'annualAccounts').length === 0) return []
    // Every board has a chair (aksjeloven § 6-1), so an order without one has forgotten at least him.
    const led = facts.signers.some(({ role }) => role === 'chair' || owners.includes(role))
    return led ? [] : [{ pointer: '/signers', says: 'boardMissing', values: [] }]
  },
  passing: accountsOrder,
  failing: { ...accountsOrder, signers: [member, manager] },
})

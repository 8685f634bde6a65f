// All board members sign, not so many of them: a group of annual accounts has no quorum.
import { documentsOf, orderRule } from '../order-rule.ts'
import { accountsOrder } from '../people.ts'
import { annualAccountsRoles } from '../roles.ts'

export const everybody = orderRule({
  id: 'BOARD_QUORUM',
  kinds: ['annualAccounts'],
  title: 'All board members and the general manager sign: a quorum of them is not enough',
  law: 'regnskapsloven § 3-5 first paragraph',
  severity: 'refusal',
  overridable: true,
  check(facts) {
    if (documentsOf(facts, 'annualAccounts').length === 0) return []
    return facts.groups.flatMap(({ number, required }, index) => {
      const members = facts.signers.filter(({ group }) => group === number)
      const bound = members.some(({ role }) => annualAccountsRoles.signatories.includes(role))
      if (!bound || required >= members.length) return []
      return [{ pointer: `/groups/${index}/required`, says: 'boardQuorum' as const, values: [] }]
    })
  },
  passing: { ...accountsOrder, groups: [{ number: 1, required: 3 }] },
  failing: { ...accountsOrder, groups: [{ number: 1, required: 2 }] },
})

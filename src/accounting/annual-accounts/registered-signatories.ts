// Everybody whom the company register names as board member or general manager signs.
import { sameRegistered } from '../company.ts'
import { documentsOf, orderRule } from '../order-rule.ts'
import { accountsOrder, chair, manager, member, nordlys } from '../people.ts'
import { annualAccountsRoles } from '../roles.ts'

export const registeredSignatories = orderRule({
  id: 'REGISTERED_SIGNATORY_MISSING',
  kinds: ['annualAccounts'],
  title: 'All board members and the general manager in the company register are among the signers',
  law: 'regnskapsloven § 3-5 first paragraph',
  severity: 'refusal',
  // The board in office when the accounts are considered signs, even if the register does not know it yet.
  overridable: true,
  check(facts) {
    const { company, signers } = facts
    const ours = documentsOf(facts, 'annualAccounts').some(
      ({ metadata }) => metadata.organisationNumber === company?.organisationNumber,
    )
    if (!company || !ours) return []
    const wanted = company.roles.filter(({ role }) => annualAccountsRoles.signatories.includes(role))
    return wanted
      .filter((person, index) => wanted.findIndex((other) => sameRegistered(other, person)) === index)
      .filter((person) => !signers.some((signer) => sameRegistered(signer, person)))
      .map(({ name, role }) => ({
        pointer: '/signers',
        says: 'registeredSignatoryMissing',
        values: [name, { role }, { date: company.asOf }],
      }))
  },
  passing: { ...accountsOrder, company: nordlys, signers: [chair, member, manager] },
  failing: { ...accountsOrder, company: nordlys, signers: [chair, manager] },
})

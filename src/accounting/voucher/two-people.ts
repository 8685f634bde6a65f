// Nobody attests and approves the same voucher.
import { documentsOf, orderRule } from '../order-rule.ts'
import { approver, attestant, voucherOrder } from '../people.ts'
import { samePerson } from '../same-person.ts'

/** Roles of which one person may hold only one on a voucher. */
export const opposedRoles: readonly string[] = ['attestant', 'approver']

export const twoPeople = orderRule({
  id: 'FOUR_EYES_SAME_PERSON',
  kinds: ['voucher'],
  title: 'Attestant and approver are different people; asked again when they have logged in with BankID',
  law: 'COSO internal control (segregation of duties); for the state økonomibestemmelsene 2.5',
  severity: 'refusal',
  overridable: false,
  check(facts) {
    if (documentsOf(facts, 'voucher').length === 0) return []
    const attestants = facts.signers.filter(({ role }) => role === 'attestant')
    return facts.signers
      .filter((signer) => signer.role === 'approver' && attestants.some((one) => samePerson(one, signer)))
      .map(({ pointer, name }) => ({ pointer, says: 'samePersonTwice', values: [name] }))
  },
  passing: voucherOrder,
  failing: {
    ...voucherOrder,
    signers: [attestant, { ...approver, name: attestant.name, person: attestant.person ?? {} }],
  },
})

// A voucher wants four eyes: one attests that it is right, another approves that it is paid.
import { documentsOf, orderRule } from '../order-rule.ts'
import { approver, attestant, voucherOrder } from '../people.ts'
import { sureToSign } from '../same-person.ts'

export const fourEyes = orderRule({
  id: 'FOUR_EYES_MISSING',
  kinds: ['voucher'],
  title: 'An attestant and an approver are among the signers of a voucher, and both are sure to sign',
  law: 'COSO internal control (segregation of duties), which no law demands of everybody; for the state økonomibestemmelsene 2.5',
  severity: 'refusal',
  // No law demands it of everybody: small amounts, or attested before in the accounting system.
  overridable: true,
  check(facts) {
    if (documentsOf(facts, 'voucher').length === 0) return []
    const acts = [
      { role: 'attestant', says: 'attestantMissing' },
      { role: 'approver', says: 'approverMissing' },
    ] as const
    return acts
      .filter(
        ({ role }) =>
          sureToSign(
            facts,
            facts.signers.filter((signer) => signer.role === role),
          ) === 0,
      )
      .map(({ says }) => ({ pointer: '/signers', says, values: [] }))
  },
  passing: voucherOrder,
  failing: { ...voucherOrder, signers: [attestant, { ...approver, role: 'attestant' }] },
})

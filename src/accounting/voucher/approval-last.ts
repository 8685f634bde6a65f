// Attestation comes before approval: who approves can see that it was attested.
import { documentsOf, orderRule } from '../order-rule.ts'
import { approver, attestant, voucherOrder } from '../people.ts'

export const approvalLast = orderRule({
  id: 'APPROVAL_BEFORE_ATTESTATION',
  kinds: ['voucher'],
  title: 'The approver is in a later group than the attestant',
  law: 'COSO internal control (authorisation); for the state økonomibestemmelsene 2.5',
  severity: 'warning',
  overridable: false,
  check(facts) {
    if (documentsOf(facts, 'voucher').length === 0) return []
    const attested = Math.max(0, ...facts.signers.filter(({ role }) => role === 'attestant').map(({ group }) => group))
    return facts.signers
      .filter(({ role, group }) => role === 'approver' && group <= attested)
      .map(({ pointer, name }) => ({ pointer: `${pointer}/group`, says: 'approvalTooEarly', values: [name] }))
  },
  passing: voucherOrder,
  failing: { ...voucherOrder, signers: [attestant, { ...approver, group: 1 }] },
})

// A limit of amount says something about vouchers only, and about those who approve them.
import { documentsOf, orderRule } from '../order-rule.ts'
import { approver, attestant, voucherOrder } from '../people.ts'

const limit = { amount: '50000.00', currency: 'NOK' }

export const limitInPlace = orderRule({
  id: 'AMOUNT_LIMIT_OUT_OF_PLACE',
  kinds: ['annualAccounts', 'contract', 'voucher'],
  title: 'Only the approver of a voucher has an amount limit',
  law: 'COSO internal control (limits of authority)',
  severity: 'refusal',
  overridable: false,
  check(facts) {
    const vouchers = documentsOf(facts, 'voucher').length > 0
    return facts.signers
      .filter(({ role, amountLimit }) => amountLimit !== undefined && !(vouchers && role === 'approver'))
      .map(({ pointer, name }) => ({ pointer: `${pointer}/amountLimit`, says: 'limitOutOfPlace', values: [name] }))
  },
  passing: { ...voucherOrder, signers: [attestant, { ...approver, amountLimit: limit }] },
  failing: { ...voucherOrder, signers: [{ ...attestant, amountLimit: limit }, approver] },
})

// An approver does not approve more than he may.
import { compareAmounts, parseAmount } from '../amounts.ts'
import { voucherExample } from '../examples.ts'
import { documentsOf, orderRule, type SignerFacts } from '../order-rule.ts'
import { approver, attestant, voucherOrder } from '../people.ts'
import { sureToSign } from '../same-person.ts'
import type { Voucher } from '../voucher.ts'

/** Credit notes count by what they amount to, whatever their sign. */
function covers({ amountLimit: limit }: SignerFacts, { amount, currency }: Voucher): boolean {
  if (limit === undefined) return true
  const [most, asked] = [parseAmount(limit.amount), parseAmount(amount.replace(/^-/, ''))]
  return limit.currency === currency && most !== undefined && asked !== undefined && compareAmounts(asked, most) <= 0
}

const limited = (amount: string) => ({ ...approver, amountLimit: { amount, currency: 'NOK' } })

export const amountLimit = orderRule({
  id: 'AMOUNT_LIMIT_EXCEEDED',
  kinds: ['voucher'],
  title: 'For each voucher at least one approver who is sure to sign may approve its amount in its currency',
  law: 'COSO internal control (limits of authority)',
  severity: 'refusal',
  overridable: true,
  check(facts) {
    const approvers = facts.signers.filter(({ role }) => role === 'approver')
    if (approvers.length === 0) return []
    return documentsOf(facts, 'voucher')
      .filter(
        ({ metadata }) =>
          sureToSign(
            facts,
            approvers.filter((one) => covers(one, metadata)),
          ) === 0,
      )
      .map(({ pointer, metadata: { number, amount, currency } }) => ({
        pointer,
        says: 'amountLimitExceeded',
        values: [number, amount, currency],
      }))
  },
  passing: { ...voucherOrder, metadata: [voucherExample], signers: [attestant, limited('50000.00')] },
  failing: { ...voucherOrder, metadata: [voucherExample], signers: [attestant, limited('18749.99')] },
})

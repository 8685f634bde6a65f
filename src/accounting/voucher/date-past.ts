// A voucher documents something that has happened.
import { voucherExample } from '../examples.ts'
import { documentsOf, orderRule } from '../order-rule.ts'
import { voucherOrder } from '../people.ts'

export const datePast = orderRule({
  id: 'VOUCHER_DATE_IN_FUTURE',
  kinds: ['voucher'],
  title: 'The date of a voucher is not in the future when it is sent',
  law: 'bokføringsloven § 4 no. 3 (what is booked has happened), § 10',
  severity: 'warning',
  overridable: false,
  check: (facts) =>
    documentsOf(facts, 'voucher').flatMap(({ pointer, metadata: { number, date } }) =>
      date <= facts.today ? [] : [{ pointer, says: 'voucherDateInFuture', values: [number, { date }], date }],
    ),
  passing: voucherOrder,
  failing: { ...voucherOrder, metadata: [{ ...voucherExample, date: '2026-12-01' }] },
})

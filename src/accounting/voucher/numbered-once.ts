// Two vouchers of one order are two entries: a number is used once in its series and year.
import { voucherExample } from '../examples.ts'
import { documentsOf, orderRule } from '../order-rule.ts'
import { voucherOrder } from '../people.ts'
import type { Voucher } from '../voucher.ts'

const entryOf = ({ organisationNumber, series, number, date, fiscalYear }: Voucher): string =>
  JSON.stringify([organisationNumber, series, number, fiscalYear?.to ?? date.slice(0, 4)])

export const numberedOnce = orderRule({
  id: 'VOUCHER_TWICE',
  kinds: ['voucher'],
  title: 'Vouchers of one order differ in number, series, year or organisation',
  law: 'bokføringsforskriften § 5-1-1 no. 1',
  severity: 'warning',
  // One voucher may consist of several files.
  overridable: false,
  check(facts) {
    const vouchers = documentsOf(facts, 'voucher')
    const entries = vouchers.map(({ metadata }) => entryOf(metadata))
    return vouchers
      .filter((_, index) => entries.indexOf(entries[index] ?? '') < index)
      .map(({ pointer, metadata }) => ({ pointer, says: 'voucherTwice', values: [metadata.number] }))
  },
  passing: {
    ...voucherOrder,
    metadata: [voucherExample, { ...voucherExample, number: '1043', title: 'Bilag IF-1043' }],
  },
  failing: { ...voucherOrder, metadata: [voucherExample, { ...voucherExample, title: 'Bilag IF-1042, page 2' }] },
})

// Which entry of the books a voucher documents: series, number, date.
import { documentRule } from '../document-rule.ts'
import { voucherExample } from '../examples.ts'
import { type Reading, readDate, readText } from '../fields.ts'

export const readEntry = (reading: Reading) => ({
  series: readText(reading, 'series', { max: 40 }),
  number: readText(reading, 'number', { required: true, max: 40 }),
  date: readDate(reading, 'date', true),
})

export const entry = documentRule({
  id: 'VOUCHER_ENTRY',
  kinds: ['voucher'],
  title: 'A voucher has a number (in its series) and a date that exists',
  law: 'bokføringsforskriften § 5-1-1 no. 1, § 5-1-3; bokføringsloven § 10',
  read: readEntry,
  passing: voucherExample,
  failing: { ...voucherExample, number: '', date: '2026-02-30' },
})

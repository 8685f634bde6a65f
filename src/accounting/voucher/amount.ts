// What a voucher amounts to: a decimal string and its currency, never a floating-point number.
import { amountPattern } from '../amounts.ts'
import { documentRule } from '../document-rule.ts'
import { voucherExample } from '../examples.ts'
import { type Reading, readText } from '../fields.ts'

/** `amount` and `currency`, each undefined (and noted) when missing or wrong. */
export const readAmount = (reading: Reading) => ({
  amount: readText(reading, 'amount', {
    required: true,
    max: 21,
    pattern: amountPattern,
    shape: 'a decimal string such as "12500.00": a full stop, at most four decimals, no separators',
  }),
  currency: readText(reading, 'currency', {
    required: true,
    max: 3,
    pattern: /^[A-Z]{3}$/,
    shape: 'a currency code of three capitals (ISO 4217), such as NOK',
  }),
})

export const amount = documentRule({
  id: 'VOUCHER_AMOUNT',
  kinds: ['voucher'],
  title: 'The amount is a decimal string with its currency code',
  law: 'bokføringsforskriften § 5-1-1 no. 5; ISO 4217',
  read: readAmount,
  passing: { ...voucherExample, amount: '-125.50', currency: 'EUR' },
  failing: { ...voucherExample, amount: '12 500,00', currency: 'kroner' },
})

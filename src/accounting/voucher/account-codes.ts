// The accounts that a voucher is posted to.
import { documentRule } from '../document-rule.ts'
import { voucherExample } from '../examples.ts'
import { type Reading, readList, readText } from '../fields.ts'

export const readAccountCodes = (reading: Reading) =>
  readList(reading, 'accountCodes', { min: 1, max: 100 }, (list, index) =>
    readText(list, index, {
      required: true,
      max: 10,
      pattern: /^[0-9]{3,10}$/,
      shape: 'an account code of 3 to 10 digits',
    }),
  )

export const accountCodes = documentRule({
  id: 'ACCOUNT_CODES',
  kinds: ['voucher'],
  title: 'Account codes have 3 to 10 digits',
  law: 'bokføringsforskriften § 3-1; NS 4102',
  read: readAccountCodes,
  passing: { ...voucherExample, accountCodes: ['6800', '2710', '2400'] },
  failing: { ...voucherExample, accountCodes: ['6800', 'K2'] },
})

// Whom a voucher is about: seller, buyer or payee.
import { documentRule } from '../document-rule.ts'
import { voucherExample } from '../examples.ts'
import { type Reading, readObject, readOrganisationNumber, readText, refuseUnknown } from '../fields.ts'

export type Counterparty = { readonly name: string; readonly organisationNumber?: string }

export function readCounterparty(reading: Reading): Counterparty | undefined {
  const counterparty = readObject(reading, 'counterparty', false)
  if (!counterparty) return undefined
  refuseUnknown(counterparty, ['name', 'organisationNumber'])
  const name = readText(counterparty, 'name', { required: true, max: 200 })
  const organisationNumber = readOrganisationNumber(counterparty, 'organisationNumber', false)
  if (name === undefined) return undefined
  return { name, ...(organisationNumber !== undefined && { organisationNumber }) }
}

export const counterparty = documentRule({
  id: 'VOUCHER_COUNTERPARTY',
  kinds: ['voucher'],
  title: 'A counterparty has a name; its organisation number, when given, has a check digit that holds',
  law: 'bokføringsforskriften § 5-1-1 no. 2, § 5-1-2',
  read: readCounterparty,
  passing: voucherExample,
  failing: { ...voucherExample, counterparty: { organisationNumber: '123456789' } },
})

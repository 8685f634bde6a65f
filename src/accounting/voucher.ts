// Vouchers (bilag): the entry in the books that the file documents (bokføringsloven § 10).
import { amountPattern, parseAmount } from './amounts.ts'
import {
  type Reading,
  readDate,
  readList,
  readObject,
  readOrganisationNumber,
  readText,
  refuseUnknown,
} from './fields.ts'

export type Voucher = {
  readonly kind: 'voucher'
  /** Voucher series; numbers are consecutive within one (bokføringsforskriften § 5-1-1 no. 1). */
  readonly series?: string
  readonly number: string
  /** ISO date. */
  readonly date: string
  /** Decimal string, e.g. `12500.00`; negative for a credit note. */
  readonly amount: string
  /** ISO 4217. */
  readonly currency: string
  readonly counterparty?: { readonly name: string; readonly organisationNumber?: string }
  readonly accountCodes?: readonly string[]
  readonly organisationNumber?: string
  readonly organisationName?: string
}

export const voucherFields = [
  'series',
  'number',
  'date',
  'amount',
  'currency',
  'counterparty',
  'accountCodes',
  'organisationNumber',
  'organisationName',
] as const

/** Reads the fields of a voucher; undefined when something is wrong, which then stands in `reading.errors`. */
export function readVoucher(reading: Reading): Voucher | undefined {
  const series = readText(reading, 'series', { max: 40 })
  const number = readText(reading, 'number', { required: true, max: 40 })
  const date = readDate(reading, 'date', true)
  const amount = readText(reading, 'amount', {
    required: true,
    max: 21,
    pattern: amountPattern,
    shape: 'a decimal string such as "12500.00": a full stop, at most four decimals, no separators',
  })
  const currency = readText(reading, 'currency', {
    required: true,
    max: 3,
    pattern: /^[A-Z]{3}$/,
    shape: 'a currency code of three capitals (ISO 4217), such as NOK',
  })
  const counterparty = readCounterparty(reading)
  const accountCodes = readList(reading, 'accountCodes', { min: 1, max: 100 }, (list, index) =>
    readText(list, index, {
      required: true,
      max: 10,
      pattern: /^[0-9]{3,10}$/,
      shape: 'an account code of 3 to 10 digits',
    }),
  )
  const organisationNumber = readOrganisationNumber(reading, 'organisationNumber', false)
  const organisationName = readText(reading, 'organisationName', { max: 200 })
  if (number === undefined || date === undefined || amount === undefined || currency === undefined) return undefined
  if (parseAmount(amount) === undefined) return undefined
  return {
    kind: 'voucher',
    ...(series !== undefined && { series }),
    number,
    date,
    amount,
    currency,
    ...(counterparty && { counterparty }),
    ...(accountCodes && { accountCodes }),
    ...(organisationNumber !== undefined && { organisationNumber }),
    ...(organisationName !== undefined && { organisationName }),
  }
}

function readCounterparty(reading: Reading): Voucher['counterparty'] {
  const counterparty = readObject(reading, 'counterparty', false)
  if (!counterparty) return undefined
  refuseUnknown(counterparty, ['name', 'organisationNumber'])
  const name = readText(counterparty, 'name', { required: true, max: 200 })
  const organisationNumber = readOrganisationNumber(counterparty, 'organisationNumber', false)
  if (name === undefined) return undefined
  return { name, ...(organisationNumber !== undefined && { organisationNumber }) }
}

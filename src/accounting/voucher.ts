// Vouchers (bilag): the entry in the books that the file documents (bokføringsloven § 10).
import { parseAmount } from './amounts.ts'
import { type Reading, readOrganisationNumber, readText } from './fields.ts'
import { type FiscalYear, readFiscalYear } from './fiscal-year.ts'
import { readAccountCodes } from './voucher/account-codes.ts'
import { readAmount } from './voucher/amount.ts'
import { type Counterparty, readCounterparty } from './voucher/counterparty.ts'
import { readEntry } from './voucher/entry.ts'

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
  readonly counterparty?: Counterparty
  readonly accountCodes?: readonly string[]
  readonly organisationNumber?: string
  readonly organisationName?: string
  /** When it is not the calendar year of the date. */
  readonly fiscalYear?: FiscalYear
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
  'fiscalYear',
] as const

/** Reads the fields of a voucher; undefined when something is wrong, which then stands in `reading.errors`. */
export function readVoucher(reading: Reading): Voucher | undefined {
  const { series, number, date } = readEntry(reading)
  const { amount, currency } = readAmount(reading)
  const counterparty = readCounterparty(reading)
  const accountCodes = readAccountCodes(reading)
  const organisationNumber = readOrganisationNumber(reading, 'organisationNumber', false)
  const organisationName = readText(reading, 'organisationName', { max: 200 })
  const fiscalYear = readFiscalYear(reading, false)
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
    ...(fiscalYear && { fiscalYear }),
  }
}

// Contracts (avtaler): who the parties are and who may bind them.
import { type Party, readParties } from './contract/parties.ts'
import { type Reading, readDate, readOrganisationNumber, readText } from './fields.ts'
import { type FiscalYear, readFiscalYear } from './fiscal-year.ts'

export type Contract = {
  readonly kind: 'contract'
  readonly parties: readonly Party[]
  /** The organisation whose books the contract belongs to. */
  readonly organisationNumber?: string
  readonly organisationName?: string
  /** Date of the contract, ISO. */
  readonly date?: string
  /** The fiscal year that the contract's storage counts from, when it is not the calendar year of its date. */
  readonly fiscalYear?: FiscalYear
}

export const contractFields = ['parties', 'organisationNumber', 'organisationName', 'date', 'fiscalYear'] as const

/** Reads the fields of a contract; undefined when something is wrong, which then stands in `reading.errors`. */
export function readContract(reading: Reading): Contract | undefined {
  const parties = readParties(reading)
  const organisationNumber = readOrganisationNumber(reading, 'organisationNumber', false)
  const organisationName = readText(reading, 'organisationName', { max: 200 })
  const date = readDate(reading, 'date', false)
  const fiscalYear = readFiscalYear(reading, false)
  if (parties === undefined) return undefined
  return {
    kind: 'contract',
    parties,
    ...(organisationNumber !== undefined && { organisationNumber }),
    ...(organisationName !== undefined && { organisationName }),
    ...(date !== undefined && { date }),
    ...(fiscalYear && { fiscalYear }),
  }
}

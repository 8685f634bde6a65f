// Annual accounts (årsregnskap): the organisation, the fiscal year and which parts the file holds.
import { readOrganisation } from './annual-accounts/organisation.ts'
import { type AnnualAccountsPart, readParts } from './annual-accounts/parts.ts'
import { readSigningDates, type SigningDates } from './annual-accounts/signing-dates.ts'
import type { Reading } from './fields.ts'
import { type FiscalYear, readFiscalYear } from './fiscal-year.ts'

export type AnnualAccounts = SigningDates & {
  readonly kind: 'annualAccounts'
  readonly organisationNumber: string
  readonly organisationName: string
  readonly fiscalYear: FiscalYear
  readonly parts?: readonly AnnualAccountsPart[]
}

export const annualAccountsFields = [
  'organisationNumber',
  'organisationName',
  'fiscalYear',
  'parts',
  'signedOn',
  'auditorsReportDate',
] as const

/** Reads the fields of annual accounts; undefined when something is wrong, which then stands in `reading.errors`. */
export function readAnnualAccounts(reading: Reading): AnnualAccounts | undefined {
  const { organisationNumber, organisationName } = readOrganisation(reading)
  const fiscalYear = readFiscalYear(reading, true)
  const parts = readParts(reading)
  const dates = readSigningDates(reading)
  if (organisationNumber === undefined || organisationName === undefined || fiscalYear === undefined) return undefined
  return { kind: 'annualAccounts', organisationNumber, organisationName, fiscalYear, ...(parts && { parts }), ...dates }
}

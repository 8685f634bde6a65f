// Annual accounts (årsregnskap): the organisation, the fiscal year and which parts the file holds.
import { addMonths, isDate } from './dates.ts'
import {
  note,
  present,
  type Reading,
  readDate,
  readList,
  readObject,
  readOrganisationNumber,
  readText,
  refuseUnknown,
} from './fields.ts'

/** What a file of annual accounts may hold (regnskapsloven § 3-2 and § 3-2 a, § 3-1; revisorloven § 9-4). */
export const annualAccountsParts = [
  'incomeStatement',
  'balanceSheet',
  'cashFlowStatement',
  'notes',
  'directorsReport',
  'auditorsReport',
] as const
export type AnnualAccountsPart = (typeof annualAccountsParts)[number]

export type AnnualAccounts = {
  readonly kind: 'annualAccounts'
  readonly organisationNumber: string
  readonly organisationName: string
  /** First and last day, ISO dates, both included. */
  readonly fiscalYear: { readonly from: string; readonly to: string }
  readonly parts?: readonly AnnualAccountsPart[]
}

export const annualAccountsFields = ['organisationNumber', 'organisationName', 'fiscalYear', 'parts'] as const

/** Reads the fields of annual accounts; undefined when something is wrong, which then stands in `reading.errors`. */
export function readAnnualAccounts(reading: Reading): AnnualAccounts | undefined {
  const organisationNumber = readOrganisationNumber(reading, 'organisationNumber', true)
  const organisationName = readText(reading, 'organisationName', { required: true, max: 200 })
  const fiscalYear = readFiscalYear(reading)
  const parts = readList(reading, 'parts', { min: 1, max: annualAccountsParts.length }, readPart)
  if (parts && new Set(parts).size !== parts.length) {
    note(reading, 'parts', 'METADATA_INVALID', 'Each part may be named once.')
  }
  if (organisationNumber === undefined || organisationName === undefined || fiscalYear === undefined) return undefined
  return { kind: 'annualAccounts', organisationNumber, organisationName, fiscalYear, ...(parts && { parts }) }
}

/** A calendar year as a number, or the first and last day of another fiscal year (regnskapsloven § 1-7). */
function readFiscalYear(reading: Reading): AnnualAccounts['fiscalYear'] | undefined {
  if (!present(reading, 'fiscalYear', true)) return undefined
  const value = reading.object['fiscalYear']
  if (typeof value === 'number') {
    if (Number.isInteger(value) && value >= 1900 && value <= 2999) {
      return { from: `${value}-01-01`, to: `${value}-12-31` }
    }
    note(reading, 'fiscalYear', 'METADATA_INVALID', 'A fiscal year given as a number must lie between 1900 and 2999.')
    return undefined
  }
  const year = readObject(reading, 'fiscalYear', true)
  if (!year) return undefined
  refuseUnknown(year, ['from', 'to'])
  const from = readDate(year, 'from', true)
  const to = readDate(year, 'to', true)
  if (from === undefined || to === undefined) return undefined
  if (to <= from) {
    note(year, 'to', 'METADATA_INVALID', 'The fiscal year must end after it begins.')
    return undefined
  }
  // regnskapsloven § 1-7: a first or changed accounting period may be longer than a year, up to 18 months.
  const end = addMonths(from, 18)
  if (isDate(end) && to >= end) {
    note(year, 'to', 'METADATA_INVALID', 'A fiscal year may not be longer than 18 months (regnskapsloven § 1-7).')
    return undefined
  }
  return { from, to }
}

function readPart(list: Reading, index: string): AnnualAccountsPart | undefined {
  const part = annualAccountsParts.find((known) => known === list.object[index])
  if (part === undefined) {
    note(list, index, 'METADATA_INVALID', `A part must be one of ${annualAccountsParts.join(', ')}.`)
  }
  return part
}

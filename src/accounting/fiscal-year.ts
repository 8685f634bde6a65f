// A fiscal year (regnskapsår): the calendar year, or another stretch of up to 18 months.
import { addMonths, isDate } from './dates.ts'
import { note, present, type Reading, readDate, readObject, refuseUnknown } from './fields.ts'

/** First and last day, ISO dates, both included. */
export type FiscalYear = { readonly from: string; readonly to: string }

/** Reads `fiscalYear`: a calendar year as a number, or the first and last day of another one (regnskapsloven § 1-7). */
export function readFiscalYear(reading: Reading, required: boolean): FiscalYear | undefined {
  if (!present(reading, 'fiscalYear', required)) return undefined
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

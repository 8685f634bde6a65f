// How long a document must be kept (bokføringsloven § 13), counted from the end of the fiscal year it belongs to.
import { addMonths } from './dates.ts'
import type { OfKind } from './metadata.ts'

/** Months after the end of the fiscal year: primary material five years, agreements three and a half. */
export const retentionMonths: Readonly<Record<OfKind['kind'], number>> = {
  annualAccounts: 60,
  voucher: 60,
  contract: 42,
}

/**
 * Last day on which the document must still be kept, ISO date; undefined when the metadata names no day to count from.
 * A voucher or contract belongs to the calendar year of its date.
 */
export function keptUntil(metadata: OfKind): string | undefined {
  const yearEnd = fiscalYearEnd(metadata)
  return yearEnd === undefined ? undefined : addMonths(yearEnd, retentionMonths[metadata.kind])
}

function fiscalYearEnd(metadata: OfKind): string | undefined {
  if (metadata.kind === 'annualAccounts') return metadata.fiscalYear.to
  return metadata.date === undefined ? undefined : `${metadata.date.slice(0, 4)}-12-31`
}

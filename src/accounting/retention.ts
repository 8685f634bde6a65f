// How long a document must be kept (bokføringsloven § 13), counted from the end of the fiscal year it belongs to.
import { type Language, longDate, text } from '../text/index.ts'
import { addMonths, noonOf } from './dates.ts'
import { type OwnRetention, shortestRetention } from './every-kind/retention.ts'
import type { Metadata, OfKind } from './metadata.ts'

type Kept = OfKind & { readonly retention?: OwnRetention }

/** Last day of storage, and what it follows from. */
export type Retention = {
  /** ISO date: the last day on which the document must still be kept. */
  readonly until: string
  /** End of the fiscal year from which the period counts; ISO date. */
  readonly yearEnd: string
  /** Null: the sender named the day himself. */
  readonly years: number | null
  /** The sender's own reason. */
  readonly ownReason: string | null
}

/**
 * The storage of a document: five years for annual accounts and vouchers, three and a half for contracts, or longer when the
 * sender asks for it. A voucher or contract belongs to the fiscal year it names, else to the calendar year of its date, else to
 * that of `day` (ISO date): the day it was signed, or for now the day it came.
 */
export function retentionOf(metadata: Kept, day: string): Retention {
  const yearEnd = fiscalYearEnd(metadata, day)
  const own = metadata.retention
  if (own && 'until' in own) return { until: own.until, yearEnd, years: null, ownReason: own.reason }
  const years = own?.years ?? shortestRetention[metadata.kind]
  return { until: addMonths(yearEnd, years * 12), yearEnd, years, ownReason: own?.reason ?? null }
}

/** The one that ends last: an order is kept as long as its longest document; undefined when there are none. */
export function longestRetention(all: readonly Retention[]): Retention | undefined {
  return all.reduce<Retention | undefined>(
    (longest, one) => (longest && longest.until >= one.until ? longest : one),
    undefined,
  )
}

/** Why it is kept so long, as a sentence. */
export function retentionReason({ years, yearEnd, ownReason }: Retention, language: Language): string {
  const { retention } = text(language).rules
  const sentence = years === null ? '' : retention(decimal(years, language), longDate(noonOf(yearEnd), language))
  return [ownReason ?? '', sentence].filter((part) => part !== '').join('. ')
}

function fiscalYearEnd(metadata: Metadata | OfKind, day: string): string {
  if (metadata.fiscalYear) return metadata.fiscalYear.to
  const date = metadata.kind === 'annualAccounts' ? day : (metadata.date ?? day)
  return `${date.slice(0, 4)}-12-31`
}

const decimal = (value: number, language: Language): string =>
  language === 'en' ? String(value) : String(value).replace('.', ',')

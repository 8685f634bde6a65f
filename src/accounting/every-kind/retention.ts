// A period of storage of the sender's own, never shorter than the law's.
import { addMonths } from '../dates.ts'
import { documentRule, type Kind } from '../document-rule.ts'
import { voucherExample } from '../examples.ts'
import { note, type Reading, readDate, readObject, readText, refuseUnknown } from '../fields.ts'
import { readFiscalYear } from '../fiscal-year.ts'

/** Years that the law knows: secondary material, primary material, and what has to be kept longer (see `retention.ts`). */
export const retentionYears = [3.5, 5, 10] as const
export type RetentionYears = (typeof retentionYears)[number]

/** The shortest period per kind (bokføringsloven § 13, first paragraph no. 1 to 4 and 5 to 8, second paragraph). */
export const shortestRetention: Readonly<Record<Kind, RetentionYears>> = {
  annualAccounts: 5,
  voucher: 5,
  contract: 3.5,
}

/** What the sender asks for instead of the shortest period. */
export type OwnRetention =
  | { readonly years: RetentionYears; readonly reason?: string }
  | { readonly until: string; readonly reason: string }

export function readRetention(reading: Reading): OwnRetention | undefined {
  const wish = readObject(reading, 'retention', false)
  if (!wish) return undefined
  refuseUnknown(wish, ['years', 'until', 'reason'])
  const { years: given, until: day } = wish.object
  if ((given === undefined) === (day === undefined)) {
    note(reading, 'retention', 'METADATA_INVALID', '`retention` has either `years` or `until`.')
    return undefined
  }
  const reason = readText(wish, 'reason', { required: day !== undefined, max: 200 })
  const shortest = shortestOf(reading)
  if (day === undefined) {
    const years = retentionYears.find((known) => known === given)
    if (years === undefined) {
      note(wish, 'years', 'METADATA_INVALID', `\`years\` must be one of ${retentionYears.join(', ')}.`)
    } else if (shortest !== undefined && years < shortest.years) {
      note(wish, 'years', 'METADATA_INVALID', `The law demands ${shortest.years} years for this kind of document.`)
    } else return { years, ...(reason !== undefined && { reason }) }
    return undefined
  }
  // Nothing is counted from it: storage for ever is often written as the last day there is.
  const until = readDate(wish, 'until', true, '9999-12-31')
  if (until === undefined || reason === undefined) return undefined
  if (shortest?.until !== undefined && until < shortest.until) {
    note(wish, 'until', 'METADATA_INVALID', `The law demands that this document is kept until ${shortest.until}.`)
    return undefined
  }
  return { until, reason }
}

/** Read quietly: what is wrong with these fields is told by the rules about them. */
function shortestOf(reading: Reading): { readonly years: RetentionYears; readonly until?: string } | undefined {
  const quiet = { ...reading, errors: [] }
  const kind = reading.object['kind']
  const years =
    kind === 'annualAccounts' || kind === 'voucher' || kind === 'contract' ? shortestRetention[kind] : undefined
  if (years === undefined) return undefined
  const date = readDate(quiet, 'date', false)
  const yearEnd = readFiscalYear(quiet, false)?.to ?? (date === undefined ? undefined : `${date.slice(0, 4)}-12-31`)
  return yearEnd === undefined ? { years } : { years, until: addMonths(yearEnd, years * 12) }
}

export const retention = documentRule({
  id: 'RETENTION',
  kinds: ['annualAccounts', 'contract', 'voucher'],
  title:
    'A period of storage of your own is not shorter than the law’s: 5 years, for contracts 3.5, after the fiscal year',
  law: 'bokføringsloven § 13; bokføringsforskriften chapter 8',
  read: readRetention,
  passing: { ...voucherExample, retention: { years: 10, reason: 'Adjustment of VAT on real property' } },
  failing: { ...voucherExample, retention: { until: '2030-12-31', reason: 'Our own routine' } },
})

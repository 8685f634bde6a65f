// When annual accounts must be adopted and filed (regnskapsloven § 3-1 and § 8-2).
import { addMonths } from './dates.ts'

export type Deadlines = {
  /** Last day to adopt the accounts: six months after the end of the fiscal year (§ 3-1). ISO date. */
  readonly adoption: string
  /**
   * Last day to send them to Regnskapsregisteret. § 8-2 counts a month from the day on which they are adopted, which may be earlier:
   * this is the last one of all, after which § 8-3 has a fee. ISO date.
   */
  readonly filing: string
}

/** Deadlines for a fiscal year that ends on `yearEnd` (ISO date): 30 June and 31 July for a calendar year. */
export function annualAccountsDeadlines(yearEnd: string): Deadlines {
  const adoption = addMonths(yearEnd, 6)
  return { adoption, filing: addMonths(adoption, 1) }
}

// The dates that the file itself bears: the board's signing and the auditor's report, in their order.
import { documentRule } from '../document-rule.ts'
import { accountsExample } from '../examples.ts'
import { note, type Reading, readDate } from '../fields.ts'
import { readFiscalYear } from '../fiscal-year.ts'

/** ISO dates as they are printed in the file; undefined when the sender does not name them. */
export type SigningDates = { readonly signedOn?: string; readonly auditorsReportDate?: string }

export function readSigningDates(reading: Reading): SigningDates {
  const signedOn = readDate(reading, 'signedOn', false)
  const auditorsReportDate = readDate(reading, 'auditorsReportDate', false)
  // Read quietly: what is wrong with the year itself is told by the rule about it.
  const yearEnd = readFiscalYear({ ...reading, errors: [] }, true)?.to
  const last = [signedOn, auditorsReportDate]
  for (const [index, name] of ['signedOn', 'auditorsReportDate'].entries()) {
    const date = last[index]
    if (date !== undefined && yearEnd !== undefined && date <= yearEnd) {
      note(reading, name, 'METADATA_INVALID', `\`${name}\` must lie after the end of the fiscal year, ${yearEnd}.`)
    }
  }
  if (signedOn !== undefined && auditorsReportDate !== undefined && auditorsReportDate < signedOn) {
    const detail = "The auditor's report may not be dated before the board signed (ISA 700.49)."
    note(reading, 'auditorsReportDate', 'METADATA_INVALID', detail)
  }
  return {
    ...(signedOn !== undefined && { signedOn }),
    ...(auditorsReportDate !== undefined && { auditorsReportDate }),
  }
}

export const signingDates = documentRule({
  id: 'SIGNING_DATES',
  kinds: ['annualAccounts'],
  title: "The board's signing is dated after the fiscal year, and the auditor's report not before the board's signing",
  law: 'regnskapsloven § 3-5; ISA 700.49',
  read: readSigningDates,
  passing: { ...accountsExample, signedOn: '2026-03-12', auditorsReportDate: '2026-03-12' },
  failing: { ...accountsExample, signedOn: '2026-03-12', auditorsReportDate: '2026-03-11' },
})

// Annual accounts name their fiscal year, which need not be the calendar year.
import { documentRule } from '../document-rule.ts'
import { accountsExample } from '../examples.ts'
import { readFiscalYear } from '../fiscal-year.ts'

export const fiscalYear = documentRule({
  id: 'FISCAL_YEAR',
  kinds: ['annualAccounts'],
  title: 'The fiscal year is a calendar year, or has a first and a last day at most 18 months apart',
  law: 'regnskapsloven § 1-7',
  read: (reading) => readFiscalYear(reading, true),
  passing: { ...accountsExample, fiscalYear: { from: '2024-07-01', to: '2025-06-30' } },
  failing: { ...accountsExample, fiscalYear: { from: '2024-01-01', to: '2025-12-31' } },
})

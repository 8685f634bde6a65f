// Which parts of the annual accounts a file holds.
import { documentRule } from '../document-rule.ts'
import { accountsExample } from '../examples.ts'
import { note, type Reading, readList } from '../fields.ts'

/** regnskapsloven § 3-2 (accounts), § 3-1 (directors' report); revisorloven chapter 9 (auditor's report). */
export const annualAccountsParts = [
  'incomeStatement',
  'balanceSheet',
  'cashFlowStatement',
  'notes',
  'directorsReport',
  'auditorsReport',
] as const
export type AnnualAccountsPart = (typeof annualAccountsParts)[number]

export function readParts(reading: Reading): readonly AnnualAccountsPart[] | undefined {
  const parts = readList(reading, 'parts', { min: 1, max: annualAccountsParts.length }, readPart)
  if (parts && new Set(parts).size !== parts.length) {
    note(reading, 'parts', 'METADATA_INVALID', 'Each part may be named once.')
  }
  return parts
}

function readPart(list: Reading, index: string): AnnualAccountsPart | undefined {
  const part = annualAccountsParts.find((known) => known === list.object[index])
  if (part === undefined) {
    note(list, index, 'METADATA_INVALID', `A part must be one of ${annualAccountsParts.join(', ')}.`)
  }
  return part
}

export const parts = documentRule({
  id: 'PARTS',
  kinds: ['annualAccounts'],
  title: `Parts are named by their own names, each once: ${annualAccountsParts.join(', ')}`,
  law: 'regnskapsloven §§ 3-1, 3-2; revisorloven chapter 9',
  read: readParts,
  passing: { ...accountsExample, parts: ['incomeStatement', 'balanceSheet', 'notes', 'directorsReport'] },
  failing: { ...accountsExample, parts: ['incomeStatement', 'incomeStatement', 'letter'] },
})

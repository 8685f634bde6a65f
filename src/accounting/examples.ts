// The made-up company, contract and voucher that every rule's examples are variations of.
import type { SentMetadata } from './document-rule.ts'

export const accountsExample = {
  kind: 'annualAccounts',
  title: 'Årsregnskap 2025',
  organisationNumber: '310000019',
  organisationName: 'Nordlys Demo AS',
  fiscalYear: 2025,
  parts: ['incomeStatement', 'balanceSheet', 'notes'],
} as const satisfies SentMetadata

export const contractExample = {
  kind: 'contract',
  title: 'Oppdragsavtale om regnskapsføring',
  parties: [
    { name: 'Nordlys Demo AS', organisationNumber: '310000019' },
    { name: 'Fjordlys Regnskap AS', organisationNumber: '987654325' },
  ],
  date: '2026-02-02',
} as const satisfies SentMetadata

export const voucherExample = {
  kind: 'voucher',
  title: 'Bilag IF-1042',
  organisationNumber: '310000019',
  organisationName: 'Nordlys Demo AS',
  series: 'IF',
  number: '1042',
  date: '2026-02-13',
  amount: '18750.00',
  currency: 'NOK',
  counterparty: { name: 'Papir & Penn AS', organisationNumber: '123456785' },
  accountCodes: ['6800', '2710'],
} as const satisfies SentMetadata

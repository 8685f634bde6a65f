// What the demo signs: an annual account, a contract and a voucher of a made-up company; or files that it is given.
import { basename } from 'node:path'

export type DemoSigner = {
  /** Role in the order. */
  readonly role: string
  readonly group: number
  /** Role of the person at the simulated BankID. */
  readonly bankid: string
  /** Organisation that he signs for. */
  readonly onBehalfOf?: string
}

export type DemoCase = {
  /** Name of the files in demo-output/. */
  readonly name: string
  readonly file: string
  readonly title: string
  readonly metadata: Readonly<Record<string, unknown>>
  readonly signers: readonly DemoSigner[]
}

const organisation = { organisationNumber: '310000019', organisationName: 'Nordlys Demo AS' }

/** `fixtures`: folder with annual-accounts.pdf, contract.pdf and voucher.pdf. */
export const standardCases = (fixtures: string): readonly DemoCase[] => [
  {
    name: 'annual-accounts',
    file: `${fixtures}/annual-accounts.pdf`,
    title: 'Årsregnskap 2025',
    metadata: {
      kind: 'annualAccounts',
      ...organisation,
      fiscalYear: 2025,
      parts: ['incomeStatement', 'balanceSheet', 'notes'],
    },
    signers: [
      { role: 'chair', group: 1, bankid: 'chairman' },
      { role: 'boardMember', group: 1, bankid: 'member' },
      { role: 'generalManager', group: 2, bankid: 'generalManager' },
    ],
  },
  {
    name: 'contract',
    file: `${fixtures}/contract.pdf`,
    title: 'Oppdragsavtale om regnskapsføring',
    metadata: contractMetadata(),
    signers: twoParties,
  },
  {
    name: 'voucher',
    file: `${fixtures}/voucher.pdf`,
    title: 'Bilag 2025-1042',
    metadata: {
      kind: 'voucher',
      ...organisation,
      number: '2025-1042',
      date: '2025-11-14',
      amount: '18750.00',
      currency: 'NOK',
    },
    signers: [
      { role: 'attestant', group: 1, bankid: 'attestant' },
      { role: 'approver', group: 2, bankid: 'approver' },
    ],
  },
]

/** A given file is signed by two people as a contract. */
export const givenCase = (file: string): DemoCase => {
  const name = basename(file).replace(/\.pdf$/i, '')
  return { name, file, title: name, metadata: contractMetadata(), signers: twoParties }
}

function contractMetadata(): Record<string, unknown> {
  return {
    kind: 'contract',
    ...organisation,
    parties: [
      { name: 'Nordlys Demo AS', organisationNumber: organisation.organisationNumber },
      { name: 'Fjordlys Regnskap AS' },
    ],
  }
}

const twoParties: readonly DemoSigner[] = [
  { role: 'party', group: 1, bankid: 'contractPartyA', onBehalfOf: 'Nordlys Demo AS' },
  { role: 'party', group: 1, bankid: 'contractPartyB', onBehalfOf: 'Fjordlys Regnskap AS' },
]

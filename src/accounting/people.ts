// People of the made-up company, for examples: their numbers are synthetic (month + 80).
import type { RegisteredCompany } from './company.ts'
import { accountsExample, contractExample, voucherExample } from './examples.ts'
import type { ExampleSigner, OrderExample } from './order-rule.ts'

export const chair: ExampleSigner = { role: 'chair', name: 'Ingrid Solbakken' }
export const member: ExampleSigner = { role: 'boardMember', name: 'Øystein Bråthen' }
export const manager: ExampleSigner = { role: 'generalManager', name: 'Åse Kjærstad' }
export const auditor: ExampleSigner = { role: 'auditor', group: 2, name: 'Bjørn Sætre' }
export const attestant: ExampleSigner = {
  role: 'attestant',
  name: 'Tuva Myrvold',
  person: { nationalIdentityNumber: '23889416068' },
}
export const approver: ExampleSigner = {
  role: 'approver',
  group: 2,
  name: 'Håkon Rødseth',
  person: { nationalIdentityNumber: '30857929957' },
}

export const nordlys: RegisteredCompany = {
  organisationNumber: '310000019',
  name: 'Nordlys Demo AS',
  asOf: '2026-01-15',
  roles: [
    { role: 'chair', name: 'Ingrid Solbakken', birthDate: '1968-03-14' },
    { role: 'boardMember', name: 'Øystein Bråthen', birthDate: '1975-11-02' },
    { role: 'generalManager', name: 'Åse Kjærstad', birthDate: '1981-06-27' },
    { role: 'deputyBoardMember', name: 'Gro Fjellvang', birthDate: '1986-01-17' },
    { role: 'auditor', name: 'Bjørn Sætre', birthDate: '1972-09-09' },
  ],
}

/** Annual accounts of 2025, sent in March 2026 with a deadline in good time. */
export const accountsOrder: OrderExample = {
  today: '2026-03-12',
  metadata: [accountsExample],
  signers: [chair, member, manager],
  deadline: '2026-05-31',
}

export const contractOrder: OrderExample = {
  today: '2026-02-02',
  metadata: [contractExample],
  signers: [
    { role: 'party', name: 'Ingrid Solbakken', onBehalfOf: 'Nordlys Demo AS' },
    { role: 'party', name: 'Sverre Lie-Haugen', onBehalfOf: 'Fjordlys Regnskap AS' },
  ],
}

export const voucherOrder: OrderExample = {
  today: '2026-02-16',
  metadata: [voucherExample],
  signers: [attestant, approver],
}

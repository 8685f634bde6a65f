// Made-up orders to draw: every name, number and hash here is invented.
import {
  type AuditAppearanceInput,
  auditAppearance,
  drawSheets,
  type SheetsInput,
  signatureAppearance,
} from '../../src/sheet/index.ts'
import type { Language } from '../../src/text/index.ts'
import { type Placed, standalonePdf } from './standalone.ts'

export const hash = (digit: string) => `${digit}7c3f90a1be52d84`.repeat(4).slice(0, 64)
export const moment = (seconds: number) => new Date(Date.UTC(2026, 10, 22, 13, 3, 27) + seconds * 1000)

const names = [
  'Kari Nordmann',
  'Ola Bjørnstad Ødegård',
  'Ánne Márjá Čáppagiettis',
  'Maximiliane-Antoinette Charlotta Fredriksen von Hohenlohe-Langenburg Østensjøvatnet',
  'Per Å',
  'Łukasz Żółć Müller-ßtraße',
  'Ďáđđáŋŋá Šŧállu-Žuovga',
]
const roles = ['chair', 'boardMember', 'generalManager', 'employeeRepresentative', 'party', 'auditor']

const eventTypes = [
  'order.received',
  'order.prepared',
  'signer.invited',
  'ceremony.begun',
  'signer.identified',
  'signer.hashesShown',
  'signer.authorised',
  'signer.signed',
]

export type Person = {
  readonly slot: number
  readonly name: string
  readonly role: string
  readonly onBehalfOf: string | null
}

export function people(count: number): readonly Person[] {
  return Array.from({ length: count }, (_, index) => ({
    slot: index + 1,
    name: names[index % names.length] ?? '',
    role: roles[index % roles.length] ?? 'signer',
    onBehalfOf: index % 6 === 4 ? 'Fjordlys Regnskap og Rådgivning Nord-Troms AS' : null,
  }))
}

export function sheetsInput(language: Language, count: number, spare = 2, title = 'Årsregnskap 2025'): SheetsInput {
  const free = Array.from({ length: spare }, (_, index) => ({ slot: count + 1 + index, role: null }))
  return {
    language,
    title,
    organisation: { number: '987654325', name: 'Fjordlys Regnskap AS' },
    reference: 'AO-2025-0017',
    uploadSha256: hash('a'),
    slots: [...people(count), ...free],
    orderId: '0193f0c2-5b1e-7a44-9c3d-2f6f1f0f8a11',
    kind: 'annualAccounts',
    pages: 10,
    uploadSize: 75565,
  }
}

export function auditInput(language: Language, count: number, events: number, title?: string): AuditAppearanceInput {
  const { slots: _, ...document } = sheetsInput(language, count, 2, title)
  return {
    ...document,
    orderId: '0193f0c2-5b1e-7a44-9c3d-2f6f1f0f8a11',
    outcome: 'completed',
    signedSha256: hash('b'),
    signers: people(count).map((person, index) => ({
      ...person,
      signedAt: moment(index * 61),
      level: 'high' as const,
      certificate: {
        serial: `4f${hash('c').slice(0, 30)}${String(index).padStart(2, '0')}`,
        issuer: 'Simulert BankID TEST Person CA 1',
      },
    })),
    events: Array.from({ length: events }, (_, index) => ({
      time: moment(index * 7 - 900),
      type: eventTypes[index % eventTypes.length] ?? '',
      name: index % eventTypes.length < 2 ? null : (names[index % names.length] ?? null),
    })),
    trailHead: hash('d'),
    sealOrganisation: 'Fjordlys Regnskap AS',
  }
}

/** Every signer has signed, and the seal is set. */
export async function exampleDocument(
  language: Language,
  count: number,
  events: number,
  title?: string,
): Promise<Uint8Array> {
  const sheets = await drawSheets(sheetsInput(language, count, 2, title))
  const signers = people(count)
  const placed: Placed[] = sheets.pages.flatMap((page, index) => {
    const signed = page.slots.flatMap(({ slot, rect }): Placed[] => {
      const person = signers.find((one) => one.slot === slot)
      if (person === undefined) return []
      const appearance = signatureAppearance({ ...person, language, level: 'high' })
      return [{ appearance, page: index, rect }]
    })
    if (page.seal === undefined) return signed
    return [
      ...signed,
      { appearance: auditAppearance(auditInput(language, count, events, title)), page: index, rect: page.seal },
    ]
  })
  return standalonePdf(sheets, placed)
}

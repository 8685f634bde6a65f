// Who the parties of a contract are: persons or organisations.
import { documentRule } from '../document-rule.ts'
import { contractExample } from '../examples.ts'
import { isRecord, note, type Reading, readList, readOrganisationNumber, readText, refuseUnknown } from '../fields.ts'
import { readSignatureRights, type SignatureRight } from './signature-rights.ts'

export type Party = {
  readonly name: string
  /** Present when the party is an organisation. */
  readonly organisationNumber?: string
  /** Who may bind it, in alternatives: any one of them is enough. */
  readonly signatureRights?: readonly SignatureRight[]
}

export function readParties(reading: Reading): readonly Party[] | undefined {
  return readList(reading, 'parties', { required: true, min: 2, max: 40 }, readParty)
}

function readParty(list: Reading, index: string): Party | undefined {
  const value = list.object[index]
  if (!isRecord(value)) {
    note(list, index, 'METADATA_INVALID', 'A party must be an object with a `name`.')
    return undefined
  }
  const party: Reading = { object: value, pointer: `${list.pointer}/${index}`, errors: list.errors }
  refuseUnknown(party, ['name', 'organisationNumber', 'signatureRights'])
  const name = readText(party, 'name', { required: true, max: 200 })
  const organisationNumber = readOrganisationNumber(party, 'organisationNumber', false)
  const signatureRights = readSignatureRights(party)
  if (name === undefined) return undefined
  return {
    name,
    ...(organisationNumber !== undefined && { organisationNumber }),
    ...(signatureRights && { signatureRights }),
  }
}

export const parties = documentRule({
  id: 'PARTIES',
  kinds: ['contract'],
  title: 'A contract has at least two parties with names; an organisation also by its number',
  law: 'avtaleloven § 1; Enhetsregisteret, modulus 11',
  read: readParties,
  passing: { ...contractExample, parties: [...contractExample.parties, { name: 'Kari Nordmann' }] },
  failing: { ...contractExample, parties: [{ name: 'Nordlys Demo AS', organisationNumber: '310000018' }] },
})

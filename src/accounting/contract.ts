// Contracts (avtaler): who the parties are, persons or organisations.
import {
  isRecord,
  note,
  type Reading,
  readDate,
  readList,
  readOrganisationNumber,
  readText,
  refuseUnknown,
} from './fields.ts'

export type Party = {
  readonly name: string
  /** Present when the party is an organisation. */
  readonly organisationNumber?: string
}

export type Contract = {
  readonly kind: 'contract'
  readonly parties: readonly Party[]
  /** The organisation whose books the contract belongs to. */
  readonly organisationNumber?: string
  readonly organisationName?: string
  /** Date of the contract, ISO. */
  readonly date?: string
}

export const contractFields = ['parties', 'organisationNumber', 'organisationName', 'date'] as const

/** Reads the fields of a contract; undefined when something is wrong, which then stands in `reading.errors`. */
export function readContract(reading: Reading): Contract | undefined {
  const parties = readList(reading, 'parties', { required: true, min: 2, max: 40 }, readParty)
  const organisationNumber = readOrganisationNumber(reading, 'organisationNumber', false)
  const organisationName = readText(reading, 'organisationName', { max: 200 })
  const date = readDate(reading, 'date', false)
  if (parties === undefined) return undefined
  return {
    kind: 'contract',
    parties,
    ...(organisationNumber !== undefined && { organisationNumber }),
    ...(organisationName !== undefined && { organisationName }),
    ...(date !== undefined && { date }),
  }
}

function readParty(list: Reading, index: string): Party | undefined {
  const value = list.object[index]
  if (!isRecord(value)) {
    note(list, index, 'METADATA_INVALID', 'A party must be an object with a `name`.')
    return undefined
  }
  const party: Reading = { object: value, pointer: `${list.pointer}/${index}`, errors: list.errors }
  refuseUnknown(party, ['name', 'organisationNumber'])
  const name = readText(party, 'name', { required: true, max: 200 })
  const organisationNumber = readOrganisationNumber(party, 'organisationNumber', false)
  if (name === undefined) return undefined
  return { name, ...(organisationNumber !== undefined && { organisationNumber }) }
}

// Signature rights (firmategning, prokura) as a party's register entry states them.
import { documentRule } from '../document-rule.ts'
import { contractExample } from '../examples.ts'
import { isRecord, note, type Reading, readList, readText, refuseUnknown } from '../fields.ts'

/** What gives somebody the power to bind: signature right (firmategning), procuration (prokura) or a power of attorney. */
export const authorities = ['signatureRight', 'procuration', 'powerOfAttorney'] as const
export type Authority = (typeof authorities)[number]

/**
 * One way to bind the party: `count` of `holders` together, or of anybody with that authority when no holders are named.
 * Alone = 1, two jointly = 2, k of n = k of n holders.
 */
export type SignatureRight = {
  readonly by: Authority
  readonly count: number
  readonly holders?: readonly string[]
}

const maximumHolders = 20

/** Reads `signatureRights` of a party. */
export function readSignatureRights(party: Reading): readonly SignatureRight[] | undefined {
  return readList(party, 'signatureRights', { min: 1, max: 10 }, readSignatureRight)
}

function readSignatureRight(list: Reading, index: string): SignatureRight | undefined {
  const value = list.object[index]
  if (!isRecord(value)) {
    note(list, index, 'METADATA_INVALID', 'A signature right must be an object with `by` and `count`.')
    return undefined
  }
  const right: Reading = { object: value, pointer: `${list.pointer}/${index}`, errors: list.errors }
  refuseUnknown(right, ['by', 'count', 'holders'])
  const by = authorities.find((known) => known === value['by'])
  if (by === undefined) note(right, 'by', 'METADATA_INVALID', `\`by\` must be one of ${authorities.join(', ')}.`)
  const holders = readList(right, 'holders', { min: 1, max: maximumHolders }, (names, place) =>
    readText(names, place, { required: true, max: 200 }),
  )
  const count = value['count']
  const most = holders?.length ?? maximumHolders
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > most) {
    note(
      right,
      'count',
      'METADATA_INVALID',
      `\`count\` must be a whole number from 1 to ${most}: how many sign together.`,
    )
    return undefined
  }
  return by && { by, count, ...(holders && { holders }) }
}

const withRights = (rights: readonly unknown[]) => ({
  ...contractExample,
  parties: [{ ...contractExample.parties[0], signatureRights: rights }, contractExample.parties[1]],
})

export const signatureRights = documentRule({
  id: 'SIGNATURE_RIGHTS',
  kinds: ['contract'],
  title: 'Signature rights say by what authority and how many together: alone, two jointly, k of n, procuration',
  law: 'aksjeloven §§ 6-30, 6-31; selskapsloven § 2-21; prokuraloven § 1',
  read: (reading) =>
    readList(reading, 'parties', { min: 2, max: 40 }, (list, index) => {
      const value = list.object[index]
      if (!isRecord(value)) return undefined
      return readSignatureRights({ object: value, pointer: `${list.pointer}/${index}`, errors: list.errors })
    }),
  passing: withRights([
    { by: 'signatureRight', count: 1, holders: ['Ingrid Solbakken'] },
    { by: 'signatureRight', count: 2, holders: ['Øystein Bråthen', 'Åse Kjærstad', 'Gro Fjellvang'] },
    { by: 'procuration', count: 1, holders: ['Åse Kjærstad'] },
  ]),
  failing: withRights([
    { by: 'signatureRight', count: 3, holders: ['Øystein Bråthen', 'Åse Kjærstad'] },
    { by: 'stamp' },
  ]),
})

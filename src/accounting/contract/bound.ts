// A party whose signature rights are stated is bound by those who sign for it.
import { contractExample } from '../examples.ts'
import { documentsOf, type OrderFacts, orderRule } from '../order-rule.ts'
import { contractOrder } from '../people.ts'
import { sameName } from '../same-name.ts'
import { sureToSign } from '../same-person.ts'
import type { Party } from './parties.ts'
import { signsOnBehalfOf } from './principal.ts'
import type { SignatureRight } from './signature-rights.ts'

/** Enough holders of the right sign for the party, whoever comes first in groups with a quorum. */
function bindsBy(facts: OrderFacts, party: Party, right: SignatureRight): boolean {
  const holders = facts.signers.filter(
    (signer) =>
      signsOnBehalfOf(signer, party) &&
      (signer.authority === undefined || signer.authority === right.by) &&
      (right.holders === undefined || right.holders.some((holder) => sameName(holder, signer.name))),
  )
  return sureToSign(facts, holders) >= right.count
}

const parties = [
  {
    ...contractExample.parties[0],
    signatureRights: [
      { by: 'signatureRight', count: 2, holders: ['Ingrid Solbakken', 'Øystein Bråthen', 'Gro Fjellvang'] },
      { by: 'procuration', count: 1, holders: ['Åse Kjærstad'] },
    ],
  },
  contractExample.parties[1],
]
const [alone, other] = contractOrder.signers

export const bound = orderRule({
  id: 'SIGNATURE_RIGHT_NOT_MET',
  kinds: ['contract'],
  title:
    'Who signs for a party holds one of its stated signature rights: alone, jointly, so many of the holders, by procuration',
  law: 'aksjeloven §§ 6-30, 6-31; selskapsloven § 2-21; prokuraloven § 1; avtaleloven chapter 2',
  severity: 'refusal',
  // Power to bind can come from elsewhere, such as a decision of the board.
  overridable: true,
  check: (facts) =>
    documentsOf(facts, 'contract').flatMap(({ metadata }) =>
      metadata.parties.flatMap((party) => {
        const rights = party.signatureRights ?? []
        if (rights.length === 0 || rights.some((right) => bindsBy(facts, party, right))) return []
        const ways = rights.map((binding) => ({ binding }))
        const says = ways.length === 1 ? ('notBound' as const) : ('notBoundByAny' as const)
        return [{ pointer: '/signers', says, values: [party.name, ...ways] }]
      }),
    ),
  passing: {
    ...contractOrder,
    metadata: [{ ...contractExample, parties }],
    signers: [
      { role: 'party', name: 'Ingrid Solbakken', onBehalfOf: 'Nordlys Demo AS', authority: 'signatureRight' },
      { role: 'party', name: 'Gro Fjellvang', onBehalfOf: 'Nordlys Demo AS', authority: 'signatureRight' },
      { role: 'party', name: 'Sverre Lie-Haugen', onBehalfOf: '987654325' },
    ],
  },
  failing: {
    ...contractOrder,
    metadata: [{ ...contractExample, parties }],
    signers: [alone, other].flatMap((one) => one ?? []),
  },
})

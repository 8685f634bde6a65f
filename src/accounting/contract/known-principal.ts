// Whoever signs a contract for somebody names one of its parties.
import { documentsOf, orderRule } from '../order-rule.ts'
import { contractOrder } from '../people.ts'
import { signsOnBehalfOf } from './principal.ts'

export const knownPrincipal = orderRule({
  id: 'ON_BEHALF_OF_UNKNOWN',
  kinds: ['contract'],
  title: 'On whose behalf somebody signs is one of the parties, by its name or organisation number',
  law: 'avtaleloven § 10',
  severity: 'refusal',
  overridable: true,
  check(facts) {
    const parties = documentsOf(facts, 'contract').flatMap(({ metadata }) => metadata.parties)
    if (parties.length === 0) return []
    return facts.signers
      .filter((signer) => signer.onBehalfOf !== undefined && !parties.some((party) => signsOnBehalfOf(signer, party)))
      .map(({ pointer, onBehalfOf = '' }) => ({
        pointer: `${pointer}/onBehalfOf`,
        says: 'principalUnknown',
        values: [onBehalfOf, { names: parties.map(({ name }) => name) }],
      }))
  },
  passing: contractOrder,
  failing: {
    ...contractOrder,
    signers: contractOrder.signers.map((signer, index) =>
      index === 0 ? { ...signer, onBehalfOf: 'Nordlys Holding AS' } : signer,
    ),
  },
})

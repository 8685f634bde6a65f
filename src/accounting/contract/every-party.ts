// Somebody signs for every party of a contract.
import { documentsOf, orderRule } from '../order-rule.ts'
import { contractOrder } from '../people.ts'
import { signsFor } from './principal.ts'

export const everyParty = orderRule({
  id: 'PARTY_WITHOUT_SIGNER',
  kinds: ['contract'],
  title: 'Somebody signs for every party: the person himself, or whoever names it in `onBehalfOf`',
  law: 'avtaleloven § 1',
  severity: 'warning',
  overridable: false,
  check: (facts) =>
    documentsOf(facts, 'contract').flatMap(({ metadata }) =>
      metadata.parties
        .filter((party) => !facts.signers.some((signer) => signsFor(signer, party)))
        .map(({ name }) => ({ pointer: '/signers', says: 'partyWithoutSigner', values: [name] })),
    ),
  passing: contractOrder,
  failing: { ...contractOrder, signers: contractOrder.signers.slice(0, 1) },
})

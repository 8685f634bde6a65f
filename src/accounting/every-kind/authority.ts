// An authority to bind somebody says whom.
import { orderRule } from '../order-rule.ts'
import { contractOrder } from '../people.ts'

const [first, ...rest] = contractOrder.signers.map((signer) => ({ ...signer, authority: 'procuration' as const }))

export const authority = orderRule({
  id: 'AUTHORITY_WITHOUT_PRINCIPAL',
  kinds: ['annualAccounts', 'contract', 'voucher'],
  title: 'Whoever signs by an authority says in `onBehalfOf` for whom',
  law: 'avtaleloven § 10; prokuraloven § 1',
  severity: 'refusal',
  overridable: false,
  check: ({ signers }) =>
    signers
      .filter(({ authority: by, onBehalfOf }) => by !== undefined && onBehalfOf === undefined)
      .map(({ pointer, name }) => ({
        pointer: `${pointer}/authority`,
        says: 'authorityWithoutPrincipal',
        values: [name],
      })),
  passing: { ...contractOrder, signers: first ? [first, ...rest] : rest },
  failing: {
    ...contractOrder,
    signers: [{ role: 'party', name: 'Ingrid Solbakken', authority: 'procuration' }, ...rest],
  },
})

// A signature of nobody in particular proves who signed, but not that it is the one who was meant to.
import { orderRule } from '../order-rule.ts'
import { contractOrder } from '../people.ts'

const [first, ...rest] = contractOrder.signers

export const anyone = orderRule({
  id: 'ANYONE_MAY_SIGN',
  kinds: ['annualAccounts', 'contract', 'voucher'],
  title: 'A signer is somebody in particular: whoever has the link signs only where the sender says `anyone`',
  law: 'eIDAS article 26 (a), (b)',
  severity: 'warning',
  overridable: false,
  check: ({ signers }) =>
    signers
      .filter((signer) => signer.anyone)
      .map(({ pointer, name }) => ({ pointer: `${pointer}/anyone`, says: 'anyoneMaySign', values: [name] })),
  passing: contractOrder,
  failing: { ...contractOrder, signers: first ? [{ ...first, anyone: true }, ...rest] : rest },
})

// One order holds the accounts of one organisation and one fiscal year: its signers sign for that one.

import { accountsExample } from '../examples.ts'
import { documentsOf, orderRule } from '../order-rule.ts'
import { accountsOrder } from '../people.ts'

export const oneCompany = orderRule({
  id: 'ACCOUNTS_DIFFER',
  kinds: ['annualAccounts'],
  title: 'All annual accounts in an order are of one organisation and one fiscal year',
  law: 'regnskapsloven §§ 1-2, 3-5',
  severity: 'refusal',
  overridable: false,
  check(facts) {
    const [first, ...others] = documentsOf(facts, 'annualAccounts')
    return others
      .filter(
        ({ metadata }) =>
          metadata.organisationNumber !== first?.metadata.organisationNumber ||
          metadata.fiscalYear.from !== first.metadata.fiscalYear.from ||
          metadata.fiscalYear.to !== first.metadata.fiscalYear.to,
      )
      .map(({ pointer }) => ({ pointer, says: 'accountsDiffer', values: [] }))
  },
  passing: { ...accountsOrder, metadata: [accountsExample, { ...accountsExample, parts: ['directorsReport'] }] },
  failing: { ...accountsOrder, metadata: [accountsExample, { ...accountsExample, fiscalYear: 2024 }] },
})

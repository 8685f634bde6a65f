// Annual accounts name whose they are.
import { documentRule } from '../document-rule.ts'
import { accountsExample } from '../examples.ts'
import { type Reading, readOrganisationNumber, readText } from '../fields.ts'

/** Number and name, each undefined (and noted) when missing or wrong. */
export const readOrganisation = (reading: Reading) => ({
  organisationNumber: readOrganisationNumber(reading, 'organisationNumber', true),
  organisationName: readText(reading, 'organisationName', { required: true, max: 200 }),
})

export const organisation = documentRule({
  id: 'ORGANISATION',
  kinds: ['annualAccounts'],
  title: 'Annual accounts name their organisation, by a number whose check digit holds',
  law: 'regnskapsloven § 1-2; Enhetsregisteret, modulus 11',
  read: readOrganisation,
  passing: accountsExample,
  failing: { ...accountsExample, organisationNumber: '310000018' },
})

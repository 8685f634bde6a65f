// The seal is an organisation's, the signatures are people's: neither may stand in the other's place.
import { nameAttribute } from '../../x509/index.ts'
import { type Check, indeterminate, passed } from '../check.ts'
import { isSeglField } from '../origin.ts'

export const sealOrganisation: Check = {
  id: 'PERSON_OR_ORGANISATION',
  title: 'An organisation sealed, people signed',
  citation: 'EN 319 412-2 § 4.2.4; EN 319 412-3 § 4.2.1',
  run({ kind, signer, embedded }) {
    if (kind === 'timestamp' || !signer?.certificate || (kind === 'signer' && !isSeglField(embedded.field)))
      return undefined
    const { subject } = signer.certificate
    const person = ['GN', 'SN'].some((key) => nameAttribute(subject, key) !== undefined)
    const organisation = nameAttribute(subject, 'O') !== undefined && !person
    if (kind === 'seal' && !organisation)
      return indeterminate('SIG_CONSTRAINTS_FAILURE', 'The seal is not made with an organisation’s certificate.')
    if (kind === 'signer' && !person)
      return indeterminate('SIG_CONSTRAINTS_FAILURE', 'The signature is not made with a person’s certificate.')
    return passed()
  },
}

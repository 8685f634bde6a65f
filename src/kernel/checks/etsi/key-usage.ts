// A person's signing key is for nothing else; it says so.
import { type Check, indeterminate, passed } from '../check.ts'

export const keyUsage: Check = {
  id: 'KEY_USAGE',
  title: 'The certificate is for signing documents',
  citation: 'EN 319 412-2 § 4.3.2; RFC 5280 4.2.1.3',
  run({ kind, signer }) {
    if (kind === 'timestamp' || !signer?.certificate) return undefined
    const { keyUsage: usage } = signer.certificate
    return usage?.has('nonRepudiation')
      ? passed()
      : indeterminate('SIG_CONSTRAINTS_FAILURE', 'The key usage does not say nonRepudiation.')
  },
}

// The certificate leads to a root that the verifier trusts, and was valid and not revoked at the best-signature-time.
import { type Check, failed, indeterminate, passed } from '../check.ts'

export const certificatePath: Check = {
  id: 'CERTIFICATE_PATH',
  title: 'The certificate was valid and trusted when it was used',
  citation: 'RFC 5280 6.1; RFC 6960 3.2; EN 319 102-1 5.2.6',
  run({ path, claimedTime }, { trustAnchors }) {
    if (trustAnchors.length === 0) {
      return indeterminate(
        'NO_CERTIFICATE_CHAIN_FOUND',
        'No root was given to trust (--trust); there is no implicit one.',
      )
    }
    if (!path) return indeterminate('NO_SIGNING_CERTIFICATE_FOUND', 'There is no certificate to judge.')
    const [reason] = path.reasons
    const [own] = path.revocation
    // Proofs that begin after a revocation leave open what was before it; a signer who himself names a later time does not.
    if (
      own?.status === 'revoked' &&
      own.reason !== 6 &&
      claimedTime !== undefined &&
      claimedTime >= (own.revokedAt ?? 0)
    ) {
      return failed(
        'REVOKED',
        `${reason?.detail ?? 'The certificate was revoked'}, before the signature says it was made.`,
      )
    }
    return path.verdict === 'PASSED'
      ? passed()
      : { verdict: path.verdict, subIndication: path.subIndication, detail: reason?.detail }
  },
}

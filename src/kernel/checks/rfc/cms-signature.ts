// The signature itself: the digest is that of the signed bytes, and the key of the certificate made it.
import type { Check, Finding } from '../check.ts'

export const cmsSignature: Check = {
  id: 'CMS_SIGNATURE',
  title: 'The signature is intact',
  citation: 'RFC 5652 5.4, 5.6; RFC 5035; RFC 3161 2.4.2',
  run({ cmsFault, signer }): Finding {
    if (cmsFault !== undefined || !signer) {
      return { verdict: 'FAILED', subIndication: 'FORMAT_FAILURE', detail: cmsFault ?? 'There is no signature.' }
    }
    const [reason] = signer.reasons
    return { verdict: signer.verdict, subIndication: reason?.subIndication, detail: reason?.detail }
  },
}

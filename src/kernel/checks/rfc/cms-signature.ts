// The signature itself: the digest is that of the signed bytes, and the key of the certificate made it.
import { type Check, type Finding, indeterminate, passed } from '../check.ts'
import { isOurs } from '../ours.ts'

/** The kinds that are judged here (ISO 32000-2, table 260; ISO 32000-1, table 257). */
const judged: readonly (string | undefined)[] = [
  'ETSI.CAdES.detached',
  'ETSI.RFC3161',
  'adbe.pkcs7.detached',
  'adbe.pkcs7.sha1',
  // The key is optional; what it then is shows by its verifying or not.
  undefined,
]

export const cmsSignature: Check = {
  id: 'CMS_SIGNATURE',
  title: 'The signature is intact',
  citation: 'RFC 5652 5.4, 5.6; RFC 5035; RFC 3161 2.4.2',
  run({ cmsFault, signer, embedded, kind }): Finding {
    const foreign = !isOurs(embedded)
    if (foreign && !judged.includes(embedded.subFilter) && signer?.holds !== true) {
      const detail = `Not judged: signatures with the /SubFilter ${embedded.subFilter ?? ''} are not verified here.`
      return indeterminate('SIG_CONSTRAINTS_FAILURE', detail)
    }
    if (cmsFault !== undefined || !signer) {
      return { verdict: 'FAILED', subIndication: 'FORMAT_FAILURE', detail: cmsFault ?? 'There is no signature.' }
    }
    const [reason] = signer.reasons
    if (foreign && signer.holds === true && kind !== 'timestamp') {
      // Which certificate it names is a matter of its form (SIGNED_ATTRIBUTES).
      if (signer.verdict === 'PASSED' || reason?.subIndication === 'SIG_CONSTRAINTS_FAILURE') return passed()
      return indeterminate(
        reason?.subIndication ?? 'SIG_CONSTRAINTS_FAILURE',
        `The cryptography holds, but is no proof today: ${reason?.detail ?? ''}`,
      )
    }
    return { verdict: signer.verdict, subIndication: reason?.subIndication, detail: reason?.detail }
  },
}

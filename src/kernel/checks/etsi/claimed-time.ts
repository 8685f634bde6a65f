// The claimed time /M lies within the certificate's validity and not after the time-stamp.
import { type Check, failed, passed } from '../check.ts'

/** Clocks may differ by this much before a claim is one (DESIGN: more than 60 s of skew stops signing). */
const skewMs = 60_000

export const claimedTime: Check = {
  id: 'CLAIMED_TIME',
  title: 'The claimed time agrees with certificate and time-stamp',
  citation: 'EN 319 142-1 Table 1 (g); EN 319 102-1 5.5.4',
  run({ kind, claimedTime: claimed, signer, proofs }) {
    if (kind === 'timestamp' || claimed === undefined) return undefined
    const certificate = signer?.certificate
    if (!certificate) return undefined
    const [from, until] = [Number(certificate.notBefore), Number(certificate.notAfter)]
    if (claimed < from || claimed > until) {
      return failed('FORMAT_FAILURE', '/M lies outside the validity of the certificate.')
    }
    const own = proofs.find((proof) => proof.kind === 'signature-time-stamp')
    if (own && claimed > own.time + skewMs) return failed('FORMAT_FAILURE', '/M is later than the time-stamp.')
    return passed()
  },
}

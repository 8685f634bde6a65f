// The claimed time /M lies within the certificate's validity and not after the time-stamp.
import { isString, saysZone } from '../../pdf/index.ts'
import { type Check, notBaseline, passed } from '../check.ts'
import { isOurs } from '../ours.ts'

/** Clocks may differ by this much before a claim is one (DESIGN: more than 60 s of skew stops signing). */
const skewMs = 60_000
/** A claim without a zone may be meant in any (ISO 32000-2, 7.9.4). */
const zonesMs = 14 * 3_600_000

export const claimedTime: Check = {
  id: 'CLAIMED_TIME',
  title: 'The claimed time agrees with certificate and time-stamp',
  citation: 'EN 319 142-1 Table 1 (g); EN 319 102-1 5.5.4',
  run(signature, { file }) {
    const { kind, claimedTime: claimed, signer, proofs, embedded } = signature
    if (kind === 'timestamp' || claimed === undefined) return undefined
    const certificate = signer?.certificate
    if (!certificate) return undefined
    const [from, until] = [Number(certificate.notBefore), Number(certificate.notAfter)]
    const written = file.resolve(embedded.dict.get('M'))
    const zones = isOurs(embedded) || (isString(written) && saysZone(written)) ? 0 : zonesMs
    if (claimed + zones < from || claimed - zones > until) {
      return notBaseline(signature, '/M lies outside the validity of the certificate.')
    }
    const own = proofs.find((proof) => proof.kind === 'signature-time-stamp')
    if (own && claimed > own.time + skewMs + zones) return notBaseline(signature, '/M is later than the time-stamp.')
    return passed()
  },
}

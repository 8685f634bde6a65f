// Exactly what a PAdES baseline signature signs: no signing-time attribute, the certificate bound by its hash.
import { type Check, failed, passed } from '../check.ts'

/** id-data (RFC 5652 § 4). */
const idData = '1.2.840.113549.1.7.1'

export const signedAttributes: Check = {
  id: 'SIGNED_ATTRIBUTES',
  title: 'The signed attributes are those of PAdES',
  citation: 'EN 319 142-1 Table 1 (c), (e), T13',
  run({ cms, kind }) {
    if (kind === 'timestamp') return undefined
    const [signer, ...others] = cms?.signerInfos ?? []
    if (!cms || !signer || others.length > 0) return failed('FORMAT_FAILURE', 'There is not exactly one signer.')
    if (cms.content !== undefined) return failed('FORMAT_FAILURE', 'The CMS is not detached.')
    if (signer.contentType !== idData) return failed('FORMAT_FAILURE', 'The content-type is not id-data.')
    if (signer.signingTime !== undefined) return failed('FORMAT_FAILURE', 'There is a signing-time attribute.')
    if (signer.essCertificates.length === 0) return failed('FORMAT_FAILURE', 'No signing-certificate attribute.')
    return passed()
  },
}

// Exactly what a PAdES baseline signature signs: no signing-time attribute, the certificate bound by its hash.
import { attributeOids } from '../../cms/index.ts'
import { type Check, failed, notBaseline, passed } from '../check.ts'

/** id-data (RFC 5652 § 4). */
const idData = '1.2.840.113549.1.7.1'

export const signedAttributes: Check = {
  id: 'SIGNED_ATTRIBUTES',
  title: 'The signed attributes are those of PAdES',
  citation: 'EN 319 142-1 Table 1 (c), (e), T13',
  run(signature) {
    const { cms, kind } = signature
    // Of what cannot be read CMS_SIGNATURE tells the one reason.
    if (kind === 'timestamp' || !cms) return undefined
    const [signer, ...others] = cms.signerInfos
    if (!signer || others.length > 0)
      return failed('FORMAT_FAILURE', `There are ${cms.signerInfos.length} signers, not one.`)
    if (signer.signedAttributesDer === undefined) return notBaseline(signature, 'There are no signed attributes.')
    if (cms.content !== undefined) return notBaseline(signature, 'The CMS is not detached.')
    if (signer.contentType !== idData) return notBaseline(signature, 'The content-type is missing or not id-data.')
    // Without the attribute, another certificate over the same key could stand in the place of this one.
    const wrong = [
      ...(signer.signedAttributes.some(({ oid }) => oid === attributeOids.signingTime)
        ? ['There is a signing-time attribute.']
        : []),
      ...(signer.essCertificates.length === 0
        ? ['No signing-certificate attribute says which certificate signed.']
        : []),
    ]
    return wrong.length === 0 ? passed() : notBaseline(signature, wrong.join(' '))
  },
}

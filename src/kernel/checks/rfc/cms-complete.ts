// What a signature does not sign in its CMS agrees with what it does sign: else bytes of it could be exchanged and nobody would see.
import { isIdentified, type SignedData, type SignerInfo } from '../../cms/index.ts'
import { equalBytes } from '../../der/index.ts'
import { parseCertificateIfReadable } from '../../x509/index.ts'
import { type Check, failed, indeterminate, passed } from '../check.ts'

/** id-data (RFC 5652 § 4). */
const idData = '1.2.840.113549.1.7.1'

export const cmsComplete: Check = {
  id: 'CMS_COMPLETE',
  title: 'The CMS carries the signer’s certificate and agrees with itself',
  citation: 'EN 319 142-1 Table 1 (a); RFC 5652 5.1, 5.3',
  run({ cms, kind, signer }) {
    const [info, ...others] = cms?.signerInfos ?? []
    if (!cms || !info || others.length > 0 || !signer?.certificate) return undefined
    const { certificate } = signer
    if (!cms.digestAlgorithms.includes(info.digestOid)) {
      return failed('FORMAT_FAILURE', 'The digest algorithm of the signer is not among those announced.')
    }
    if (info.version !== signerVersion(info) || cms.version !== dataVersion(cms, info)) {
      return failed('FORMAT_FAILURE', 'The version of the CMS does not go with its content.')
    }
    for (const der of cms.certificates) {
      const one = parseCertificateIfReadable(der)
      if (!one) return failed('FORMAT_FAILURE', 'A certificate in the CMS cannot be read.')
      if (isIdentified(one, info) && !equalBytes(one.der, certificate.der)) {
        return failed('FORMAT_FAILURE', 'The CMS carries a false copy of the signer’s certificate.')
      }
    }
    if (cms.certificates.some((der) => equalBytes(der, certificate.der))) return passed()
    const detail = 'The CMS does not carry the signer’s certificate.'
    return kind === 'timestamp'
      ? indeterminate('NO_SIGNING_CERTIFICATE_FOUND', detail)
      : failed('FORMAT_FAILURE', detail)
  },
}

const signerVersion = ({ identifier }: SignerInfo): number => ('subjectKeyIdentifier' in identifier ? 3 : 1)

/** RFC 5652 5.1; versions 4 and 5 announce kinds of certificates and revocation data that PAdES does not use. */
function dataVersion({ contentType, ocspResponses }: SignedData, info: SignerInfo): number {
  if (ocspResponses.length > 0) return 5
  return contentType !== idData || info.version === 3 ? 3 : 1
}

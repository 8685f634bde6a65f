// What a signature does not sign in its CMS agrees with what it does sign: else bytes of it could be exchanged and nobody would see.
import { isIdentified, type SignedData, type SignerInfo } from '../../cms/index.ts'
import { equalBytes } from '../../der/index.ts'
import { parseCertificateIfReadable, parseForeignCertificate } from '../../x509/index.ts'
import { type Check, failed, indeterminate, notBaseline, passed } from '../check.ts'
import { isOurs } from '../ours.ts'

/** id-data (RFC 5652 § 4). */
const idData = '1.2.840.113549.1.7.1'

export const cmsComplete: Check = {
  id: 'CMS_COMPLETE',
  title: 'The CMS carries the signer’s certificate and agrees with itself',
  citation: 'EN 319 142-1 Table 1 (a); RFC 5652 5.1, 5.3',
  run(signature) {
    const { cms, kind, signer, embedded } = signature
    const [info, ...others] = cms?.signerInfos ?? []
    if (!cms || !info || others.length > 0 || !signer?.certificate) return undefined
    const { certificate } = signer
    if (!cms.digestAlgorithms.includes(info.digestOid)) {
      return notBaseline(signature, 'The digest algorithm of the signer is not among those announced.')
    }
    if (info.version !== signerVersion(info) || cms.version !== dataVersion(cms, info)) {
      return notBaseline(signature, 'The version of the CMS does not go with its content.')
    }
    let isThere = false
    for (const der of cms.certificates) {
      const one = isOurs(embedded) ? parseCertificateIfReadable(der) : parseForeignCertificate(der)
      if (!one) return notBaseline(signature, 'A certificate in the CMS cannot be read.')
      const isSame = equalBytes(one.der, certificate.der)
      isThere ||= isSame
      if (isIdentified(one, info) && !isSame) {
        return failed('FORMAT_FAILURE', 'The CMS carries a false copy of the signer’s certificate.')
      }
    }
    if (isThere) return passed()
    const detail = 'The CMS does not carry the signer’s certificate.'
    return kind === 'timestamp' ? indeterminate('NO_SIGNING_CERTIFICATE_FOUND', detail) : notBaseline(signature, detail)
  },
}

const signerVersion = ({ identifier }: SignerInfo): number => ('subjectKeyIdentifier' in identifier ? 3 : 1)

/** RFC 5652 5.1; attribute certificates and other kinds announce themselves, though PAdES does not use them. */
function dataVersion({ contentType, ocspResponses, otherCertificates }: SignedData, info: SignerInfo): number {
  if (ocspResponses.length > 0 || otherCertificates.includes(0xa3)) return 5
  if (otherCertificates.includes(0xa2)) return 4
  return otherCertificates.includes(0xa1) || contentType !== idData || info.version === 3 ? 3 : 1
}

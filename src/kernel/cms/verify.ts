// Verifies one SignerInfo (RFC 5652 5.4, 5.6; EN 319 102-1 5.2.2, 5.2.3, 5.2.7): format, certificate, digest, signature.
import { equalBytes } from '../der/index.ts'
import {
  type Certificate,
  type Crypto,
  parseCertificateIfReadable,
  type Reason,
  type SubIndication,
  schemeOf,
  type Verdict,
  verdictOf,
  weakness,
} from '../x509/index.ts'
import { matchesEss } from './ess.ts'
import type { SignedData, SignerInfo } from './read.ts'

export type SignerVerification = {
  readonly verdict: Verdict
  readonly subIndication: SubIndication | undefined
  readonly reasons: readonly Reason[]
  /** The signer's certificate, when it could be identified. Its path is not looked at here. */
  readonly certificate: Certificate | undefined
}

export type SignerToVerify = {
  readonly signedData: SignedData
  /** Which signer; may be left out when there is exactly one. */
  readonly signerInfo?: SignerInfo
  /** Digest of the detached content, by the SignerInfo's digest algorithm. */
  readonly contentDigest?: Uint8Array
  /** The detached content itself, instead of its digest. */
  readonly content?: Uint8Array
  /** Certificates from elsewhere (a DSS), DER, in case the CMS lacks the signer's. */
  readonly certificates?: readonly Uint8Array[]
  /** The signer's certificate, when it is known whose signature this must be: then no other is looked for. */
  readonly certificate?: Certificate
  readonly crypto: Crypto
}

const failed = (
  subIndication: SubIndication,
  citation: string,
  detail: string,
  certificate?: Certificate,
): SignerVerification => ({
  verdict: verdictOf(subIndication),
  subIndication,
  reasons: [{ subIndication, citation, detail }],
  certificate,
})

/** PASSED says: these bytes were signed with the key of `certificate`, to which the signer bound himself. */
export async function verifySignerInfo(input: SignerToVerify): Promise<SignerVerification> {
  const { signedData, crypto } = input
  const signer = input.signerInfo ?? onlySigner(signedData)
  if (signer === undefined) {
    return failed('FORMAT_FAILURE', 'EN 319 142-1 6.3', 'The CMS must have exactly one signer')
  }
  const format = formatProblem(signedData, signer)
  if (format !== undefined) return failed('FORMAT_FAILURE', ...format)

  const certificate = await findSigningCertificate(input, signer)
  if (certificate === undefined) {
    return failed(
      'NO_SIGNING_CERTIFICATE_FOUND',
      'EN 319 102-1 5.2.3.4',
      'No certificate matches both the signer identifier and the signing-certificate attribute',
    )
  }
  return verifyCryptographically(input, signer, certificate, crypto)
}

const onlySigner = ({ signerInfos }: SignedData): SignerInfo | undefined =>
  signerInfos.length === 1 ? signerInfos[0] : undefined

function formatProblem(signedData: SignedData, signer: SignerInfo): [citation: string, detail: string] | undefined {
  if (signer.signedAttributesDer === undefined) {
    return ['EN 319 122-1 5.1', 'The signature has no signed attributes']
  }
  if (!signer.signedAttributesInOrder) {
    return ['RFC 5652 5.3', 'The signed attributes are not in the order that DER demands']
  }
  if (signer.contentType !== signedData.contentType) {
    return ['RFC 5652 11.1', 'The content-type attribute is missing or differs from the type of the content']
  }
  if (signer.messageDigest === undefined) return ['RFC 5652 11.2', 'The message-digest attribute is missing']
  const scheme = schemeOf(signer.signatureAlgorithm, signer.digestAlgorithm)
  if (scheme?.kind === 'rsa-pss' && scheme.digest !== signer.digestAlgorithm) {
    return ['RFC 4056 3', 'RSASSA-PSS is announced with another digest than that of the content']
  }
  return undefined
}

async function findSigningCertificate(input: SignerToVerify, signer: SignerInfo): Promise<Certificate | undefined> {
  const [ess] = signer.essCertificates
  const isNamed = async (certificate: Certificate): Promise<boolean> =>
    isIdentified(certificate, signer) && (ess === undefined || (await matchesEss(ess, certificate, input.crypto)))
  if (input.certificate !== undefined) return (await isNamed(input.certificate)) ? input.certificate : undefined
  for (const der of [...input.signedData.certificates, ...(input.certificates ?? [])]) {
    const certificate = parseCertificateIfReadable(der)
    if (certificate !== undefined && (await isNamed(certificate))) return certificate
  }
  return undefined
}

/** Whether the signer identifier names this certificate (RFC 5652 5.3). */
export function isIdentified(certificate: Certificate, { identifier }: SignerInfo): boolean {
  if ('subjectKeyIdentifier' in identifier) return certificate.subjectKeyIdentifier === identifier.subjectKeyIdentifier
  return certificate.serialNumber === identifier.serialNumber && equalBytes(certificate.issuerDer, identifier.issuerDer)
}

async function verifyCryptographically(
  input: SignerToVerify,
  signer: SignerInfo,
  certificate: Certificate,
  crypto: Crypto,
): Promise<SignerVerification> {
  const scheme = schemeOf(signer.signatureAlgorithm, signer.digestAlgorithm)
  const { digestAlgorithm, signedAttributesDer, messageDigest } = signer
  if (scheme === undefined || digestAlgorithm === undefined) {
    const detail = `The algorithms ${signer.digestOid} and ${signer.signatureAlgorithm.oid} are not supported`
    return failed('CRYPTO_CONSTRAINTS_FAILURE_NO_POE', 'ETSI TS 119 312', detail, certificate)
  }
  const content = input.content ?? input.signedData.content
  const digest = input.contentDigest ?? (content && (await crypto.digest(digestAlgorithm, content)))
  if (digest === undefined) {
    return failed('SIGNED_DATA_NOT_FOUND', 'EN 319 102-1 5.2.7', 'The signed content is not at hand', certificate)
  }
  if (messageDigest === undefined || !equalBytes(digest, messageDigest)) {
    const detail = 'The content was changed: its digest is not the one that was signed'
    return failed('HASH_FAILURE', 'RFC 5652 5.6', detail, certificate)
  }
  const { spkiDer: spki } = certificate
  const data = signedAttributesDer
  if (data === undefined || !(await crypto.verify({ scheme, spki, data, signature: signer.signature }))) {
    const detail = 'The signature does not verify with the key of the certificate'
    return failed('SIG_CRYPTO_FAILURE', 'RFC 5652 5.6', detail, certificate)
  }
  const weak = weakness(scheme, certificate.publicKey) ?? (digestAlgorithm === 'sha1' ? 'uses SHA-1' : undefined)
  if (weak !== undefined) {
    const detail = `The signature ${weak}`
    return failed('CRYPTO_CONSTRAINTS_FAILURE_NO_POE', 'ETSI TS 119 312', detail, certificate)
  }
  if (signer.essCertificates.length === 0) {
    // Intact, but another certificate over the same key could have been put in the place of this one.
    const detail = 'The signature does not say which certificate made it (signing-certificate attribute)'
    return failed('SIG_CONSTRAINTS_FAILURE', 'EN 319 142-1 Table 1 (e)', detail, certificate)
  }
  return { verdict: 'PASSED', subIndication: undefined, reasons: [], certificate }
}

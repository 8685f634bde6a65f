// Verifies one SignerInfo (RFC 5652 5.4, 5.6; EN 319 102-1 5.2.2, 5.2.3, 5.2.7): format, certificate, digest, signature.
import { equalBytes } from '../der/index.ts'
import {
  type Certificate,
  type Crypto,
  certificateDigestNow,
  parseCertificateIfReadable,
  parseForeignCertificate,
  type Reason,
  type SignatureToVerify,
  type SubIndication,
  schemeOf,
  type Verdict,
  verdictOf,
  verifyNow,
  weakness,
} from '../x509/index.ts'
import { matchesEss } from './ess.ts'
import type { SignedData } from './read.ts'
import type { SignedAttributesForm, SignerInfo } from './signer-info.ts'

export type SignerVerification = {
  readonly verdict: Verdict
  readonly subIndication: SubIndication | undefined
  readonly reasons: readonly Reason[]
  /** The signer's certificate, when it could be identified. Its path is not looked at here. */
  readonly certificate: Certificate | undefined
  /** The digest is right and the key made the signature, whatever else there is to say. */
  readonly holds?: true
  /** Over which form of the signed attributes; said only of what other programs signed. */
  readonly signedForm?: SignedAttributesForm['form']
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
  if (signer === undefined) return notOneSigner
  const format = formatProblem(signedData, signer)
  if (format !== undefined) return format
  const certificate = await findSigningCertificate(input, signer)
  if (certificate === undefined) return noCertificate
  const content = input.content ?? signedData.content
  const { digestAlgorithm } = signer
  const digest = input.contentDigest ?? (digestAlgorithm && content && (await crypto.digest(digestAlgorithm, content)))
  if (signedData.foreign) return verifyForeign(signer, certificate, { digest, content }, crypto)
  const claim = claimOf(signer, certificate, digest, signer.signedAttributesDer)
  return isFailure(claim) ? claim : conclude(signer, certificate, claim, await crypto.verify(claim))
}

/** What another program signed: its attributes in any form they may have been signed in, or none; the form is told apart. */
async function verifyForeign(
  signer: SignerInfo,
  certificate: Certificate,
  { digest, content }: { readonly digest: Uint8Array | undefined; readonly content: Uint8Array | undefined },
  crypto: Crypto,
): Promise<SignerVerification> {
  const isBare = signer.signedAttributesDer === undefined
  const forms: readonly { form?: SignedAttributesForm['form']; set: Uint8Array | undefined }[] = isBare
    ? [{ set: content }]
    : signer.signedAttributesForms
  for (const { form, set } of forms) {
    const claim = isBare ? claimOnContent(signer, certificate, set) : claimOf(signer, certificate, digest, set)
    if (isFailure(claim)) return claim
    if (!(await crypto.verify(claim))) continue
    return { ...conclude(signer, certificate, claim, true), ...(form === undefined ? {} : { signedForm: form }) }
  }
  const detail = 'The signature does not verify with the key of the certificate'
  return failed('SIG_CRYPTO_FAILURE', 'RFC 5652 5.6', detail, certificate)
}

/**
 * `verifySignerInfo` at once by node:crypto, where it is known whose signature this must be: detached, of the one signer, by
 * `certificate` and no other. For the side that signs, which looks at every signature it makes.
 */
export function verifySignerNow(
  signedData: SignedData,
  contentDigest: Uint8Array,
  certificate: Certificate,
): SignerVerification {
  const signer = onlySigner(signedData)
  if (signer === undefined) return notOneSigner
  const format = formatProblem(signedData, signer)
  if (format !== undefined) return format
  const [ess] = signer.essCertificates
  const isNamed =
    isIdentified(certificate, signer) &&
    (ess === undefined ||
      (ess.digest !== undefined && matchesEss(ess, certificate, certificateDigestNow(ess.digest, certificate))))
  if (!isNamed) return noCertificate
  const claim = claimOf(signer, certificate, contentDigest, signer.signedAttributesDer)
  return isFailure(claim) ? claim : conclude(signer, certificate, claim, verifyNow(claim))
}

const notOneSigner = failed('FORMAT_FAILURE', 'EN 319 142-1 6.3', 'The CMS must have exactly one signer')

const noCertificate = failed(
  'NO_SIGNING_CERTIFICATE_FOUND',
  'EN 319 102-1 5.2.3.4',
  'No certificate matches both the signer identifier and the signing-certificate attribute',
)

const onlySigner = ({ signerInfos }: SignedData): SignerInfo | undefined =>
  signerInfos.length === 1 ? signerInfos[0] : undefined

function formatProblem(signedData: SignedData, signer: SignerInfo): SignerVerification | undefined {
  const { foreign } = signedData
  if (signer.signedAttributesDer === undefined) {
    return foreign ? undefined : failed('FORMAT_FAILURE', 'EN 319 122-1 5.1', 'The signature has no signed attributes')
  }
  if (!foreign && !signer.signedAttributesInOrder) {
    return failed('FORMAT_FAILURE', 'RFC 5652 5.3', 'The signed attributes are not in the order that DER demands')
  }
  if (signer.contentType !== signedData.contentType && !(foreign && signer.contentType === undefined)) {
    const detail = 'The content-type attribute is missing or differs from the type of the content'
    return failed('FORMAT_FAILURE', 'RFC 5652 11.1', detail)
  }
  if (signer.messageDigest === undefined) {
    return failed('FORMAT_FAILURE', 'RFC 5652 11.2', 'The message-digest attribute is missing')
  }
  const scheme = schemeOf(signer.signatureAlgorithm, signer.digestAlgorithm)
  if (scheme?.kind === 'rsa-pss' && scheme.digest !== signer.digestAlgorithm) {
    const detail = 'RSASSA-PSS is announced with another digest than that of the content'
    return failed('FORMAT_FAILURE', 'RFC 4056 3', detail)
  }
  return undefined
}

async function findSigningCertificate(input: SignerToVerify, signer: SignerInfo): Promise<Certificate | undefined> {
  const [ess] = signer.essCertificates
  for (const der of [...input.signedData.certificates, ...(input.certificates ?? [])]) {
    const certificate = input.signedData.foreign ? parseForeignCertificate(der) : parseCertificateIfReadable(der)
    if (certificate === undefined || !isIdentified(certificate, signer)) continue
    if (ess === undefined) return certificate
    if (ess.digest === undefined) continue
    if (matchesEss(ess, certificate, await input.crypto.digest(ess.digest, certificate.der))) return certificate
  }
  return undefined
}

/** Whether the signer identifier names this certificate (RFC 5652 5.3). */
export function isIdentified(certificate: Certificate, { identifier }: SignerInfo): boolean {
  if ('subjectKeyIdentifier' in identifier) return certificate.subjectKeyIdentifier === identifier.subjectKeyIdentifier
  return certificate.serialNumber === identifier.serialNumber && equalBytes(certificate.issuerDer, identifier.issuerDer)
}

const isFailure = (claim: SignatureToVerify | SignerVerification): claim is SignerVerification => 'verdict' in claim

/** What the signer claims, for the key to confirm; or why there is nothing to confirm. */
function claimOf(
  signer: SignerInfo,
  certificate: Certificate,
  digest: Uint8Array | undefined,
  data: Uint8Array | undefined,
): SignatureToVerify | SignerVerification {
  const scheme = schemeOf(signer.signatureAlgorithm, signer.digestAlgorithm)
  const { digestAlgorithm, messageDigest } = signer
  if (scheme === undefined || digestAlgorithm === undefined) return notSupported(signer, certificate)
  if (digest === undefined) {
    return failed('SIGNED_DATA_NOT_FOUND', 'EN 319 102-1 5.2.7', 'The signed content is not at hand', certificate)
  }
  if (messageDigest === undefined || data === undefined || !equalBytes(digest, messageDigest)) {
    const detail = 'The content was changed: its digest is not the one that was signed'
    return failed('HASH_FAILURE', 'RFC 5652 5.6', detail, certificate)
  }
  return { scheme, spki: certificate.spkiDer, data, signature: signer.signature }
}

/** Without signed attributes the signature is over the content itself (RFC 5652 5.4). */
function claimOnContent(
  signer: SignerInfo,
  certificate: Certificate,
  content: Uint8Array | undefined,
): SignatureToVerify | SignerVerification {
  const scheme = schemeOf(signer.signatureAlgorithm, signer.digestAlgorithm)
  if (scheme === undefined || signer.digestAlgorithm === undefined) return notSupported(signer, certificate)
  if (content === undefined) {
    return failed('SIGNED_DATA_NOT_FOUND', 'EN 319 102-1 5.2.7', 'The signed content is not at hand', certificate)
  }
  return { scheme, spki: certificate.spkiDer, data: content, signature: signer.signature }
}

function notSupported(signer: SignerInfo, certificate: Certificate): SignerVerification {
  const detail = `The algorithms ${signer.digestOid} and ${signer.signatureAlgorithm.oid} are not supported`
  return failed('CRYPTO_CONSTRAINTS_FAILURE_NO_POE', 'ETSI TS 119 312', detail, certificate)
}

function conclude(
  signer: SignerInfo,
  certificate: Certificate,
  { scheme }: SignatureToVerify,
  verifies: boolean,
): SignerVerification {
  if (!verifies) {
    const detail = 'The signature does not verify with the key of the certificate'
    return failed('SIG_CRYPTO_FAILURE', 'RFC 5652 5.6', detail, certificate)
  }
  const isSha1 = signer.digestAlgorithm === 'sha1'
  const weak = weakness(scheme, certificate.publicKey) ?? (isSha1 ? 'uses SHA-1' : undefined)
  if (weak !== undefined) {
    const detail = `The signature ${weak}`
    return { ...failed('CRYPTO_CONSTRAINTS_FAILURE_NO_POE', 'ETSI TS 119 312', detail, certificate), holds: true }
  }
  if (signer.essCertificates.length === 0) {
    // Intact, but another certificate over the same key could have been put in the place of this one.
    const detail = 'The signature does not say which certificate made it (signing-certificate attribute)'
    return { ...failed('SIG_CONSTRAINTS_FAILURE', 'EN 319 142-1 Table 1 (e)', detail, certificate), holds: true }
  }
  return { verdict: 'PASSED', subIndication: undefined, reasons: [], certificate, holds: true }
}

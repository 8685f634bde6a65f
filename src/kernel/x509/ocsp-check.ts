// Checks an OCSP response: does it answer for this certificate, and was its signer allowed to (RFC 6960 3.2, 4.2.2.2)?
import { equalBytes } from '../der/index.ts'
import { type Certificate, isValidAt, parseCertificateIfReadable } from './certificate.ts'
import type { Crl } from './crl.ts'
import { checkCrl } from './crl-check.ts'
import type { Crypto } from './crypto.ts'
import { freshnessProblem, proofProblem } from './freshness.ts'
import { sameName } from './names.ts'
import type { BasicOcspResponse, OcspResponse, SingleResponse } from './ocsp.ts'
import { purposeProblem } from './purpose.ts'
import { type RevocationStatus, unknownStatus } from './revocation-status.ts'
import { weakness } from './strength.ts'

export type OcspToCheck = {
  readonly response: OcspResponse
  readonly certificate: Certificate
  readonly issuer: Certificate
  /** The time asked about, milliseconds since 1970. */
  readonly at: number
  /** Where a delegated responder's certificate may be when the response lacks it. */
  readonly candidates?: readonly Certificate[]
  /** CRLs for a delegated responder without ocsp-nocheck. */
  readonly crls?: readonly Crl[]
  /** By when the response provably existed; its signer must have been valid then. */
  readonly provenAt?: number | undefined
  /** The nonce of the request; a response that carries another one is refused, one that carries none is not. */
  readonly nonce?: Uint8Array
  readonly crypto: Crypto
}

/** What the response says about the certificate at `at`; `unknown` with the problem when it cannot be relied on. */
export async function checkOcspResponse(input: OcspToCheck): Promise<RevocationStatus> {
  const { response, certificate, at, nonce } = input
  const { basic } = response
  if (basic === undefined) return unusable(`The OCSP responder answered ${response.status}`)
  const single = await answerFor(input, basic)
  // An answer about another certificate is no problem, it just says nothing here.
  if (single === undefined) return unknownStatus([])
  if (basic.unknownCritical.length > 0 || single.unknownCritical.length > 0) {
    return unusable('The OCSP response has critical extensions that are not known')
  }
  if (nonce !== undefined && basic.nonce !== undefined && !equalBytes(nonce, basic.nonce)) {
    return unusable('The OCSP response carries the nonce of another request')
  }
  const signer = await findSigner(input, basic)
  if (typeof signer === 'string') return unusable(signer)
  const unproven = proofProblem(signer, basic.producedAt, input.provenAt)
  if (unproven !== undefined) return unproven
  if (single.status === 'unknown') return unusable('The OCSP responder does not know the certificate')

  const { thisUpdate, nextUpdate, revokedAt, reason } = single
  const found = {
    source: 'ocsp',
    evidence: response.der,
    thisUpdate,
    nextUpdate,
    revokedAt,
    reason,
    problems: [],
  } as const
  if (revokedAt !== undefined && revokedAt <= at) return { ...found, status: 'revoked' }
  const stale = freshnessProblem(certificate, at, { thisUpdate, nextUpdate, expiredFrom: single.archiveCutoff })
  return stale === undefined ? { ...found, status: 'good' } : unusable(stale)
}

/** The single response whose CertID names this certificate and this issuer's name and key; the worst, if several do. */
async function answerFor(input: OcspToCheck, basic: BasicOcspResponse): Promise<SingleResponse | undefined> {
  const { certificate, issuer, crypto } = input
  let answer: SingleResponse | undefined
  for (const single of basic.responses) {
    const { digest, serialNumber, issuerNameHash, issuerKeyHash } = single.certificateId
    if (serialNumber !== certificate.serialNumber || digest === undefined) continue
    if (!equalBytes(issuerKeyHash, await crypto.digest(digest, issuer.publicKey.octets))) continue
    if (!equalBytes(issuerNameHash, await crypto.digest(digest, certificate.issuerDer))) continue
    if (answer === undefined || single.status === 'revoked') answer = single
  }
  return answer
}

/** A response names its signer, so more than a few certificates to choose from are an attempt to keep us busy. */
const mostResponders = 16

/** The certificate that signed the response and may answer for this issuer, or why there is none. */
async function findSigner(input: OcspToCheck, basic: BasicOcspResponse): Promise<Certificate | string> {
  const { issuer, crypto } = input
  const scheme = basic.signatureScheme
  if (scheme === undefined) return 'The OCSP response uses a signature algorithm that is not supported'
  const signed = (by: Certificate) =>
    crypto.verify({ scheme, spki: by.spkiDer, data: basic.tbsDer, signature: basic.signature })

  if ((await isResponder(issuer, basic, crypto)) && (await signed(issuer))) {
    return weaknessText(weakness(scheme, issuer.publicKey)) ?? issuer
  }
  const sent = basic.certificates.slice(0, mostResponders).flatMap((der) => parseCertificateIfReadable(der) ?? [])
  let problem = 'Neither the issuing CA nor a responder appointed by it signed the OCSP response'
  for (const responder of [...sent, ...(input.candidates ?? [])]) {
    if (!(await isResponder(responder, basic, crypto)) || !(await signed(responder))) continue
    const found =
      (await delegationProblem(input, basic, responder)) ?? weaknessText(weakness(scheme, responder.publicKey))
    if (found === undefined) return responder
    problem = found
  }
  return problem
}

const weaknessText = (weak: string | undefined) => (weak === undefined ? undefined : `The OCSP response ${weak}`)

async function isResponder(certificate: Certificate, basic: BasicOcspResponse, crypto: Crypto): Promise<boolean> {
  const { responder } = basic
  if ('name' in responder) return sameName(responder.name, certificate.subject)
  // RFC 6960 4.2.1: KeyHash is SHA-1 of the key's octets.
  return equalBytes(responder.keyHash, await crypto.digest('sha1', certificate.publicKey.octets))
}

/** RFC 6960 4.2.2.2: a delegated responder is issued directly by the CA that issued the certificate in question. */
async function delegationProblem(
  input: OcspToCheck,
  basic: BasicOcspResponse,
  responder: Certificate,
): Promise<string | undefined> {
  const { issuer, crypto, crls = [] } = input
  const scheme = responder.signatureScheme
  const { tbsDer: data, signature } = responder
  if (
    scheme === undefined ||
    !sameName(responder.issuer, issuer.subject) ||
    !(await crypto.verify({ scheme, spki: issuer.spkiDer, data, signature }))
  ) {
    return 'The OCSP responder was not appointed by the CA that issued the certificate'
  }
  const weak = weakness(scheme, issuer.publicKey)
  if (weak !== undefined) return `The certificate of the OCSP responder ${weak}`
  const purpose = purposeProblem(responder, 'ocspSigning')
  if (purpose !== undefined) return purpose.detail
  if (responder.unknownCritical.length > 0) return 'The OCSP responder has critical extensions that are not known'
  if (!isValidAt(responder, basic.producedAt)) return 'The OCSP responder answered outside its own validity'
  if (responder.ocspNoCheck) return undefined
  // RFC 6960 4.2.2.2.1: without nocheck the responder must be checked, and only a CRL can do that without a circle.
  for (const crl of crls) {
    const { status } = await checkCrl({ crl, certificate: responder, issuer, at: basic.producedAt, crypto })
    if (status === 'good') return undefined
    if (status === 'revoked') return 'The certificate of the OCSP responder is revoked'
  }
  return 'The OCSP responder has no ocsp-nocheck, and no CRL says that it is not revoked'
}

const unusable = (detail: string): RevocationStatus =>
  unknownStatus([{ subIndication: 'TRY_LATER', citation: 'RFC 6960 3.2', detail }])

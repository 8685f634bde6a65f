// Proof that certificates are good: for each but the root an OCSP response, or a CRL where there is none, fetched now and checked.
import { randomBytes } from 'node:crypto'
import { isSeglError, SeglError } from '../../errors.ts'
import type { RevocationSource } from '../../flow/ports/trust-services.ts'
import {
  buildOcspRequest,
  type Certificate,
  checkCrl,
  checkOcspResponse,
  distinguishedName,
  nodeCrypto,
  type OcspResponse,
  parseCertificate,
  parseCrl,
  parseOcspResponse,
  type RevocationStatus,
} from '../../kernel/x509/index.ts'
import { malformed, mediaTypeOf, type OutsideCall, refused } from './outside-call.ts'
import { pathToAnchor } from './path.ts'

export type RevocationSourceOptions = {
  readonly call: OutsideCall
  /** Roots, DER. */
  readonly trustAnchors: readonly Uint8Array[]
}

const largestOcspResponse = 256 * 1024
const largestCrl = 32 * 1024 * 1024

/** One answer about one certificate: the bytes to keep, and certificates of responders that came with it. */
type Proof = { readonly ocsp?: Uint8Array; readonly crl?: Uint8Array; readonly responders: readonly Uint8Array[] }

/**
 * Asks all certificates of a chain at the same time. A revoked certificate is CERTIFICATE_INVALID; one that nobody vouches for
 * is REVOCATION_DATA_INVALID, or TRUST_SERVICE_UNAVAILABLE when nobody could be reached.
 */
export function createRevocationSource({ call, trustAnchors }: RevocationSourceOptions): RevocationSource {
  const anchors = trustAnchors.map((der) => parseCertificate(der))

  return {
    async validationData({ certificate, candidates, at }) {
      const leaf = parseCertificate(certificate)
      const chain = await pathToAnchor({
        certificate: leaf,
        candidates,
        trustAnchors: anchors,
        purpose: 'any',
        at,
        call,
      })
      const proofs = await Promise.all(
        chain.slice(0, -1).map((subject, index) => proofOf(subject, chain[index + 1] ?? subject, at)),
      )
      return {
        certificates: distinct([...chain.map(({ der }) => der), ...proofs.flatMap(({ responders }) => responders)]),
        ocsps: distinct(proofs.flatMap(({ ocsp }) => ocsp ?? [])),
        crls: distinct(proofs.flatMap(({ crl }) => crl ?? [])),
      }
    },
  }

  async function proofOf(certificate: Certificate, issuer: Certificate, at: Date): Promise<Proof> {
    const sources: readonly (() => Promise<Proof | 'unknown'>)[] = [
      ...certificate.aia.ocsp.map((url) => () => fromOcsp(url, certificate, issuer, at)),
      ...certificate.crlDistributionPoints.map((url) => () => fromCrl(url, certificate, issuer, at)),
    ]
    const failures: SeglError[] = []
    for (const source of sources) {
      const found = await source().catch((error) => {
        // A revocation is not outvoted by another source.
        if (!isSeglError(error) || error.code === 'CERTIFICATE_INVALID') throw error
        failures.push(error)
        return undefined
      })
      if (found === 'unknown') throw notProven(certificate, 'its OCSP responder does not know it')
      if (found !== undefined) return found
    }
    // What somebody answered says more than that somebody else did not answer.
    const telling = failures.find(({ code }) => code !== 'TRUST_SERVICE_UNAVAILABLE') ?? failures[0]
    throw telling ?? notProven(certificate, 'it names neither OCSP nor CRL')
  }

  async function fromOcsp(
    url: string,
    certificate: Certificate,
    issuer: Certificate,
    at: Date,
  ): Promise<Proof | 'unknown'> {
    const what = 'The OCSP responder'
    const nonce = new Uint8Array(randomBytes(16))
    const answer = await call.get(what, url, {
      method: 'POST',
      headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
      body: buildOcspRequest({ certificate, issuer, nonce }),
      limit: largestOcspResponse,
    })
    if (mediaTypeOf(answer) !== 'application/ocsp-response') throw malformed(what, 'answered with another media type')
    const response = parsed(what, () => parseOcspResponse(answer.body))
    if (response.status === 'tryLater' || response.status === 'internalError')
      throw refused(what, `answered ${response.status}`)
    // A CA that does not know a certificate with its name on it: the silence of a CRL must not outvote that (RFC 6960 §2.2).
    if (saysUnknown(response, certificate)) return 'unknown'
    const status = await checkOcspResponse({
      response,
      certificate,
      issuer,
      at: at.getTime(),
      nonce,
      crypto: nodeCrypto,
    })
    requireNotRevoked(certificate, status)
    return { ocsp: answer.body, responders: response.basic?.certificates ?? [] }
  }

  async function fromCrl(url: string, certificate: Certificate, issuer: Certificate, at: Date): Promise<Proof> {
    const what = 'The list of revoked certificates'
    const answer = await call.get(what, url, { method: 'GET', limit: largestCrl })
    const crl = parsed(what, () => parseCrl(answer.body))
    requireNotRevoked(certificate, await checkCrl({ crl, certificate, issuer, at: at.getTime(), crypto: nodeCrypto }))
    return { crl: answer.body, responders: [] }
  }
}

function saysUnknown(response: OcspResponse, certificate: Certificate): boolean {
  const about = response.basic?.responses.filter(
    ({ certificateId }) => certificateId.serialNumber === certificate.serialNumber,
  )
  return about?.some(({ status }) => status === 'unknown') === true
}

function requireNotRevoked(certificate: Certificate, found: RevocationStatus): void {
  if (found.status === 'good') return
  if (found.status === 'unknown')
    throw notProven(
      certificate,
      found.problems.map(({ detail }) => detail).join('; ') || 'the answer is about another one',
    )
  const since = found.revokedAt === undefined ? '' : ` since ${new Date(found.revokedAt).toISOString()}`
  throw new SeglError(
    'CERTIFICATE_INVALID',
    `The certificate ${kindOf(certificate)} is revoked${since}. Sign with a new one.`,
  )
}

function notProven(certificate: Certificate, because: string): SeglError {
  return new SeglError(
    'REVOCATION_DATA_INVALID',
    `Nobody vouches for the certificate ${kindOf(certificate)}: ${because}. It is asked again later.`,
  )
}

/** How a message may name a certificate: a CA by its name; anybody else, who may be a person, by its issuer. */
function kindOf(certificate: Certificate): string {
  return certificate.basicConstraints?.ca === true
    ? `of ${distinguishedName(certificate.subject)}`
    : `${certificate.serialNumber} issued by ${distinguishedName(certificate.issuer)}`
}

function parsed<T>(what: string, parse: () => T): T {
  try {
    return parse()
  } catch (cause) {
    throw isSeglError(cause) ? malformed(what, 'answered something that cannot be read', cause) : cause
  }
}

function distinct(all: readonly Uint8Array[]): Uint8Array[] {
  return [...new Map(all.map((der) => [Buffer.from(der).toString('base64'), der])).values()]
}

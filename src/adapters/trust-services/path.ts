// From a certificate to the pinned root, with issuers fetched from where the certificates say (AIA caIssuers) when they are missing.
import { isSeglError, SeglError } from '../../errors.ts'
import { parseCertsOnly } from '../../kernel/cms/index.ts'
import {
  type Certificate,
  isSignedBy,
  nodeCrypto,
  type Purpose,
  parseCertificate,
  sameCertificate,
  sameName,
  validatePath,
} from '../../kernel/x509/index.ts'
import type { OutsideCall } from './outside-call.ts'

export type PathToFind = {
  readonly certificate: Certificate
  /** DER; none of them is trusted, and one that cannot be read is passed over. */
  readonly candidates: readonly Uint8Array[]
  readonly trustAnchors: readonly Certificate[]
  readonly purpose: Purpose
  /** When the certificate has to be valid. */
  readonly at: Date
  readonly call: OutsideCall
}

const mostFetches = 4
const largestIssuerFile = 64 * 1024

/**
 * A path that passes every rule of RFC 5280 but revocation, the certificate first, the anchor last. CERTIFICATE_INVALID when
 * there is none; the message names rules and no subject, who may be a person.
 */
export async function pathToAnchor(input: PathToFind): Promise<readonly Certificate[]> {
  const { certificate, trustAnchors, purpose, call } = input
  const known = input.candidates.flatMap(readable)
  for (let fetches = 0; ; fetches++) {
    const found = await validatePath({
      certificate,
      candidates: known,
      trustAnchors,
      at: input.at.getTime(),
      revocation: 'unchecked',
      purpose,
      crypto: nodeCrypto,
    })
    if (found.verdict === 'PASSED') return found.path
    const missing = found.subIndication === 'NO_CERTIFICATE_CHAIN_FOUND' && fetches < mostFetches
    const fetched = missing ? await fetchIssuers(await highestKnown(certificate, known), call) : []
    const fresh = fetched.filter((one) => !known.some((other) => sameCertificate(one, other)))
    if (fresh.length === 0) throw notTrusted(found.reasons)
    known.push(...fresh)
  }
}

/** Certificates from elsewhere are offers. */
function readable(der: Uint8Array): Certificate[] {
  try {
    return [parseCertificate(der)]
  } catch (error) {
    if (isSeglError(error)) return []
    throw error
  }
}

/** Where the chain breaks off: the last issuer that is at hand. */
async function highestKnown(certificate: Certificate, known: readonly Certificate[]): Promise<Certificate> {
  const chain = [certificate]
  for (let last = certificate; ; ) {
    const issuers: Certificate[] = []
    for (const candidate of known)
      if (sameName(candidate.subject, last.issuer) && (await isSignedBy(last, candidate, nodeCrypto)))
        issuers.push(candidate)
    const issuer = issuers.find((one) => !chain.some((other) => sameCertificate(one, other)))
    if (issuer === undefined) return last
    chain.push(issuer)
    last = issuer
  }
}

/** What the first AIA address that answers holds (RFC 5280 §4.2.2.1): one certificate in DER, or a certs-only CMS. */
async function fetchIssuers(certificate: Certificate, call: OutsideCall): Promise<readonly Certificate[]> {
  for (const url of certificate.aia.caIssuers) {
    try {
      const answer = await call.get('the certificate of an issuer', url, { method: 'GET', limit: largestIssuerFile })
      const [single] = readable(answer.body)
      return single === undefined ? parseCertsOnly(answer.body) : [single]
    } catch (error) {
      // One dead address is no reason to give up: there may be another, and the missing chain says enough.
      if (!isSeglError(error)) throw error
    }
  }
  return []
}

function notTrusted(reasons: readonly { readonly subIndication: string; readonly citation: string }[]): SeglError {
  const rules = reasons.map(({ subIndication, citation }) => `${subIndication}, ${citation}`).join('; ')
  return new SeglError(
    'CERTIFICATE_INVALID',
    `A certificate does not hold under the pinned root of the trust service (${rules}). Check trust/root.pem and the issuer.`,
  )
}

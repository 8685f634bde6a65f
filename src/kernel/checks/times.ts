// When each signature provably existed: time-stamps are verified newest first, each under the protection of the one after it.
import { isIdentified, type TimestampToken, verifyTimestampToken } from '../cms/index.ts'
import type { EmbeddedSignature } from '../pdf/index.ts'
import {
  type Certificate,
  type Crypto,
  type PathValidation,
  type Purpose,
  type Reason,
  validatePath,
} from '../x509/index.ts'
import { readCms, readToken, tokenIn } from './cms-in-file.ts'
import type { Evidence, ProofOfExistence } from './evidence.ts'
import { isOurs } from './ours.ts'
import { byteRangeFault } from './pdf/byte-range.ts'

export type ProvenTimes = {
  /** Document time-stamps by their place in `evidence.embedded`. */
  readonly documentTimestamps: ReadonlyMap<EmbeddedSignature, ProofOfExistence>
  /** All proofs for a signature, its own time-stamp and the document time-stamps over it. */
  readonly proofsOf: (signature: EmbeddedSignature) => Promise<readonly ProofOfExistence[]>
  /** The path of a certificate used in `signature`, at a time; revocation data counts from when it is proven to have existed. */
  readonly pathOf: (
    certificate: Certificate,
    at: number,
    purpose: Purpose,
    signature: EmbeddedSignature,
  ) => Promise<PathValidation>
}

export const isTimestamp = ({ subFilter }: EmbeddedSignature): boolean => subFilter === 'ETSI.RFC3161'

/** How many time-stamps after a signature are asked what validation data they protect. */
const protectorsAsked = 3
const mostTokens = 5

/** EN 319 102-1 § 5.6.2.3: past signature validation by proofs of existence, from the outermost time-stamp inwards. */
export async function proveTimes(evidence: Evidence, crypto: Crypto): Promise<ProvenTimes> {
  const documentTimestamps = new Map<EmbeddedSignature, ProofOfExistence>()

  /** Valid document time-stamps over all of `signature`, earliest first. */
  const protectors = (signature: EmbeddedSignature) =>
    [...documentTimestamps]
      .filter(([other, { verdict }]) => verdict === 'PASSED' && isOver(other, signature))
      .sort(([, a], [, b]) => a.time - b.time)

  /** The earliest time at which the signature is proven to have existed by another one; now when nothing proves it. */
  const protectedAt = (signature: EmbeddedSignature): number =>
    Math.min(evidence.at, ...protectors(signature).map(([, { time }]) => time))

  const strict = evidence.certificates.filter(({ isDer }) => isDer !== false)

  const pathOf: ProvenTimes['pathOf'] = async (certificate, at, purpose, signature) => {
    const search = {
      certificate,
      candidates: isOurs(signature) ? strict : evidence.certificates,
      trustAnchors: evidence.trustAnchors,
      purpose,
      crypto,
    }
    // EN 319 102-1 § 5.6.2.2: what a time-stamp protects counts from that time-stamp, everything else from now.
    const held = protectors(signature)
      .slice(0, protectorsAsked)
      .flatMap(([{ covers }, { time }]) => (covers === undefined ? [] : [{ revision: covers, time }]))
    let path: PathValidation | undefined
    for (const { revision, time } of [...held, { revision: evidence.revisions.length - 1, time: evidence.at }]) {
      const found = await validatePath({
        ...search,
        at,
        revocation: evidence.revocationAt(revision),
        revocationProvenAt: time,
      })
      if (found.verdict === 'PASSED') return found
      path ??= found
    }
    return path ?? validatePath({ ...search, at, revocation: { ocsp: [], crls: [] } })
  }

  const proofBy = (
    kind: ProofOfExistence['kind'],
    token: TimestampToken,
    imprint: Uint8Array | undefined,
    signature: EmbeddedSignature,
  ) => proof({ kind, token, imprint, at: protectedAt(signature), signature, evidence, crypto, pathOf })

  for (const one of evidence.embedded.filter(isTimestamp).reverse()) {
    const token = readToken(one)
    if (token?.digestAlgorithm) {
      documentTimestamps.set(one, await proofBy('document-time-stamp', token, evidence.digests.signed(one), one))
    }
  }

  return {
    documentTimestamps,
    pathOf,
    async proofsOf(signature) {
      const proofs: ProofOfExistence[] = []
      const [signer] = readCms(signature).cms?.signerInfos ?? []
      for (const der of isTimestamp(signature) ? [] : (signer?.signatureTimestamps ?? []).slice(0, mostTokens)) {
        const token = tokenIn(der, signature)
        if (!token?.digestAlgorithm || !signer) continue
        // RFC 3161 appendix A: over the value of the signature.
        const imprint = await crypto.digest(token.digestAlgorithm, signer.signature)
        proofs.push(await proofBy('signature-time-stamp', token, imprint, signature))
      }
      for (const [other, found] of documentTimestamps) if (isOver(other, signature)) proofs.push(found)
      return proofs
    },
  }
}

/** Whether a document time-stamp is over every byte of the signature: its own gap must be its own token, and lie behind. */
function isOver(timestamp: EmbeddedSignature, signature: EmbeddedSignature): boolean {
  const [gap, other] = [timestamp.contentsAt, signature.contentsAt]
  if (timestamp === signature || timestamp.covers === undefined || byteRangeFault(timestamp) !== undefined) return false
  return gap !== undefined && other !== undefined && other[1] <= gap[0] && timestamp.covers > (signature.covers ?? -1)
}

type Question = {
  readonly kind: ProofOfExistence['kind']
  readonly token: TimestampToken
  readonly imprint: Uint8Array | undefined
  readonly at: number
  readonly signature: EmbeddedSignature
  readonly evidence: Evidence
  readonly crypto: Crypto
  readonly pathOf: ProvenTimes['pathOf']
}

async function proof({
  kind,
  token,
  imprint,
  at,
  signature,
  evidence,
  crypto,
  pathOf,
}: Question): Promise<ProofOfExistence> {
  const { genTime: time } = token
  const [info] = token.signedData.signerInfos
  const certificates = evidence.certificates.filter((one) => info && isIdentified(one, info)).map(({ der }) => der)
  const intact = await verifyTimestampToken({ token, imprint: imprint ?? new Uint8Array(), certificates, crypto })
  const { certificate, reasons, verdict } = intact
  if (verdict !== 'PASSED' || !certificate) return { kind, time, verdict, reasons, certificate, path: undefined }
  const path = await pathOf(certificate, at, 'timestamping', signature)
  const order: readonly Reason[] =
    time > at
      ? [
          {
            subIndication: 'TIMESTAMP_ORDER_FAILURE',
            citation: 'EN 319 102-1 5.5.4',
            detail: 'The time-stamp is of a later time than what comes after it.',
          },
        ]
      : []
  return {
    kind,
    time,
    verdict: order.length > 0 ? 'INDETERMINATE' : path.verdict,
    reasons: [...path.reasons, ...order],
    certificate,
    path,
  }
}

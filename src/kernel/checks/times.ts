// When each signature provably existed: time-stamps are verified newest first, each under the protection of the one after it.

import { SeglError } from '../../errors.ts'
import { parseTimestampToken, type TimestampToken, verifyTimestampToken } from '../cms/index.ts'
import type { EmbeddedSignature } from '../pdf/index.ts'
import { type Crypto, type Reason, validatePath } from '../x509/index.ts'
import { byteRangeDigest, type Evidence, type ProofOfExistence, readCms, readToken } from './evidence.ts'

export type ProvenTimes = {
  /** Document time-stamps by their place in `evidence.embedded`. */
  readonly documentTimestamps: ReadonlyMap<EmbeddedSignature, ProofOfExistence>
  /** All proofs for a signature, its own time-stamp and the document time-stamps over it. */
  readonly proofsOf: (signature: EmbeddedSignature) => Promise<readonly ProofOfExistence[]>
}

const end = ({ byteRange }: EmbeddedSignature): number => (byteRange?.[2] ?? 0) + (byteRange?.[3] ?? 0)
const isTimestamp = ({ subFilter }: EmbeddedSignature): boolean => subFilter === 'ETSI.RFC3161'

/** EN 319 102-1 § 5.6.2.3: past signature validation by proofs of existence, from the outermost time-stamp inwards. */
export async function proveTimes(evidence: Evidence, crypto: Crypto): Promise<ProvenTimes> {
  const documentTimestamps = new Map<EmbeddedSignature, ProofOfExistence>()

  /** The earliest time at which the bytes up to `offset` are proven to have existed; now when nothing proves it. */
  const protectedAt = (offset: number): number =>
    Math.min(
      evidence.at,
      ...[...documentTimestamps]
        .filter(([other, proof]) => proof.verdict === 'PASSED' && end(other) > offset)
        .map(([, proof]) => proof.time),
    )

  for (const one of evidence.embedded.filter(isTimestamp).reverse()) {
    const token = readToken(one.contents)
    if (!token?.digestAlgorithm) continue
    const imprint = await byteRangeDigest(evidence.source, one.byteRange, token.digestAlgorithm, crypto)
    documentTimestamps.set(
      one,
      await proof('document-time-stamp', token, imprint, protectedAt(end(one)), evidence, crypto),
    )
  }

  return {
    documentTimestamps,
    async proofsOf(signature) {
      const proofs: ProofOfExistence[] = []
      const [signer] = readCms(signature.contents).cms?.signerInfos ?? []
      for (const der of isTimestamp(signature) ? [] : (signer?.signatureTimestamps ?? [])) {
        const token = readable(der)
        if (!token?.digestAlgorithm || !signer) continue
        // RFC 3161 appendix A: over the value of the signature.
        const imprint = await crypto.digest(token.digestAlgorithm, signer.signature)
        proofs.push(await proof('signature-time-stamp', token, imprint, protectedAt(end(signature)), evidence, crypto))
      }
      for (const [other, found] of documentTimestamps) {
        if (other !== signature && end(other) > end(signature)) proofs.push(found)
      }
      return proofs
    },
  }
}

async function proof(
  kind: ProofOfExistence['kind'],
  token: TimestampToken,
  imprint: Uint8Array | undefined,
  at: number,
  evidence: Evidence,
  crypto: Crypto,
): Promise<ProofOfExistence> {
  const { genTime: time } = token
  const certificates = evidence.certificates.map(({ der }) => der)
  const token0 = await verifyTimestampToken({ token, imprint: imprint ?? new Uint8Array(), certificates, crypto })
  if (token0.verdict !== 'PASSED' || !token0.certificate) {
    return {
      kind,
      time,
      verdict: token0.verdict,
      reasons: token0.reasons,
      certificate: token0.certificate,
      path: undefined,
    }
  }
  const path = await validatePath({
    certificate: token0.certificate,
    candidates: evidence.certificates,
    trustAnchors: evidence.trustAnchors,
    at,
    revocation: evidence.revocation,
    purpose: 'timestamping',
    crypto,
  })
  const future: readonly Reason[] =
    time > at
      ? [
          {
            subIndication: 'TIMESTAMP_ORDER_FAILURE',
            citation: 'EN 319 102-1 5.5.4',
            detail: 'The time-stamp is of a later time',
          },
        ]
      : []
  const verdict = future.length > 0 ? 'INDETERMINATE' : path.verdict
  return { kind, time, verdict, reasons: [...path.reasons, ...future], certificate: token0.certificate, path }
}

function readable(der: Uint8Array): TimestampToken | undefined {
  try {
    return parseTimestampToken(der)
  } catch (error) {
    if (error instanceof SeglError) return undefined
    throw error
  }
}

// Who made each signature, whether it is intact, and whether his certificate led to a trusted root at that time.

import { verifySignerInfo } from '../cms/index.ts'
import type { EmbeddedSignature } from '../pdf/index.ts'
import { type Crypto, type PathValidation, validatePath } from '../x509/index.ts'
import {
  byteRangeDigest,
  claimedTime,
  type Evidence,
  type ProofOfExistence,
  readCms,
  readToken,
  type Signature,
  type SignatureKind,
  type SignerFacts,
} from './evidence.ts'
import type { ProvenTimes } from './times.ts'

export async function knowSigners(
  evidence: Evidence,
  times: ProvenTimes,
  crypto: Crypto,
): Promise<readonly Signature[]> {
  const found: Signature[] = []
  for (const embedded of evidence.embedded) {
    const proofs = await times.proofsOf(embedded)
    const timestamp = times.documentTimestamps.get(embedded)
    found.push(
      await (kindOf(embedded) === 'timestamp'
        ? timestampOf(embedded, timestamp, proofs, evidence)
        : signatureOf(embedded, proofs, evidence, crypto)),
    )
  }
  return found
}

function kindOf(embedded: EmbeddedSignature): SignatureKind {
  if (embedded.subFilter === 'ETSI.RFC3161') return 'timestamp'
  return embedded.field.name === 'Segl-Seal' || embedded.dict.has('SEGL_Trail') ? 'seal' : 'signer'
}

function timestampOf(
  embedded: EmbeddedSignature,
  proof: ProofOfExistence | undefined,
  proofs: readonly ProofOfExistence[],
  evidence: Evidence,
): Signature {
  const { cms, fault } = readCms(embedded.contents)
  const signer: SignerFacts | undefined = proof && {
    // The path has its own check: here only whether the token is intact and over these bytes.
    verdict: proof.path ? 'PASSED' : proof.verdict,
    reasons: proof.path ? [] : proof.reasons,
    certificate: proof.certificate,
  }
  return {
    embedded,
    kind: 'timestamp',
    cms,
    cmsFault: fault,
    token: readToken(embedded.contents),
    claimedTime: undefined,
    signer,
    proofs,
    bestTime: proof?.verdict === 'PASSED' ? proof.time : evidence.at,
    path: proof?.path,
  }
}

async function signatureOf(
  embedded: EmbeddedSignature,
  proofs: readonly ProofOfExistence[],
  evidence: Evidence,
  crypto: Crypto,
): Promise<Signature> {
  const { cms, fault } = readCms(embedded.contents)
  const [info] = cms?.signerInfos ?? []
  const digest =
    info?.digestAlgorithm && (await byteRangeDigest(evidence.source, embedded.byteRange, info.digestAlgorithm, crypto))
  const certificates = evidence.certificates.map(({ der }) => der)
  const signer =
    cms &&
    (await verifySignerInfo({ signedData: cms, contentDigest: digest ?? new Uint8Array(), certificates, crypto }))
  // EN 319 102-1 § 5.5.4: the earliest proven time, else now.
  const bestTime = Math.min(
    evidence.at,
    ...proofs.filter(({ verdict }) => verdict === 'PASSED').map(({ time }) => time),
  )
  return {
    embedded,
    kind: kindOf(embedded),
    cms,
    cmsFault: fault,
    token: undefined,
    claimedTime: claimedTime(evidence.file, embedded),
    signer,
    proofs,
    bestTime,
    path: signer?.certificate && (await pathOf(signer.certificate, bestTime, evidence, crypto)),
  }
}

const pathOf = (
  certificate: NonNullable<SignerFacts['certificate']>,
  at: number,
  evidence: Evidence,
  crypto: Crypto,
): Promise<PathValidation> =>
  validatePath({
    certificate,
    candidates: evidence.certificates,
    trustAnchors: evidence.trustAnchors,
    at,
    revocation: evidence.revocation,
    purpose: 'signing',
    crypto,
  })

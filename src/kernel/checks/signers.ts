// Who made each signature, whether it is intact, and whether his certificate led to a trusted root at that time.
import { isIdentified, verifySignerInfo } from '../cms/index.ts'
import { type EmbeddedSignature, isString, timeOf } from '../pdf/index.ts'
import type { Crypto } from '../x509/index.ts'
import { readCms, readToken } from './cms-in-file.ts'
import type { Evidence, ProofOfExistence, Signature, SignatureKind, SignerFacts } from './evidence.ts'
import { isSealField } from './origin.ts'
import { isTimestamp, type ProvenTimes } from './times.ts'

export async function knowSigners(
  evidence: Evidence,
  times: ProvenTimes,
  crypto: Crypto,
): Promise<readonly Signature[]> {
  const found: Signature[] = []
  for (const embedded of evidence.embedded) {
    const proofs = await times.proofsOf(embedded)
    found.push(
      isTimestamp(embedded)
        ? timestampOf(embedded, times.documentTimestamps.get(embedded), proofs, evidence)
        : await signatureOf(embedded, proofs, evidence, times, crypto),
    )
  }
  return found
}

export function kindOf(embedded: EmbeddedSignature): SignatureKind {
  if (isTimestamp(embedded)) return 'timestamp'
  return isSealField(embedded.field) || embedded.dict.has('SEGL_Trail') ? 'seal' : 'signer'
}

function timestampOf(
  embedded: EmbeddedSignature,
  proof: ProofOfExistence | undefined,
  proofs: readonly ProofOfExistence[],
  evidence: Evidence,
): Signature {
  const { cms, fault } = readCms(embedded.contents)
  const token = readToken(embedded.contents)
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
    cmsFault: fault ?? (token ? undefined : 'The CMS is no time-stamp token.'),
    token,
    claimedTime: undefined,
    signer,
    proofs: proof ? [proof, ...proofs] : proofs,
    bestTime: proof?.verdict === 'PASSED' ? proof.time : evidence.at,
    path: proof?.path,
  }
}

async function signatureOf(
  embedded: EmbeddedSignature,
  proofs: readonly ProofOfExistence[],
  evidence: Evidence,
  times: ProvenTimes,
  crypto: Crypto,
): Promise<Signature> {
  const { cms, fault } = readCms(embedded.contents)
  const [info] = cms?.signerInfos ?? []
  const contentDigest = evidence.digests.signed(embedded) ?? new Uint8Array()
  const certificates = evidence.certificates.filter((one) => info && isIdentified(one, info)).map(({ der }) => der)
  const signer = cms && (await verifySignerInfo({ signedData: cms, contentDigest, certificates, crypto }))
  // EN 319 102-1 § 5.5.4: the earliest proven time, else now.
  const bestTime = Math.min(
    evidence.at,
    ...proofs.filter(({ verdict }) => verdict === 'PASSED').map(({ time }) => time),
  )
  const path = signer?.certificate && (await times.pathOf(signer.certificate, bestTime, 'signing', embedded))
  return {
    embedded,
    kind: kindOf(embedded),
    cms,
    cmsFault: fault,
    token: undefined,
    claimedTime: claimedTime(evidence, embedded),
    signer,
    proofs,
    bestTime,
    path,
  }
}

/** /M as written. */
function claimedTime({ file }: Evidence, { dict }: EmbeddedSignature): number | undefined {
  const value = file.resolve(dict.get('M'))
  return isString(value) ? timeOf(value)?.getTime() : undefined
}

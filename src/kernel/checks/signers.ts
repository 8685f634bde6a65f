// Who made each signature, whether it is intact, and whether his certificate led to a trusted root at that time.
import { isIdentified, type SignedData, verifySignerInfo } from '../cms/index.ts'
import { equalBytes } from '../der/index.ts'
import { type EmbeddedSignature, isString, timeOf } from '../pdf/index.ts'
import type { Crypto, Reason } from '../x509/index.ts'
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
  const { cms, fault } = readCms(embedded)
  const token = readToken(embedded)
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
  const { cms, fault } = readCms(embedded)
  const [info] = cms?.signerInfos ?? []
  const contentDigest = evidence.digests.signed(embedded) ?? new Uint8Array()
  const certificates = evidence.certificates.filter((one) => info && isIdentified(one, info)).map(({ der }) => der)
  const signer = cms && (await signerOf({ embedded, cms, contentDigest, certificates, evidence, crypto }))
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

/** Beyond that nobody's signature without attributes is judged: the bytes themselves have to lie in memory. */
const mostContent = 64 << 20

type ToVerify = {
  readonly embedded: EmbeddedSignature
  readonly cms: SignedData
  readonly contentDigest: Uint8Array
  readonly certificates: readonly Uint8Array[]
  readonly evidence: Evidence
  readonly crypto: Crypto
}

async function signerOf({
  embedded,
  cms,
  contentDigest,
  certificates,
  evidence,
  crypto,
}: ToVerify): Promise<SignerFacts> {
  const asked = { signedData: cms, certificates, crypto }
  if (embedded.subFilter === 'adbe.pkcs7.sha1' && cms.foreign) {
    // The CMS encloses the SHA-1 of the bytes (ISO 32000-1, 12.8.3.3.1), and is a signature over that.
    if (cms.content === undefined || !equalBytes(cms.content, contentDigest)) return otherBytes
    const verified = await verifySignerInfo(asked)
    return verified.holds === true ? { ...verified, verdict: 'INDETERMINATE', reasons: [overSha1] } : verified
  }
  const isBare = cms.signerInfos.some(({ signedAttributesDer }) => signedAttributesDer === undefined)
  const content = isBare && cms.foreign ? contentOf(embedded, evidence) : undefined
  return verifySignerInfo({ ...asked, contentDigest, ...(content === undefined ? {} : { content }) })
}

const otherBytes: SignerFacts = {
  verdict: 'FAILED',
  reasons: [
    {
      subIndication: 'HASH_FAILURE',
      citation: 'ISO 32000-1 12.8.3.3.1',
      detail: 'The content was changed: its SHA-1 is not the one that was signed',
    },
  ],
  certificate: undefined,
}

const overSha1: Reason = {
  subIndication: 'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
  citation: 'ETSI TS 119 312',
  detail: 'The signature uses SHA-1',
}

/** The bytes of the ByteRange. */
function contentOf({ byteRange }: EmbeddedSignature, { source }: Evidence): Uint8Array | undefined {
  const [start = -1, before = -1, from = -1, rest = -1] = byteRange ?? []
  const fits = start === 0 && before >= 0 && from >= before && rest >= 0 && from + rest <= source.size
  if (!fits || before + rest > mostContent) return undefined
  return Buffer.concat([source.read(0, before), source.read(from, rest)])
}

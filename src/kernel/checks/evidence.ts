// What a file gives a verifier to judge: its revisions, its signatures with their CMS, its validation data.
import { SeglError } from '../../errors.ts'
import { parseSignedData, parseTimestampToken, type SignedData, type TimestampToken } from '../cms/index.ts'
import {
  type ByteSource,
  dss,
  type EmbeddedSignature,
  fileAt,
  isString,
  openPdf,
  type PdfFile,
  type Revision,
  readInPieces,
  revisions,
  signatures,
  timeOf,
} from '../pdf/index.ts'
import {
  type Certificate,
  type Crypto,
  type DigestAlgorithm,
  digestLengths,
  type PathValidation,
  parseCertificate,
  type Reason,
  type Verdict,
} from '../x509/index.ts'

export type SignatureKind = 'signer' | 'seal' | 'timestamp'

/** A signature with everything that was computed about it before the checks look at it. */
export type Signature = {
  readonly embedded: EmbeddedSignature
  readonly kind: SignatureKind
  /** Undefined when /Contents is no CMS: `cmsFault` says why. */
  readonly cms: SignedData | undefined
  readonly cmsFault: string | undefined
  /** A document time-stamp's token. */
  readonly token: TimestampToken | undefined
  /** /M, milliseconds. */
  readonly claimedTime: number | undefined
  readonly signer: SignerFacts | undefined
  /** Proven times at which the signature existed; the earliest is the best-signature-time (EN 319 102-1 § 5.5). */
  readonly proofs: readonly ProofOfExistence[]
  /** Milliseconds; the verification time when nothing earlier is proven. */
  readonly bestTime: number
  /** Path of the signer's certificate at `bestTime`. */
  readonly path: PathValidation | undefined
}

export type SignerFacts = {
  readonly verdict: Verdict
  readonly reasons: readonly Reason[]
  readonly certificate: Certificate | undefined
}

export type ProofOfExistence = {
  readonly kind: 'signature-time-stamp' | 'document-time-stamp'
  readonly time: number
  readonly verdict: Verdict
  readonly reasons: readonly Reason[]
  readonly certificate: Certificate | undefined
  readonly path: PathValidation | undefined
}

export type Evidence = {
  readonly file: PdfFile
  readonly source: ByteSource
  /** Oldest first. */
  readonly revisions: readonly Revision[]
  /** The file as it stood after each revision. */
  readonly files: readonly PdfFile[]
  /** Sorted by the end of what they cover. */
  readonly embedded: readonly EmbeddedSignature[]
  readonly certificates: readonly Certificate[]
  readonly revocation: { readonly ocsp: readonly Uint8Array[]; readonly crls: readonly Uint8Array[] }
  readonly trustAnchors: readonly Certificate[]
  /** When the verification happens, milliseconds. */
  readonly at: number
}

/** Reads a file for verification. Throws what openPdf throws for what is no PDF. */
export function readEvidence(source: ByteSource, trustAnchors: readonly Certificate[], at: number): Evidence {
  const file = openPdf(source)
  const history = revisions(file)
  const embedded = signatures(file, history)
  const store = dss(file)
  const fromCms = embedded.flatMap(({ contents }) => certificatesIn(contents))
  return {
    file,
    source,
    revisions: history,
    files: history.map((revision) => fileAt(file, revision)),
    embedded,
    certificates: [
      ...new Map(
        [...(store?.certificates ?? []).map(({ der }) => der), ...fromCms].flatMap((der) =>
          readable(der).map((certificate) => [Buffer.from(certificate.der).toString('base64'), certificate] as const),
        ),
      ).values(),
    ],
    revocation: {
      ocsp: store?.ocsps.map(({ der }) => der) ?? [],
      crls: store?.crls.map(({ der }) => der) ?? [],
    },
    trustAnchors,
    at,
  }
}

/** Certificates in a signature's CMS and in the time-stamps on it. */
function certificatesIn(contents: Uint8Array | undefined): readonly Uint8Array[] {
  const { cms } = readCms(contents)
  if (!cms) return []
  const tokens = cms.signerInfos.flatMap(({ signatureTimestamps }) => signatureTimestamps)
  return [...cms.certificates, ...tokens.flatMap((der) => readCms(der).cms?.certificates ?? [])]
}

function readable(der: Uint8Array): readonly Certificate[] {
  try {
    return [parseCertificate(der)]
  } catch (error) {
    if (error instanceof SeglError) return []
    throw error
  }
}

/** The CMS in /Contents; what follows the DER in its hole may only be zeros, which a check looks at. */
export function readCms(contents: Uint8Array | undefined): {
  readonly cms: SignedData | undefined
  readonly fault: string | undefined
} {
  if (!contents) return { cms: undefined, fault: 'There is no /Contents.' }
  try {
    return { cms: parseSignedData(contents.subarray(0, derLength(contents))), fault: undefined }
  } catch (error) {
    if (!(error instanceof SeglError)) throw error
    return { cms: undefined, fault: error.detail }
  }
}

export function readToken(contents: Uint8Array | undefined): TimestampToken | undefined {
  if (!contents) return undefined
  try {
    return parseTimestampToken(contents.subarray(0, derLength(contents)))
  } catch (error) {
    if (error instanceof SeglError) return undefined
    throw error
  }
}

/** Length of the first DER element: tag, length and contents. A length that makes no sense gives everything. */
export function derLength(bytes: Uint8Array): number {
  const first = bytes[1] ?? 0
  if (first < 0x80) return Math.min(bytes.length, 2 + first)
  const octets = first & 0x7f
  if (octets === 0 || octets > 4) return bytes.length
  let length = 0
  for (let index = 0; index < octets; index += 1) length = length * 256 + (bytes[2 + index] ?? 0)
  return Math.min(bytes.length, 2 + octets + length)
}

/** /M as written. */
export function claimedTime(file: PdfFile, { dict }: EmbeddedSignature): number | undefined {
  const value = file.resolve(dict.get('M'))
  return isString(value) ? timeOf(value)?.getTime() : undefined
}

const streamed: readonly DigestAlgorithm[] = ['sha256', 'sha384', 'sha512', 'sha1']

/** Digest over the bytes of the ByteRange; undefined when the range is none or lies outside the file. */
export async function byteRangeDigest(
  source: ByteSource,
  byteRange: readonly number[] | undefined,
  algorithm: DigestAlgorithm,
  crypto: Crypto,
): Promise<Uint8Array | undefined> {
  if (byteRange?.length !== 4 || !streamed.includes(algorithm) || digestLengths[algorithm] === undefined)
    return undefined
  const [a = 0, b = 0, c = 0, d = 0] = byteRange
  if ([a, b, c, d].some((number) => number < 0) || a + b > source.size || c + d > source.size) return undefined
  const pieces = [...readInPieces(source, a, a + b), ...readInPieces(source, c, c + d)]
  return crypto.digest(algorithm, pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces))
}

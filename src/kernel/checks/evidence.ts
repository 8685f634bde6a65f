// What a file gives a verifier to judge: its revisions, its signatures with their CMS, its validation data, its digests.
import { SeglError } from '../../errors.ts'
import type { SignedAttributesForm, SignedData, TimestampToken } from '../cms/index.ts'
import {
  type ByteSource,
  dss,
  type EmbeddedSignature,
  fileAt,
  openPdf,
  type PdfFile,
  type Revision,
  revisions,
  signatures,
} from '../pdf/index.ts'
import {
  type Certificate,
  type Crypto,
  type PathValidation,
  parseForeignCertificate,
  type Reason,
  type RevocationMaterial,
  type Verdict,
} from '../x509/index.ts'
import { certificatesIn } from './cms-in-file.ts'
import { type FileDigests, hashFile } from './digests.ts'
import { type MissingReferences, missingReferences } from './missing-references.ts'
import { type Origin, originOf } from './origin.ts'
import { type Trail, trailIn } from './trail.ts'

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
  /** The digest is right and the key made the signature, whatever else there is to say. */
  readonly holds?: true | undefined
  readonly signedForm?: SignedAttributesForm['form'] | undefined
}

export type ProofOfExistence = {
  readonly kind: 'signature-time-stamp' | 'document-time-stamp'
  readonly time: number
  readonly verdict: Verdict
  readonly reasons: readonly Reason[]
  readonly certificate: Certificate | undefined
  /** Undefined when the token itself does not hold. */
  readonly path: PathValidation | undefined
}

export type Evidence = {
  readonly file: PdfFile
  readonly source: ByteSource
  /** Oldest first. */
  readonly revisions: readonly Revision[]
  /** The file as it stood after a revision; the last few are kept, because each costs memory in proportion to its objects. */
  readonly fileAt: (index: number) => PdfFile | undefined
  /** Sorted by the end of what they cover. */
  readonly embedded: readonly EmbeddedSignature[]
  /** Everything in the CMS and the security store; none of it is trusted. */
  readonly certificates: readonly Certificate[]
  /** What the security store held after a revision. */
  readonly revocationAt: (index: number) => RevocationMaterial
  readonly digests: FileDigests
  /** Numbers that objects referred to before there was such an object. */
  readonly missing: MissingReferences
  /** Which revisions are the upload and Segl's preparation of it; undefined for files that Segl did not prepare. */
  readonly origin: Origin | undefined
  /** What the seal says about how it came to be; undefined where there is no seal or nothing readable in it. */
  readonly trail: Trail | undefined
  readonly trustAnchors: readonly Certificate[]
  /** When the verification happens, milliseconds. */
  readonly at: number
}

/** Bounds for what a stranger may make us do. Segl's own files have at most 43 signatures and as many revisions. */
export const most = { signatures: 200, revisions: 300, certificates: 1000, entries: 200_000_000 } as const

/** Reads a file for verification. Throws what openPdf throws for what is no PDF, ENCRYPTED, and TOO_COMPLEX beyond the bounds. */
export function readEvidence(
  source: ByteSource,
  trustAnchors: readonly Certificate[],
  at: number,
  crypto: Crypto,
): Evidence {
  const file = openPdf(source)
  if (file.encrypted) {
    throw new SeglError(
      'ENCRYPTED',
      'The PDF is encrypted: what it shows cannot be judged. Verify a copy without password.',
    )
  }
  const history = revisions(file)
  let highest = 0
  file.xref.each((number) => (highest = Math.max(highest, number)))
  if (history.length > most.revisions || history.length * highest > most.entries) {
    throw new SeglError('TOO_COMPLEX', `The PDF has too many revisions to verify (${history.length}).`)
  }
  const embedded = signatures(file, history)
  if (embedded.length > most.signatures) {
    throw new SeglError('TOO_COMPLEX', `The PDF has more than ${most.signatures} signatures.`)
  }
  const files = rememberLast(4, (index) => {
    const revision = history[index]
    if (index === history.length - 1) return file
    return revision && fileAt(file, revision)
  })
  const trail = trailIn(embedded)
  const known = interning()
  const evidence = {
    file,
    source,
    revisions: history,
    fileAt: files,
    embedded,
    certificates: readCertificates([...storedCertificates(file), ...embedded.flatMap(certificatesIn)]),
    revocationAt: rememberLast(8, (index) => {
      const then = files(index)
      const store = then && dss(then)
      return {
        ocsp: store?.ocsps.map(({ der }) => known(der)) ?? [],
        crls: store?.crls.map(({ der }) => known(der)) ?? [],
      }
    }),
    digests: hashFile(source, history, embedded, trail?.uploads.map(({ size }) => size) ?? [], crypto),
    trustAnchors,
    at,
    trail,
  }
  return {
    ...evidence,
    missing: missingReferences(history, files),
    origin: originOf(embedded, history, files, trail, evidence.digests),
  }
}

const storedCertificates = (file: PdfFile): readonly Uint8Array[] => dss(file)?.certificates.map(({ der }) => der) ?? []

/** Each certificate once, as far as it can be read. */
function readCertificates(all: readonly Uint8Array[]): readonly Certificate[] {
  const distinct = new Map(all.map((der) => [Buffer.from(der).toString('base64'), der]))
  if (distinct.size > most.certificates) {
    throw new SeglError('TOO_COMPLEX', `The PDF carries more than ${most.certificates} certificates.`)
  }
  return [...distinct.values()].flatMap((der) => parseForeignCertificate(der) ?? [])
}

/** The same array for the same bytes: what is read of it is then read once (x509/revocation.ts). */
function interning(): (der: Uint8Array) => Uint8Array {
  const known = new Map<string, Uint8Array>()
  return (der) => {
    const key = Buffer.from(der).toString('base64')
    const same = known.get(key) ?? der
    known.set(key, same)
    return same
  }
}

function rememberLast<T>(count: number, make: (index: number) => T): (index: number) => T {
  const kept = new Map<number, T>()
  return (index) => {
    const known = kept.get(index)
    if (known !== undefined) return known
    const made = make(index)
    kept.set(index, made)
    const [oldest] = kept.keys()
    if (kept.size > count && oldest !== undefined) kept.delete(oldest)
    return made
  }
}

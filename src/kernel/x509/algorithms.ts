// AlgorithmIdentifier (RFC 5280 4.1.1.2): digests and signature schemes, read and written.
import {
  contextConstructedTag,
  type Element,
  enter,
  explicit,
  explicitTag,
  integer,
  leave,
  malformedDer,
  nullValue,
  oid,
  readOid,
  readSmallInteger,
  sequence,
  Tag,
  take,
  takeAny,
  takeOptional,
} from '../der/index.ts'
import { type DigestAlgorithm, digestLengths, type SignatureScheme } from './crypto.ts'
import { digestOids, signatureOids } from './oids.ts'

/** An AlgorithmIdentifier as it stands; `parameters` is undefined when absent. */
export type AlgorithmIdentifier = {
  readonly oid: string
  readonly parameters: Element | undefined
}

export function readAlgorithm(element: Element): AlgorithmIdentifier {
  const cursor = enter(element, 'AlgorithmIdentifier')
  const algorithm = readOid(take(cursor, Tag.oid, 'algorithm'))
  const parameters = cursor.position < cursor.end ? takeAny(cursor, 'parameters') : undefined
  leave(cursor)
  return { oid: algorithm, parameters }
}

const digestNames = new Map<string, DigestAlgorithm>(
  Object.entries(digestOids).map(([name, dotted]) => [dotted, name as DigestAlgorithm]),
)

const isAbsentOrNull = (parameters: Element | undefined) => parameters === undefined || parameters.tag === Tag.null

/** The digest an AlgorithmIdentifier names, or undefined when it is none of ours. */
export function digestOf({ oid: dotted, parameters }: AlgorithmIdentifier): DigestAlgorithm | undefined {
  return isAbsentOrNull(parameters) ? digestNames.get(dotted) : undefined
}

const schemes = new Map<string, SignatureScheme>([
  [signatureOids.rsaSha1, { kind: 'rsa-pkcs1', digest: 'sha1' }],
  [signatureOids.rsaSha256, { kind: 'rsa-pkcs1', digest: 'sha256' }],
  [signatureOids.rsaSha384, { kind: 'rsa-pkcs1', digest: 'sha384' }],
  [signatureOids.rsaSha512, { kind: 'rsa-pkcs1', digest: 'sha512' }],
  [signatureOids.ecdsaSha1, { kind: 'ecdsa', digest: 'sha1' }],
  [signatureOids.ecdsaSha256, { kind: 'ecdsa', digest: 'sha256' }],
  [signatureOids.ecdsaSha384, { kind: 'ecdsa', digest: 'sha384' }],
  [signatureOids.ecdsaSha512, { kind: 'ecdsa', digest: 'sha512' }],
  [signatureOids.ed25519, { kind: 'ed25519' }],
])

/**
 * The scheme an AlgorithmIdentifier names, or undefined when it is not supported. `digest` is the digest algorithm of
 * the SignerInfo, needed where the identifier itself names none (rsaEncryption, RFC 3370 3.2).
 */
export function schemeOf(algorithm: AlgorithmIdentifier, digest?: DigestAlgorithm): SignatureScheme | undefined {
  if (algorithm.oid === signatureOids.rsassaPss) return pssOf(algorithm.parameters)
  if (!isAbsentOrNull(algorithm.parameters)) return undefined
  if (algorithm.oid === signatureOids.rsaEncryption) {
    return digest === undefined ? undefined : { kind: 'rsa-pkcs1', digest }
  }
  return schemes.get(algorithm.oid)
}

/** RSASSA-PSS-params (RFC 4055 3.1); undefined when MGF1 is given another digest than the message. */
function pssOf(parameters: Element | undefined): SignatureScheme | undefined {
  if (parameters === undefined || parameters.tag !== Tag.sequence) return undefined
  const cursor = enter(parameters, 'RSASSA-PSS-params')
  const hash = takeOptional(cursor, contextConstructedTag(0))
  const maskGeneration = takeOptional(cursor, contextConstructedTag(1))
  const salt = takeOptional(cursor, contextConstructedTag(2))
  const trailer = takeOptional(cursor, contextConstructedTag(3))
  leave(cursor)
  const digest = hash === undefined ? 'sha1' : digestOf(readAlgorithm(explicit(hash, 'hashAlgorithm')))
  if (digest === undefined) return undefined
  let maskDigest: DigestAlgorithm | undefined = 'sha1'
  if (maskGeneration !== undefined) {
    const mask = readAlgorithm(explicit(maskGeneration, 'maskGenAlgorithm'))
    if (mask.oid !== signatureOids.mgf1 || mask.parameters === undefined) return undefined
    maskDigest = digestOf(readAlgorithm(mask.parameters))
  }
  const saltLength = salt === undefined ? 20 : readSmallInteger(explicit(salt, 'saltLength'))
  if (trailer !== undefined && readSmallInteger(explicit(trailer, 'trailerField')) !== 1) {
    throw malformedDer(trailer.start, 'The trailer field of RSASSA-PSS must be 1')
  }
  if (maskDigest !== digest || saltLength > 512) return undefined
  return { kind: 'rsa-pss', digest, saltLength }
}

/** AlgorithmIdentifier of a digest with absent parameters (RFC 5754 2). */
export function digestIdentifier(digest: DigestAlgorithm): Uint8Array {
  return sequence(oid(digestOids[digest]))
}

/** AlgorithmIdentifier of a scheme, with the parameters its RFC demands (4055 for RSA, 5758 for ECDSA). */
export function schemeIdentifier(scheme: SignatureScheme): Uint8Array {
  switch (scheme.kind) {
    case 'ed25519':
      return sequence(oid(signatureOids.ed25519))
    case 'ecdsa':
      return sequence(oid(ecdsaOids[scheme.digest]))
    case 'rsa-pkcs1':
      return sequence(oid(rsaOids[scheme.digest]), nullValue())
    case 'rsa-pss': {
      const hash = sequence(oid(digestOids[scheme.digest]), nullValue())
      const sha1 = scheme.digest === 'sha1'
      const parameters = [
        ...(sha1 ? [] : [explicitTag(0, hash), explicitTag(1, sequence(oid(signatureOids.mgf1), hash))]),
        ...(scheme.saltLength === 20 ? [] : [explicitTag(2, integer(scheme.saltLength))]),
      ]
      return sequence(oid(signatureOids.rsassaPss), sequence(...parameters))
    }
  }
}

const ecdsaOids: Readonly<Record<DigestAlgorithm, string>> = {
  sha1: signatureOids.ecdsaSha1,
  sha256: signatureOids.ecdsaSha256,
  sha384: signatureOids.ecdsaSha384,
  sha512: signatureOids.ecdsaSha512,
}

const rsaOids: Readonly<Record<DigestAlgorithm, string>> = {
  sha1: signatureOids.rsaSha1,
  sha256: signatureOids.rsaSha256,
  sha384: signatureOids.rsaSha384,
  sha512: signatureOids.rsaSha512,
}

/** The algorithms that Segl signs with: key kind and digest. */
export type SignatureAlgorithm =
  `${'ecdsa-p256' | 'ecdsa-p384' | 'ecdsa-p521' | 'rsa-pkcs1' | 'rsa-pss'}-${SigningDigest}`

/** Digests that may be signed with (ETSI TS 119 312). */
export type SigningDigest = Exclude<DigestAlgorithm, 'sha1'>

/** The parts of a signature algorithm's name. PSS uses a salt as long as the digest (RFC 4055 3.1). */
export function schemeOfAlgorithm(algorithm: SignatureAlgorithm): SignatureScheme & { readonly digest: SigningDigest } {
  const digest = algorithm.slice(-6) as SigningDigest
  if (algorithm.startsWith('rsa-pss')) return { kind: 'rsa-pss', digest, saltLength: digestLengths[digest] }
  return { kind: algorithm.startsWith('ecdsa') ? 'ecdsa' : 'rsa-pkcs1', digest }
}

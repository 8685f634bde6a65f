// SubjectPublicKeyInfo (RFC 5280 4.1.2.7): what kind of key it is and how large.
import {
  contentOf,
  type Element,
  encodingOf,
  enter,
  leave,
  readBitStringOctets,
  readDer,
  readOid,
  Tag,
  take,
} from '../der/index.ts'
import { readAlgorithm } from './algorithms.ts'
import { curves, signatureOids } from './oids.ts'

export type PublicKey = {
  readonly kind: 'rsa' | 'rsa-pss' | 'ec' | 'ed25519' | 'ed448' | 'other'
  /** Size of the modulus or of the curve; 0 when not known. */
  readonly bits: number
  /** Name of the curve, for `ec` on a named curve. */
  readonly curve: string | undefined
  /** OID of the key's algorithm. */
  readonly algorithm: string
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  /** The octets of the BIT STRING: what OCSP and key identifiers hash. */
  readonly octets: Uint8Array
}

export function readPublicKey(element: Element): PublicKey {
  const cursor = enter(element, 'SubjectPublicKeyInfo')
  const algorithm = readAlgorithm(take(cursor, Tag.sequence, 'algorithm'))
  const octets = readBitStringOctets(take(cursor, Tag.bitString, 'subjectPublicKey'))
  leave(cursor)
  const common = { algorithm: algorithm.oid, spki: encodingOf(element), octets, curve: undefined }
  switch (algorithm.oid) {
    case signatureOids.rsaEncryption:
      return { ...common, kind: 'rsa', bits: modulusBits(octets) }
    case signatureOids.rsassaPss:
      return { ...common, kind: 'rsa-pss', bits: modulusBits(octets) }
    case signatureOids.ecPublicKey: {
      // RFC 5480 2.1.1: only named curves; explicit parameters stay a key of unknown size, which no rule accepts.
      const named = algorithm.parameters?.tag === Tag.oid ? readOid(algorithm.parameters) : ''
      return { ...common, kind: 'ec', bits: curves[named]?.bits ?? 0, curve: curves[named]?.name }
    }
    case signatureOids.ed25519:
      return { ...common, kind: 'ed25519', bits: 256 }
    case signatureOids.ed448:
      return { ...common, kind: 'ed448', bits: 456 }
    default:
      return { ...common, kind: 'other', bits: 0 }
  }
}

export const parsePublicKey = (spki: Uint8Array): PublicKey => readPublicKey(readDer(spki))

function modulusBits(octets: Uint8Array): number {
  const cursor = enter(readDer(octets), 'RSAPublicKey')
  const modulus = contentOf(take(cursor, Tag.integer, 'modulus'))
  const first = modulus[0] === 0 ? 1 : 0
  return (modulus.length - first) * 8 - Math.clz32((modulus[first] ?? 0) << 24)
}

// Reads CMS SignedData (RFC 5652 clause 5) strictly, keeping the raw bytes of everything that is hashed or signed.
import { SeglError } from '../../errors.ts'
import {
  childrenOf,
  contextConstructedTag,
  type Element,
  encodingOf,
  enter,
  explicit,
  fromBer,
  itemsOf,
  leave,
  malformedDer,
  readDer,
  readOctetString,
  readOid,
  readSmallInteger,
  Tag,
  take,
  takeAny,
  takeOptional,
} from '../der/index.ts'
import { readAlgorithm } from '../x509/index.ts'
import { contentTypes, ocspRevocationInfo } from './oids.ts'
import { eachOf, type Origin, readSignerInfo, type SignerInfo } from './signer-info.ts'

export type SignedData = {
  readonly der: Uint8Array
  /** Whether it was read as what another program wrote, BER included: then its form is judged apart from its cryptography. */
  readonly foreign: boolean
  /** What is not DER in it; empty when all of it is. */
  readonly deviations: readonly string[]
  readonly version: number
  /** OIDs of the digest algorithms announced. */
  readonly digestAlgorithms: readonly string[]
  readonly contentType: string
  /** The encapsulated content's octets; undefined when detached. */
  readonly content: Uint8Array | undefined
  /** As they stand, in the order of the structure; other kinds than X.509 certificates are left out. */
  readonly certificates: readonly Uint8Array[]
  /** Identifier octets of the other kinds: 0xa0 and 0xa1 obsolete, 0xa2 attribute certificates, 0xa3 anything (RFC 5652 10.2.2). */
  readonly otherCertificates: readonly number[]
  readonly crls: readonly Uint8Array[]
  /** OCSPResponse structures, DER (RFC 5940). */
  readonly ocspResponses: readonly Uint8Array[]
  readonly signerInfos: readonly SignerInfo[]
}

/**
 * Reads a ContentInfo that holds SignedData and fills `der`. Throws MALFORMED_DER with the offset of the fault; BER
 * (indefinite lengths, as some old software wrote) is refused: PAdES and RFC 3161 demand DER.
 */
export function parseSignedData(der: Uint8Array): SignedData {
  return readSignedData({ root: readDer(der), bytes: der, foreign: false, deviations: [], original: encodingOf })
}

/** `parseSignedData` for what another program wrote: RFC 5652 allows BER everywhere but in the attributes. */
export function parseForeignSignedData(bytes: Uint8Array): SignedData {
  const strict = derIfPossible(bytes)
  if (strict) return readSignedData({ root: strict, bytes, foreign: true, deviations: [], original: encodingOf })
  const { der, deviations, original, length } = fromBer(bytes)
  if (length !== bytes.length) throw malformedDer(length, 'Bytes follow the end of the structure')
  return readSignedData({ root: readDer(der), bytes, foreign: true, deviations, original })
}

function derIfPossible(bytes: Uint8Array): Element | undefined {
  try {
    return readDer(bytes)
  } catch (error) {
    if (error instanceof SeglError) return undefined
    throw error
  }
}

function readSignedData(origin: Origin): SignedData {
  const { original } = origin
  const outer = enter(origin.root, 'ContentInfo')
  const type = take(outer, Tag.oid, 'contentType')
  if (readOid(type) !== contentTypes.signedData) throw malformedDer(type.start, 'The CMS is not SignedData')
  const content = take(outer, contextConstructedTag(0), 'content')
  leave(outer)

  const cursor = enter(explicit(content, 'content'), 'SignedData')
  const version = readSmallInteger(take(cursor, Tag.integer, 'version'))
  const digestAlgorithms = itemsOf(take(cursor, Tag.set, 'digestAlgorithms'), 'digestAlgorithms', Tag.set, Tag.sequence)
  const encapsulated = enter(take(cursor, Tag.sequence, 'encapContentInfo'), 'EncapsulatedContentInfo')
  const contentType = readOid(take(encapsulated, Tag.oid, 'eContentType'))
  const eContent = takeOptional(encapsulated, contextConstructedTag(0))
  leave(encapsulated)
  const certificates = takeOptional(cursor, contextConstructedTag(0))
  const revocation = takeOptional(cursor, contextConstructedTag(1))
  const signerInfos = itemsOf(take(cursor, Tag.set, 'signerInfos'), 'signerInfos', Tag.set, Tag.sequence)
  leave(cursor)
  return {
    der: origin.bytes,
    foreign: origin.foreign,
    deviations: origin.deviations,
    version,
    digestAlgorithms: eachOf(digestAlgorithms, oidOf),
    contentType,
    content: eContent && readOctetString(explicit(eContent, 'eContent')),
    certificates: eachOf(elementsOf(certificates, Tag.sequence), original),
    otherCertificates: certificates === undefined ? [] : otherKinds(certificates),
    crls: eachOf(elementsOf(revocation, Tag.sequence), original),
    ocspResponses: elementsOf(revocation, contextConstructedTag(1)).flatMap((one) => ocspResponseIn(one, original)),
    signerInfos: eachOf(signerInfos, (one) => readSignerInfo(one, origin)),
  }
}

const otherKinds = (certificates: Element): number[] =>
  childrenOf(certificates).flatMap(({ tag }) => (tag === Tag.sequence ? [] : [tag]))

const oidOf = (algorithm: Element): string => readAlgorithm(algorithm).oid

function elementsOf(set: Element | undefined, tag: number): Element[] {
  const elements: Element[] = []
  if (set !== undefined) for (const element of childrenOf(set)) if (element.tag === tag) elements.push(element)
  return elements
}

function ocspResponseIn(element: Element, original: Origin['original']): Uint8Array[] {
  const cursor = enter(element, 'OtherRevocationInfoFormat', contextConstructedTag(1))
  const format = readOid(take(cursor, Tag.oid, 'otherRevInfoFormat'))
  const info = takeAny(cursor, 'otherRevInfo')
  return format === ocspRevocationInfo ? [original(info)] : []
}

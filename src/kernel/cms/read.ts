// Reads CMS SignedData (RFC 5652 clause 5) strictly, keeping the raw bytes of everything that is hashed or signed.
import {
  type Cursor,
  childrenOf,
  compareBytes,
  contentOf,
  contextConstructedTag,
  contextTag,
  type Element,
  encodingOf,
  enter,
  explicit,
  itemsOf,
  leave,
  malformedDer,
  readDer,
  readOctetString,
  readOid,
  readSerialNumber,
  readSmallInteger,
  readTime,
  Tag,
  take,
  takeAny,
  takeOptional,
  tlv,
  toHex,
} from '../der/index.ts'
import { type AlgorithmIdentifier, type DigestAlgorithm, digestOf, readAlgorithm } from '../x509/index.ts'
import { type EssCertificate, readSigningCertificate } from './ess.ts'
import { attributeOids, contentTypes, ocspRevocationInfo } from './oids.ts'

export type Attribute = {
  readonly oid: string
  /** The values, DER. */
  readonly values: readonly Uint8Array[]
}

export type SignerIdentifier =
  | { readonly issuerDer: Uint8Array; readonly serialNumber: string }
  /** Lower-case hexadecimal. */
  | { readonly subjectKeyIdentifier: string }

export type SignerInfo = {
  readonly version: number
  readonly identifier: SignerIdentifier
  /** Undefined when the digest is none of ours. */
  readonly digestAlgorithm: DigestAlgorithm | undefined
  readonly digestOid: string
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  /** The signed attributes as the SET (0x31 …) that the signature is over; undefined when there are none. */
  readonly signedAttributesDer: Uint8Array | undefined
  /** Whether that SET is in DER order, as RFC 5652 5.3 demands. */
  readonly signedAttributesInOrder: boolean
  readonly signedAttributes: readonly Attribute[]
  readonly unsignedAttributes: readonly Attribute[]
  readonly contentType: string | undefined
  readonly messageDigest: Uint8Array | undefined
  /** Claimed by the signer; PAdES baseline forbids the attribute. Milliseconds since 1970. */
  readonly signingTime: number | undefined
  /** From signing-certificate-v2, else from signing-certificate; the first is the signer's. */
  readonly essCertificates: readonly EssCertificate[]
  /** TimeStampTokens over the signature value, DER. */
  readonly signatureTimestamps: readonly Uint8Array[]
}

export type SignedData = {
  readonly der: Uint8Array
  readonly version: number
  /** OIDs of the digest algorithms announced. */
  readonly digestAlgorithms: readonly string[]
  readonly contentType: string
  /** The encapsulated content's octets; undefined when detached. */
  readonly content: Uint8Array | undefined
  /** DER, in the order of the structure; other kinds than X.509 certificates are left out. */
  readonly certificates: readonly Uint8Array[]
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
  const element = readDer(der)
  const outer = enter(element, 'ContentInfo')
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
    der,
    version,
    digestAlgorithms: eachOf(digestAlgorithms, oidOf),
    contentType,
    content: eContent && readOctetString(explicit(eContent, 'eContent')),
    certificates: eachOf(elementsOf(certificates, Tag.sequence), encodingOf),
    crls: eachOf(elementsOf(revocation, Tag.sequence), encodingOf),
    ocspResponses: elementsOf(revocation, contextConstructedTag(1)).flatMap(ocspResponseIn),
    signerInfos: eachOf(signerInfos, readSignerInfo),
  }
}

const oidOf = (algorithm: Element): string => readAlgorithm(algorithm).oid

function elementsOf(set: Element | undefined, tag: number): Element[] {
  const elements: Element[] = []
  if (set !== undefined) for (const element of childrenOf(set)) if (element.tag === tag) elements.push(element)
  return elements
}

function ocspResponseIn(element: Element): Uint8Array[] {
  const cursor = enter(element, 'OtherRevocationInfoFormat', contextConstructedTag(1))
  const format = readOid(take(cursor, Tag.oid, 'otherRevInfoFormat'))
  const info = takeAny(cursor, 'otherRevInfo')
  return format === ocspRevocationInfo ? [encodingOf(info)] : []
}

function readSignerInfo(element: Element): SignerInfo {
  const cursor = enter(element, 'SignerInfo')
  const version = readSmallInteger(take(cursor, Tag.integer, 'version'))
  const identifier = readIdentifier(cursor)
  const digest = readAlgorithm(take(cursor, Tag.sequence, 'digestAlgorithm'))
  const signedElement = takeOptional(cursor, contextConstructedTag(0))
  const signatureAlgorithm = readAlgorithm(take(cursor, Tag.sequence, 'signatureAlgorithm'))
  const signature = readOctetString(take(cursor, Tag.octetString, 'signature'))
  const unsignedElement = takeOptional(cursor, contextConstructedTag(1))
  leave(cursor)

  const signed = readAttributes(signedElement)
  const unsigned = readAttributes(unsignedElement)
  const contentType = singleValue(signed, attributeOids.contentType)
  const messageDigest = singleValue(signed, attributeOids.messageDigest)
  const signingTime = singleValue(signed, attributeOids.signingTime)
  return {
    version,
    identifier,
    digestAlgorithm: digestOf(digest),
    digestOid: digest.oid,
    signatureAlgorithm,
    signature,
    signedAttributesDer: signedElement && tlv(Tag.set, contentOf(signedElement)),
    signedAttributesInOrder: isSorted(signed),
    signedAttributes: eachOf(signed, asDer),
    unsignedAttributes: eachOf(unsigned, asDer),
    contentType: contentType && readOid(contentType),
    messageDigest: messageDigest && readOctetString(messageDigest),
    signingTime: signingTime && readTime(signingTime),
    essCertificates: readEss(signed),
    signatureTimestamps: unsigned
      .filter(({ oid }) => oid === attributeOids.signatureTimestamp)
      .flatMap(({ values }) => values.map(encodingOf)),
  }
}

function readIdentifier(cursor: Cursor): SignerIdentifier {
  const keyIdentifier = takeOptional(cursor, contextTag(0))
  if (keyIdentifier !== undefined) return { subjectKeyIdentifier: toHex(contentOf(keyIdentifier)) }
  const issuerAndSerial = enter(take(cursor, Tag.sequence, 'sid'), 'IssuerAndSerialNumber')
  const issuer = take(issuerAndSerial, Tag.sequence, 'issuer')
  const serialNumber = readSerialNumber(take(issuerAndSerial, Tag.integer, 'serialNumber'))
  leave(issuerAndSerial)
  return { issuerDer: encodingOf(issuer), serialNumber }
}

/** An attribute where it stands. */
type ReadAttribute = { readonly element: Element; readonly oid: string; readonly values: readonly Element[] }

function readAttributes(set: Element | undefined): ReadAttribute[] {
  const attributes: ReadAttribute[] = []
  if (set === undefined) return attributes
  for (const element of itemsOf(set, 'attributes', set.tag, Tag.sequence)) {
    const cursor = enter(element, 'Attribute')
    const oid = readOid(take(cursor, Tag.oid, 'attrType'))
    const values = itemsOf(take(cursor, Tag.set, 'attrValues'), 'attrValues', Tag.set)
    leave(cursor)
    attributes.push({ element, oid, values })
  }
  return attributes
}

const asDer = ({ oid, values }: ReadAttribute): Attribute => ({ oid, values: eachOf(values, encodingOf) })

/**
 * Like `map`, but always arrays of one kind to the engine: those of `map` are of another kind once it is compiled, and what was
 * compiled for the first kind is thrown away then.
 */
function eachOf<T, U>(items: readonly T[], read: (item: T) => U): U[] {
  const all: U[] = []
  for (const item of items) all.push(read(item))
  return all
}

function isSorted(attributes: readonly ReadAttribute[]): boolean {
  let before: Uint8Array | undefined
  for (const { element } of attributes) {
    const encoding = encodingOf(element)
    if (before !== undefined && compareBytes(before, encoding) > 0) return false
    before = encoding
  }
  return true
}

/** The value of an attribute that RFC 5652 clause 11 allows once with one value. */
function singleValue(attributes: readonly ReadAttribute[], oid: string): Element | undefined {
  let value: Element | undefined
  for (const attribute of attributes) {
    if (attribute.oid !== oid) continue
    if (value !== undefined || attribute.values.length > 1) {
      throw malformedDer(attribute.element.start, `The signed attribute ${oid} is there more than once`)
    }
    value = attribute.values[0]
  }
  return value
}

function readEss(attributes: readonly ReadAttribute[]): EssCertificate[] {
  const version2 = singleValue(attributes, attributeOids.signingCertificateV2)
  if (version2 !== undefined) return readSigningCertificate(version2, 2)
  const version1 = singleValue(attributes, attributeOids.signingCertificate)
  return version1 === undefined ? [] : readSigningCertificate(version1, 1)
}

// Reads one SignerInfo with its attributes (RFC 5652 5.3 and clause 11).
import { SeglError } from '../../errors.ts'
import {
  type Cursor,
  compareBytes,
  contentOf,
  contextConstructedTag,
  contextTag,
  type Element,
  encodingOf,
  enter,
  equalBytes,
  itemsOf,
  leave,
  malformedDer,
  oid,
  readOctetString,
  readOid,
  readSerialNumber,
  readSmallInteger,
  readTime,
  sequence,
  setOf,
  Tag,
  take,
  takeOptional,
  tlv,
  toHex,
} from '../der/index.ts'
import { type AlgorithmIdentifier, type DigestAlgorithm, digestOf, readAlgorithm } from '../x509/index.ts'
import { type EssCertificate, readSigningCertificate } from './ess.ts'
import { attributeOids } from './oids.ts'

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
  /** What the signature may be over, where another program made it; empty for what is read strictly. */
  readonly signedAttributesForms: readonly SignedAttributesForm[]
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

/** The signed attributes as one SET of bytes. RFC 5652 5.4 demands DER; some programs sign what they wrote. */
export type SignedAttributesForm = { readonly form: 'DER' | 'as they stand'; readonly set: Uint8Array }

/** Where the structure comes from; `original` gives an element's bytes as they stand there. */
export type Origin = {
  readonly root: Element
  readonly bytes: Uint8Array
  readonly foreign: boolean
  readonly deviations: readonly string[]
  readonly original: (element: Element) => Uint8Array
}

export function readSignerInfo(element: Element, { original, foreign }: Origin): SignerInfo {
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
  const forms = signedElement === undefined || !foreign ? [] : formsOf(signedElement, signed, original)
  return {
    version,
    identifier,
    digestAlgorithm: digestOf(digest),
    digestOid: digest.oid,
    signatureAlgorithm,
    signature,
    signedAttributesDer: signedElement && tlv(Tag.set, contentOf(signedElement)),
    signedAttributesForms: forms,
    signedAttributesInOrder: isSorted(signed),
    signedAttributes: eachOf(signed, asDer),
    unsignedAttributes: eachOf(unsigned, asDer),
    contentType: contentType && readOid(contentType),
    messageDigest: messageDigest && readOctetString(messageDigest),
    signingTime: signingTime && (foreign ? timeIfReadable(signingTime) : readTime(signingTime)),
    essCertificates: readEss(signed),
    signatureTimestamps: unsigned
      .filter(({ oid }) => oid === attributeOids.signatureTimestamp)
      .flatMap(({ values }) => values.map(original)),
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
export function eachOf<T, U>(items: readonly T[], read: (item: T) => U): U[] {
  const all: U[] = []
  for (const item of items) all.push(read(item))
  return all
}

/** As they stand first: that is what the strict reading takes, and in DER the two are the same. */
function formsOf(
  element: Element,
  attributes: readonly ReadAttribute[],
  original: Origin['original'],
): SignedAttributesForm[] {
  const standing = Uint8Array.from(original(element))
  standing[0] = Tag.set
  const der = setOf(attributes.map((one) => (one.values.length > 1 ? inDer(one) : encodingOf(one.element))))
  // Definite lengths in the order that stands: what a program signs that writes with one library and hashes with another.
  const definite = tlv(Tag.set, contentOf(element))
  const forms: SignedAttributesForm[] = [{ form: 'as they stand', set: standing }]
  if (!equalBytes(definite, standing)) forms.push({ form: 'as they stand', set: definite })
  if (forms.some(({ set }) => equalBytes(set, der)))
    return forms.map(({ set }) => ({ form: equalBytes(set, der) ? 'DER' : 'as they stand', set }))
  return [...forms, { form: 'DER', set: der }]
}

const inDer = ({ oid: type, values }: ReadAttribute): Uint8Array => sequence(oid(type), setOf(values.map(encodingOf)))

function timeIfReadable(element: Element): number | undefined {
  try {
    return readTime(element)
  } catch (error) {
    if (error instanceof SeglError) return undefined
    throw error
  }
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

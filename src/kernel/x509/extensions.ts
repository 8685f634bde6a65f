// Certificate extensions (RFC 5280 4.2, RFC 6960 4.2.2.2.1, EN 319 412-5), each read into what the rules ask for.
import {
  contentOf,
  contextConstructedTag,
  contextTag,
  type Element,
  enter,
  itemsOf,
  leave,
  malformedDer,
  readBoolean,
  readInside,
  readNamedBits,
  readOctetString,
  readOid,
  readSerialNumber,
  readSmallInteger,
  readString,
  Tag,
  take,
  takeAny,
  takeOptional,
  toHex,
} from '../der/index.ts'
import { distributionPointUris, type GeneralName, readGeneralName } from './general-names.ts'
import { accessMethods, extensionOids } from './oids.ts'

export type Extension = {
  readonly oid: string
  readonly critical: boolean
  /** The OCTET STRING that wraps the value. */
  readonly value: Element
}

/** KeyUsage bits by their ASN.1 names (RFC 5280 4.2.1.3); `nonRepudiation` is X.509's contentCommitment. */
export const keyUsageNames = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const

export type KeyUsage = (typeof keyUsageNames)[number]

export type BasicConstraints = { readonly ca: boolean; readonly pathLength: number | undefined }
export type AuthorityKeyIdentifier = {
  readonly keyIdentifier: string | undefined
  readonly serialNumber: string | undefined
}
export type NameConstraints = { readonly permitted: readonly GeneralName[]; readonly excluded: readonly GeneralName[] }
export type PolicyConstraints = {
  readonly requireExplicitPolicy: number | undefined
  readonly inhibitPolicyMapping: number | undefined
}
export type PolicyMapping = { readonly issuer: string; readonly subject: string }

/** Extensions of a certificate, CRL, CRL entry or OCSP structure; the same OID twice is malformed (RFC 5280 4.2). */
export function readExtensions(element: Element): Map<string, Extension> {
  const extensions = new Map<string, Extension>()
  for (const item of itemsOf(element, 'Extensions', Tag.sequence, Tag.sequence)) {
    const cursor = enter(item, 'Extension')
    const dotted = readOid(take(cursor, Tag.oid, 'extnID'))
    // DER forbids an encoded FALSE, but CAs have issued it for decades and it cannot mislead anybody.
    const critical = takeOptional(cursor, Tag.boolean)
    const value = take(cursor, Tag.octetString, 'extnValue')
    leave(cursor)
    if (extensions.has(dotted)) throw malformedDer(item.start, `The extension ${dotted} is there twice`)
    extensions.set(dotted, { oid: dotted, critical: critical !== undefined && readBoolean(critical), value })
  }
  return extensions
}

export function readKeyUsage(value: Element): ReadonlySet<KeyUsage> {
  const bits = readNamedBits(readInside(value))
  return new Set(keyUsageNames.filter((_, bit) => bits.has(bit)))
}

export function readExtendedKeyUsage(value: Element): string[] {
  return itemsOf(readInside(value), 'ExtKeyUsageSyntax', Tag.sequence, Tag.oid).map((item) => readOid(item))
}

export function readBasicConstraints(value: Element): BasicConstraints {
  const cursor = enter(readInside(value), 'BasicConstraints')
  const ca = takeOptional(cursor, Tag.boolean)
  const pathLength = takeOptional(cursor, Tag.integer)
  leave(cursor)
  return {
    ca: ca !== undefined && readBoolean(ca),
    pathLength: pathLength === undefined ? undefined : readSmallInteger(pathLength),
  }
}

export const readSubjectKeyIdentifier = (value: Element): string => toHex(readOctetString(readInside(value)))

export function readAuthorityKeyIdentifier(value: Element): AuthorityKeyIdentifier {
  const cursor = enter(readInside(value), 'AuthorityKeyIdentifier')
  const keyIdentifier = takeOptional(cursor, contextTag(0))
  takeOptional(cursor, contextConstructedTag(1))
  const serialNumber = takeOptional(cursor, contextTag(2))
  leave(cursor)
  return {
    keyIdentifier: keyIdentifier && toHex(contentOf(keyIdentifier)),
    serialNumber: serialNumber && serialHex(serialNumber, contextTag(2)),
  }
}

/** A serial number in lower-case hexadecimal without leading zeros, the form used all over the kernel. */
export function serialHex(element: Element, tag: number = Tag.integer): string {
  return readSerialNumber(element, tag)
}

export type AuthorityInfoAccess = { readonly ocsp: readonly string[]; readonly caIssuers: readonly string[] }

export function readAuthorityInfoAccess(value: Element): AuthorityInfoAccess {
  const ocsp: string[] = []
  const caIssuers: string[] = []
  for (const item of itemsOf(readInside(value), 'AuthorityInfoAccess', Tag.sequence, Tag.sequence)) {
    const cursor = enter(item, 'AccessDescription')
    const method = readOid(take(cursor, Tag.oid, 'accessMethod'))
    const location = takeOptional(cursor, contextTag(6))
    if (location === undefined) continue
    if (method === accessMethods.ocsp) ocsp.push(readString(location, Tag.ia5String))
    if (method === accessMethods.caIssuers) caIssuers.push(readString(location, Tag.ia5String))
  }
  return { ocsp, caIssuers }
}

/** The URIs at which CRLs are published. */
export function readCrlDistributionPoints(value: Element): string[] {
  return itemsOf(readInside(value), 'CRLDistributionPoints', Tag.sequence, Tag.sequence).flatMap((item) => {
    const point = takeOptional(enter(item, 'DistributionPoint'), contextConstructedTag(0))
    return point === undefined ? [] : distributionPointUris(point)
  })
}

export function readPolicies(value: Element): string[] {
  return itemsOf(readInside(value), 'CertificatePolicies', Tag.sequence, Tag.sequence).map((item) =>
    readOid(take(enter(item, 'PolicyInformation'), Tag.oid, 'policyIdentifier')),
  )
}

export function readPolicyMappings(value: Element): PolicyMapping[] {
  return itemsOf(readInside(value), 'PolicyMappings', Tag.sequence, Tag.sequence).map((item) => {
    const cursor = enter(item, 'PolicyMapping')
    const issuer = readOid(take(cursor, Tag.oid, 'issuerDomainPolicy'))
    const subject = readOid(take(cursor, Tag.oid, 'subjectDomainPolicy'))
    leave(cursor)
    return { issuer, subject }
  })
}

export function readPolicyConstraints(value: Element): PolicyConstraints {
  const cursor = enter(readInside(value), 'PolicyConstraints')
  const explicitPolicy = takeOptional(cursor, contextTag(0))
  const mapping = takeOptional(cursor, contextTag(1))
  leave(cursor)
  return {
    requireExplicitPolicy: explicitPolicy && readSmallInteger(explicitPolicy, contextTag(0)),
    inhibitPolicyMapping: mapping && readSmallInteger(mapping, contextTag(1)),
  }
}

export const readInhibitAnyPolicy = (value: Element): number => readSmallInteger(readInside(value))

export const readSubjectAltName = (value: Element): GeneralName[] =>
  itemsOf(readInside(value), 'GeneralNames', Tag.sequence).map(readGeneralName)

export function readNameConstraints(value: Element): NameConstraints {
  const cursor = enter(readInside(value), 'NameConstraints')
  const permitted = takeOptional(cursor, contextConstructedTag(0))
  const excluded = takeOptional(cursor, contextConstructedTag(1))
  leave(cursor)
  return { permitted: readSubtrees(permitted), excluded: readSubtrees(excluded) }
}

function readSubtrees(subtrees: Element | undefined): GeneralName[] {
  if (subtrees === undefined) return []
  return itemsOf(subtrees, 'GeneralSubtrees', subtrees.tag, Tag.sequence).map((subtree) => {
    const cursor = enter(subtree, 'GeneralSubtree')
    const base = readGeneralName(takeAny(cursor, 'base'))
    // RFC 5280 4.2.1.10: minimum must be 0 (so absent in DER) and maximum absent.
    leave(cursor)
    return base
  })
}

/** Critical extensions that path validation here understands and applies (RFC 5280 6.1.4 (o), 6.1.5 (f)). */
export const understoodExtensions: ReadonlySet<string> = new Set([
  extensionOids.keyUsage,
  extensionOids.extendedKeyUsage,
  extensionOids.basicConstraints,
  extensionOids.nameConstraints,
  extensionOids.subjectAltName,
  extensionOids.certificatePolicies,
  extensionOids.policyMappings,
  extensionOids.policyConstraints,
  extensionOids.inhibitAnyPolicy,
  extensionOids.subjectKeyIdentifier,
  extensionOids.authorityKeyIdentifier,
  extensionOids.crlDistributionPoints,
  extensionOids.authorityInfoAccess,
  extensionOids.qcStatements,
  extensionOids.ocspNoCheck,
])

// Certificate revocation lists (RFC 5280 clause 5): reading, and looking a serial number up without unpacking the list.
import {
  contextConstructedTag,
  contextTag,
  type Element,
  elementAt,
  encodingOf,
  enter,
  equalBytes,
  explicit,
  leave,
  malformedDer,
  peekTag,
  readBitStringOctets,
  readBoolean,
  readDer,
  readInside,
  readSmallInteger,
  readTime,
  Tag,
  take,
  takeAny,
  takeOptional,
} from '../der/index.ts'
import { type AlgorithmIdentifier, readAlgorithm, schemeOf } from './algorithms.ts'
import type { SignatureScheme } from './crypto.ts'
import {
  type AuthorityKeyIdentifier,
  type Extension,
  readAuthorityKeyIdentifier,
  readExtensions,
  serialHex,
} from './extensions.ts'
import { distributionPointUris } from './general-names.ts'
import { type Name, readName } from './names.ts'
import { extensionOids } from './oids.ts'

/** Which certificates a CRL speaks about (RFC 5280 5.2.5). */
export type IssuingDistributionPoint = {
  readonly uris: readonly string[]
  readonly onlyUserCertificates: boolean
  readonly onlyCaCertificates: boolean
  readonly onlyAttributeCertificates: boolean
  readonly onlySomeReasons: boolean
  readonly indirect: boolean
}

export type Crl = {
  readonly der: Uint8Array
  readonly tbsDer: Uint8Array
  readonly issuer: Name
  /** Milliseconds since 1970. */
  readonly thisUpdate: number
  readonly nextUpdate: number | undefined
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signatureScheme: SignatureScheme | undefined
  readonly signature: Uint8Array
  readonly extensions: ReadonlyMap<string, Extension>
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined
  readonly issuingDistributionPoint: IssuingDistributionPoint | undefined
  /** Certificates that expired at or after this time stay on the list (X.509 expiredCertsOnCRL). */
  readonly expiredCertsFrom: number | undefined
  /** Critical extensions that nothing here understands: such a CRL must not be used (RFC 5280 5.2). */
  readonly unknownCritical: readonly string[]
  /** The SEQUENCE OF entries; `findRevocation` reads it. */
  readonly revokedCertificates: Element | undefined
}

export type Revocation = {
  readonly serialNumber: string
  /** Milliseconds since 1970. */
  readonly revokedAt: number
  /** CRLReason by number (RFC 5280 5.3.1); undefined when not given. */
  readonly reason: number | undefined
  readonly unknownCritical: readonly string[]
}

const understood: ReadonlySet<string> = new Set([
  extensionOids.authorityKeyIdentifier,
  extensionOids.crlNumber,
  extensionOids.issuingDistributionPoint,
  extensionOids.expiredCertsOnCrl,
  extensionOids.issuerAltName,
  extensionOids.authorityInfoAccess,
])

const understoodInEntries: ReadonlySet<string> = new Set([extensionOids.reasonCode, extensionOids.invalidityDate])

/** Reads one DER CRL. Throws MALFORMED_DER with the offset of the fault. */
export function parseCrl(der: Uint8Array): Crl {
  const element = readDer(der)
  const outer = enter(element, 'CertificateList')
  const tbsElement = take(outer, Tag.sequence, 'tbsCertList')
  const signatureAlgorithm = take(outer, Tag.sequence, 'signatureAlgorithm')
  const signature = readBitStringOctets(take(outer, Tag.bitString, 'signatureValue'))
  leave(outer)

  const tbs = enter(tbsElement, 'TBSCertList')
  const version = takeOptional(tbs, Tag.integer)
  if (version !== undefined && readSmallInteger(version) !== 1) {
    throw malformedDer(version.start, 'The version of the CRL is not known')
  }
  const tbsAlgorithm = take(tbs, Tag.sequence, 'signature')
  if (!equalBytes(encodingOf(tbsAlgorithm), encodingOf(signatureAlgorithm))) {
    throw malformedDer(signatureAlgorithm.start, 'The two signature algorithms of the CRL differ')
  }
  const issuer = readName(take(tbs, Tag.sequence, 'issuer'))
  const thisUpdate = readTime(takeAny(tbs, 'thisUpdate'))
  const next = peekTag(tbs)
  const nextUpdate =
    next === Tag.utcTime || next === Tag.generalizedTime ? readTime(takeAny(tbs, 'nextUpdate')) : undefined
  const revokedCertificates = takeOptional(tbs, Tag.sequence)
  const extensionsElement = takeOptional(tbs, contextConstructedTag(0))
  leave(tbs)

  const extensions =
    extensionsElement === undefined
      ? new Map<string, Extension>()
      : readExtensions(explicit(extensionsElement, 'crlExtensions'))
  const algorithm = readAlgorithm(signatureAlgorithm)
  const value = (oid: string) => extensions.get(oid)?.value
  const keyIdentifier = value(extensionOids.authorityKeyIdentifier)
  const distributionPoint = value(extensionOids.issuingDistributionPoint)
  const expired = value(extensionOids.expiredCertsOnCrl)
  return {
    der: encodingOf(element),
    tbsDer: encodingOf(tbsElement),
    issuer,
    thisUpdate,
    nextUpdate,
    signatureAlgorithm: algorithm,
    signatureScheme: schemeOf(algorithm),
    signature,
    extensions,
    authorityKeyIdentifier: keyIdentifier && readAuthorityKeyIdentifier(keyIdentifier),
    issuingDistributionPoint: distributionPoint && readIssuingDistributionPoint(distributionPoint),
    expiredCertsFrom: expired && readTime(readInside(expired)),
    unknownCritical: unknownCriticalIn(extensions, understood),
    revokedCertificates,
  }
}

/** The entry of a certificate, or undefined when the list does not name it. Scans the bytes: no object per entry. */
export function findRevocation(crl: Crl, serialNumber: string): Revocation | undefined {
  const list = crl.revokedCertificates
  if (list === undefined) return undefined
  const wanted = serialOctets(serialNumber)
  const { source } = list
  for (let position = list.contentStart; position < list.end; ) {
    const entry = elementAt(source, position, list.end)
    const serial = elementAt(source, entry.contentStart, entry.end)
    if (serial.end - serial.contentStart === wanted.length) {
      let same = true
      for (let i = 0; same && i < wanted.length; i++) same = source[serial.contentStart + i] === wanted[i]
      if (same) return readEntry(entry)
    }
    position = entry.end
  }
  return undefined
}

function serialOctets(serialNumber: string): Uint8Array {
  if (serialNumber.startsWith('-')) return new Uint8Array(0)
  const even = serialNumber.length % 2 === 0 ? serialNumber : `0${serialNumber}`
  const octets = Uint8Array.from(even.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
  return (octets[0] ?? 0) >= 0x80 ? Uint8Array.of(0, ...octets) : octets
}

function readEntry(entry: Element): Revocation {
  const cursor = enter(entry, 'revokedCertificate')
  const serialNumber = serialHex(take(cursor, Tag.integer, 'userCertificate'))
  const revokedAt = readTime(takeAny(cursor, 'revocationDate'))
  const extensionsElement = takeOptional(cursor, Tag.sequence)
  leave(cursor)
  const extensions = extensionsElement === undefined ? new Map<string, Extension>() : readExtensions(extensionsElement)
  const reason = extensions.get(extensionOids.reasonCode)
  return {
    serialNumber,
    revokedAt,
    reason: reason && readSmallInteger(readInside(reason.value), Tag.enumerated),
    unknownCritical: unknownCriticalIn(extensions, understoodInEntries),
  }
}

function unknownCriticalIn(extensions: ReadonlyMap<string, Extension>, known: ReadonlySet<string>): string[] {
  return [...extensions.values()].filter(({ critical, oid }) => critical && !known.has(oid)).map(({ oid }) => oid)
}

function readIssuingDistributionPoint(value: Element): IssuingDistributionPoint {
  const cursor = enter(readInside(value), 'IssuingDistributionPoint')
  const point = takeOptional(cursor, contextConstructedTag(0))
  const flag = (number: number) => {
    const element = takeOptional(cursor, contextTag(number))
    return element !== undefined && readBoolean({ ...element, tag: Tag.boolean })
  }
  const onlyUserCertificates = flag(1)
  const onlyCaCertificates = flag(2)
  const onlySomeReasons = takeOptional(cursor, contextTag(3)) !== undefined
  const indirect = flag(4)
  const onlyAttributeCertificates = flag(5)
  leave(cursor)
  return {
    uris: point === undefined ? [] : distributionPointUris(point),
    onlyUserCertificates,
    onlyCaCertificates,
    onlyAttributeCertificates,
    onlySomeReasons,
    indirect,
  }
}

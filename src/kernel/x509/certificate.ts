// Certificates (RFC 5280 clause 4): strict reading into the fields that signing and verifying ask for.
import { SeglError } from '../../errors.ts'
import {
  contextConstructedTag,
  contextTag,
  type Element,
  encodingOf,
  enter,
  equalBytes,
  explicit,
  leave,
  malformedDer,
  readBitStringOctets,
  readDer,
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
  type AuthorityInfoAccess,
  type AuthorityKeyIdentifier,
  type BasicConstraints,
  type Extension,
  type KeyUsage,
  type NameConstraints,
  type PolicyConstraints,
  type PolicyMapping,
  readAuthorityInfoAccess,
  readAuthorityKeyIdentifier,
  readBasicConstraints,
  readCrlDistributionPoints,
  readExtendedKeyUsage,
  readExtensions,
  readInhibitAnyPolicy,
  readKeyUsage,
  readNameConstraints,
  readPolicies,
  readPolicyConstraints,
  readPolicyMappings,
  readSubjectAltName,
  readSubjectKeyIdentifier,
  serialHex,
  understoodExtensions,
} from './extensions.ts'
import type { GeneralName } from './general-names.ts'
import { type Name, readName } from './names.ts'
import { extensionOids } from './oids.ts'
import { type PublicKey, readPublicKey } from './public-key.ts'
import { type QcStatements, readQcStatements } from './qc-statements.ts'

export type ExtendedKeyUsage = { readonly purposes: readonly string[]; readonly critical: boolean }

export type Certificate = {
  readonly der: Uint8Array
  /** The bytes that the issuer signed. */
  readonly tbsDer: Uint8Array
  readonly version: 1 | 2 | 3
  /** Lower-case hexadecimal without leading zeros. */
  readonly serialNumber: string
  readonly issuer: Name
  readonly subject: Name
  readonly issuerDer: Uint8Array
  readonly subjectDer: Uint8Array
  /** Milliseconds since 1970; both ends belong to the validity. */
  readonly notBefore: number
  readonly notAfter: number
  readonly publicKey: PublicKey
  readonly spkiDer: Uint8Array
  readonly signatureAlgorithm: AlgorithmIdentifier
  /** The signature's scheme, undefined when it is not supported. */
  readonly signatureScheme: SignatureScheme | undefined
  readonly signature: Uint8Array
  readonly selfIssued: boolean

  readonly extensions: ReadonlyMap<string, Extension>
  readonly keyUsage: ReadonlySet<KeyUsage> | undefined
  readonly extendedKeyUsage: ExtendedKeyUsage | undefined
  readonly basicConstraints: BasicConstraints | undefined
  /** Lower-case hexadecimal. */
  readonly subjectKeyIdentifier: string | undefined
  readonly authorityKeyIdentifier: AuthorityKeyIdentifier | undefined
  readonly subjectAltName: readonly GeneralName[]
  readonly aia: AuthorityInfoAccess
  /** URIs of CRLs. */
  readonly crlDistributionPoints: readonly string[]
  /** Policy OIDs. */
  readonly policies: readonly string[]
  readonly policyMappings: readonly PolicyMapping[]
  readonly policyConstraints: PolicyConstraints | undefined
  readonly inhibitAnyPolicy: number | undefined
  readonly qcStatements: QcStatements | undefined
  readonly nameConstraints: NameConstraints | undefined
  readonly ocspNoCheck: boolean
  /** Critical extensions that nothing here understands: such a certificate must not be used (RFC 5280 4.2). */
  readonly unknownCritical: readonly string[]
  /** `false` for what could only be read as BER (foreign-certificate.ts). */
  readonly isDer?: false
}

/** Reads one DER certificate. Throws MALFORMED_DER with the offset of the fault. */
export function parseCertificate(der: Uint8Array): Certificate {
  return readCertificate(readDer(der))
}

/** The certificate, or undefined when nobody can read it: no reason to refuse the others beside it. */
export function parseCertificateIfReadable(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der)
  } catch (error) {
    if (error instanceof SeglError) return undefined
    throw error
  }
}

/** Reads a certificate that is part of a larger structure; its views keep that structure's bytes alive. */
export function readCertificate(element: Element): Certificate {
  const outer = enter(element, 'Certificate')
  const tbsElement = take(outer, Tag.sequence, 'tbsCertificate')
  const signatureAlgorithm = take(outer, Tag.sequence, 'signatureAlgorithm')
  const signature = readBitStringOctets(take(outer, Tag.bitString, 'signatureValue'))
  leave(outer)

  const tbs = enter(tbsElement, 'TBSCertificate')
  const version = readVersion(takeOptional(tbs, contextConstructedTag(0)))
  const serialNumber = serialHex(take(tbs, Tag.integer, 'serialNumber'))
  const tbsAlgorithm = take(tbs, Tag.sequence, 'signature')
  // RFC 5280 4.1.1.2: both must be the same, or the unsigned one could be swapped.
  if (!equalBytes(encodingOf(tbsAlgorithm), encodingOf(signatureAlgorithm))) {
    throw malformedDer(signatureAlgorithm.start, 'The two signature algorithms of the certificate differ')
  }
  const issuer = readName(take(tbs, Tag.sequence, 'issuer'))
  const validity = enter(take(tbs, Tag.sequence, 'validity'), 'Validity')
  const notBefore = readTime(takeAny(validity, 'notBefore'))
  const notAfter = readTime(takeAny(validity, 'notAfter'))
  leave(validity)
  const subject = readName(take(tbs, Tag.sequence, 'subject'))
  const publicKey = readPublicKey(take(tbs, Tag.sequence, 'subjectPublicKeyInfo'))
  takeOptional(tbs, contextTag(1))
  takeOptional(tbs, contextTag(2))
  const extensionsElement = takeOptional(tbs, contextConstructedTag(3))
  leave(tbs)
  if (extensionsElement !== undefined && version !== 3) {
    throw malformedDer(extensionsElement.start, 'Only a version 3 certificate has extensions')
  }

  const algorithm = readAlgorithm(signatureAlgorithm)
  return {
    der: encodingOf(element),
    tbsDer: encodingOf(tbsElement),
    version,
    serialNumber,
    issuer,
    subject,
    issuerDer: issuer.der,
    subjectDer: subject.der,
    notBefore,
    notAfter,
    publicKey,
    spkiDer: publicKey.spki,
    signatureAlgorithm: algorithm,
    signatureScheme: schemeOf(algorithm),
    signature,
    selfIssued: equalBytes(issuer.der, subject.der),
    ...readKnownExtensions(
      extensionsElement === undefined ? new Map() : readExtensions(explicit(extensionsElement, 'extensions')),
    ),
  }
}

function readVersion(element: Element | undefined): 1 | 2 | 3 {
  if (element === undefined) return 1
  const version = readSmallInteger(explicit(element, 'version'))
  if (version === 1) return 2
  if (version === 2) return 3
  throw malformedDer(element.start, 'The version of the certificate is not known')
}

function readKnownExtensions(extensions: ReadonlyMap<string, Extension>) {
  const known = <T>(oid: string, read: (value: Element) => T): T | undefined => {
    const extension = extensions.get(oid)
    return extension === undefined ? undefined : read(extension.value)
  }
  const purposes = known(extensionOids.extendedKeyUsage, readExtendedKeyUsage)
  const critical = extensions.get(extensionOids.extendedKeyUsage)?.critical === true
  return {
    extensions,
    keyUsage: known(extensionOids.keyUsage, readKeyUsage),
    extendedKeyUsage: purposes && { purposes, critical },
    basicConstraints: known(extensionOids.basicConstraints, readBasicConstraints),
    subjectKeyIdentifier: known(extensionOids.subjectKeyIdentifier, readSubjectKeyIdentifier),
    authorityKeyIdentifier: known(extensionOids.authorityKeyIdentifier, readAuthorityKeyIdentifier),
    subjectAltName: known(extensionOids.subjectAltName, readSubjectAltName) ?? [],
    aia: known(extensionOids.authorityInfoAccess, readAuthorityInfoAccess) ?? { ocsp: [], caIssuers: [] },
    crlDistributionPoints: known(extensionOids.crlDistributionPoints, readCrlDistributionPoints) ?? [],
    policies: known(extensionOids.certificatePolicies, readPolicies) ?? [],
    policyMappings: known(extensionOids.policyMappings, readPolicyMappings) ?? [],
    policyConstraints: known(extensionOids.policyConstraints, readPolicyConstraints),
    inhibitAnyPolicy: known(extensionOids.inhibitAnyPolicy, readInhibitAnyPolicy),
    qcStatements: known(extensionOids.qcStatements, readQcStatements),
    nameConstraints: known(extensionOids.nameConstraints, readNameConstraints),
    ocspNoCheck: extensions.has(extensionOids.ocspNoCheck),
    unknownCritical: [...extensions.values()]
      .filter((extension) => extension.critical && !understoodExtensions.has(extension.oid))
      .map((extension) => extension.oid),
  }
}

/** True when `at` (ms) lies in the certificate's validity; both ends belong to it. */
export function isValidAt(certificate: Certificate, at: number): boolean {
  return certificate.notBefore <= at && at <= certificate.notAfter + 999
}

export const sameCertificate = (a: Certificate, b: Certificate): boolean => a === b || equalBytes(a.der, b.der)

// Makes one X.509 certificate from a profile of pki.ts: names, extensions, signature.
import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AccessDescription,
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityInfoAccessSyntax,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  CertificatePolicies,
  CRLDistributionPoints,
  DistributionPoint,
  DistributionPointName,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  id_ad_caIssuers,
  id_ad_ocsp,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_certificatePolicies,
  id_ce_cRLDistributionPoints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectKeyIdentifier,
  id_pe_authorityInfoAccess,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  PolicyInformation,
  RelativeDistinguishedName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509'
import {
  id_pe_qcStatements,
  id_qcs_pkixQCSyntax_v2,
  NameRegistrationAuthorities,
  QCStatement,
  QCStatements,
  SemanticsInformation,
} from '@peculiar/asn1-x509-qualified'
import {
  id_etsi_qcs_qcPDS,
  id_etsi_qcs_qcType,
  id_etsi_qct_eseal,
  id_etsi_qct_esign,
  PdsLocation,
  QcEuPDS,
  QcType,
} from '@peculiar/asn1-x509-qualified-etsi'
import { PrintableString } from 'asn1js'
import type { NamePart, Profile } from './pki.ts'

const attributeType: Record<NamePart[0], string> = {
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  CN: '2.5.4.3',
  GN: '2.5.4.42',
  SN: '2.5.4.4',
  serialNumber: '2.5.4.5',
  organizationIdentifier: '2.5.4.97',
}

/** X.520 wants PrintableString for countryName and serialNumber; everything else is UTF8String (RFC 5280 §4.1.2.4). */
const printable = new Set<NamePart[0]>(['C', 'serialNumber'])

export const nameFrom = (parts: readonly NamePart[]): Name =>
  new Name(
    parts.map(
      ([key, text]) =>
        new RelativeDistinguishedName([
          new AttributeTypeAndValue({
            type: attributeType[key],
            value: new AttributeValue(printable.has(key) ? { printableString: text } : { utf8String: text }),
          }),
        ]),
    ),
  )

export const der = (structure: unknown): Buffer => Buffer.from(AsnConvert.serialize(structure))

/** A Buffer of its own memory, as the schema classes want it. */
export const bytesOf = (data: Uint8Array): ArrayBuffer => new Uint8Array(data).buffer

/** ECDSA: SHA-384 with P-384, SHA-256 with P-256; the identifier has no parameters (RFC 5758 §3.2). */
export const signatureAlgorithm = (key: KeyObject): { identifier: AlgorithmIdentifier; hash: string } =>
  key.asymmetricKeyDetails?.namedCurve === 'secp384r1'
    ? { identifier: new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.3' }), hash: 'sha384' }
    : { identifier: new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' }), hash: 'sha256' }

export const signWith = (key: KeyObject, data: Uint8Array): ArrayBuffer =>
  bytesOf(sign(signatureAlgorithm(key).hash, data, key))

/** RFC 5280 §4.2.1.2 method (1): SHA-1 of the public key's bits. An identifier, not a security property. */
export const keyIdentifier = (publicKey: KeyObject): Buffer => {
  const info = AsnConvert.parse(publicKey.export({ type: 'spki', format: 'der' }), SubjectPublicKeyInfo)
  return createHash('sha1').update(Buffer.from(info.subjectPublicKey)).digest()
}

export type Issuer = { name: Name; key: KeyObject }

/** Where a relying party finds what it needs to check the certificate. */
export type Pointers = {
  ocsp: string
  caIssuers: string
  crl: string
  /** The service itself, which hands out the PIDs. */
  authority: string
  disclosure: { url: string; language: string }
}

export type CertificateOrder = {
  profile: Profile
  subject: Name
  publicKey: KeyObject
  issuer: Issuer
  serial: Buffer
  notBefore: Date
  notAfter: Date
  pointers: Pointers
  /** A national identity number, in the extension that BankID keeps it in; see faults.ts. */
  number?: string
}

const extension = (extnID: string, value: unknown, critical = false): Extension =>
  new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) })

const uri = (url: string): GeneralName => new GeneralName({ uniformResourceIdentifier: url })

const statement = (statementId: string, info: unknown): QCStatement => {
  const made = new QCStatement()
  made.statementId = statementId
  made.statementInfo = AsnConvert.serialize(info)
  return made
}

/** EN 319 412-1 §5.1: says how to read the subject's serialNumber or organizationIdentifier. */
const semantics = { esign: '0.4.0.194121.1.1', eseal: '0.4.0.194121.1.2' } as const

const qualified = (type: 'esign' | 'eseal', { disclosure, authority }: Pointers): QCStatements => {
  const reading = new SemanticsInformation({
    semanticsIdentifier: semantics[type],
    // EN 319 412-1 NAT-5.1.3-05: a national scheme (`UN:`) says who registers its names.
    ...(type === 'esign' && { nameRegistrationAuthorities: new NameRegistrationAuthorities([uri(authority)]) }),
  })
  return new QCStatements([
    statement(id_etsi_qcs_qcType, new QcType([type === 'esign' ? id_etsi_qct_esign : id_etsi_qct_eseal])),
    statement(id_etsi_qcs_qcPDS, new QcEuPDS([new PdsLocation(disclosure)])),
    statement(id_qcs_pkixQCSyntax_v2, reading),
  ])
}

/** facts/bankid.md §2.1. */
const numberExtension = '2.16.578.1.61.2.4'

const extensionsOf = ({ profile, publicKey, issuer, pointers, number }: CertificateOrder): Extension[] => {
  const usage = profile.keyUsage.reduce((flags, bit) => flags | KeyUsageFlags[bit], 0)
  const made = [
    extension(id_ce_keyUsage, new KeyUsage(usage), true),
    extension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(bytesOf(keyIdentifier(publicKey)))),
    extension(
      id_ce_authorityKeyIdentifier,
      new AuthorityKeyIdentifier({
        keyIdentifier: new KeyIdentifier(bytesOf(keyIdentifier(createPublicKey(issuer.key)))),
      }),
    ),
  ]
  if (profile.ca) {
    const { pathLength } = profile.ca
    const constraints = new BasicConstraints({
      cA: true,
      ...(pathLength !== undefined && { pathLenConstraint: pathLength }),
    })
    made.push(extension(id_ce_basicConstraints, constraints, true))
  }
  if (profile.purpose) {
    made.push(extension(id_ce_extKeyUsage, new ExtendedKeyUsage([profile.purpose.oid]), profile.purpose.critical))
  }
  if (profile.noCheck) {
    made.push(new Extension({ extnID: '1.3.6.1.5.5.7.48.1.5', extnValue: new OctetString(bytesOf(Buffer.of(5, 0))) }))
  }
  if (profile.policies.length > 0) {
    const policies = profile.policies.map((policyIdentifier) => new PolicyInformation({ policyIdentifier }))
    made.push(extension(id_ce_certificatePolicies, new CertificatePolicies(policies)))
  }
  if (profile.revocable) {
    const access = new AuthorityInfoAccessSyntax([
      new AccessDescription({ accessMethod: id_ad_ocsp, accessLocation: uri(pointers.ocsp) }),
      new AccessDescription({ accessMethod: id_ad_caIssuers, accessLocation: uri(pointers.caIssuers) }),
    ])
    const points = new CRLDistributionPoints([
      new DistributionPoint({ distributionPoint: new DistributionPointName({ fullName: [uri(pointers.crl)] }) }),
    ])
    made.push(extension(id_pe_authorityInfoAccess, access), extension(id_ce_cRLDistributionPoints, points))
  }
  if (number !== undefined) {
    const value = new PrintableString({ value: number }).toBER()
    made.push(new Extension({ extnID: numberExtension, extnValue: new OctetString(value) }))
  }
  if (profile.qcType) made.push(extension(id_pe_qcStatements, qualified(profile.qcType, pointers)))
  return made
}

/** @returns the certificate in DER */
export const makeCertificate = (order: CertificateOrder): Buffer => {
  const { identifier } = signatureAlgorithm(order.issuer.key)
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: bytesOf(order.serial),
    signature: identifier,
    issuer: order.issuer.name,
    validity: new Validity({ notBefore: order.notBefore, notAfter: order.notAfter }),
    subject: order.subject,
    subjectPublicKeyInfo: AsnConvert.parse(
      order.publicKey.export({ type: 'spki', format: 'der' }),
      SubjectPublicKeyInfo,
    ),
    extensions: new Extensions(extensionsOf(order)),
  })
  return der(
    new Certificate({
      tbsCertificate,
      signatureAlgorithm: identifier,
      signatureValue: signWith(order.issuer.key, der(tbsCertificate)),
    }),
  )
}

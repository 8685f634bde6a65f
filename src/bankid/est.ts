// Enrolment over secure transport (RFC 7030), the part the e-seal needs: from a signing request to a certificate.
import 'reflect-metadata'
import { createPublicKey, type KeyObject } from 'node:crypto'
import {
  CertificateChoices,
  CertificateSet,
  CMSVersion,
  ContentInfo,
  DigestAlgorithmIdentifiers,
  EncapsulatedContentInfo,
  SignedData,
  SignerInfos,
} from '@peculiar/asn1-cms'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate } from '@peculiar/asn1-x509'
import { Pkcs10CertificateRequest } from '@peculiar/x509'
import type { Pki } from './ca.ts'
import { der } from './certificate.ts'
import type { NamePart } from './pki.ts'

/** The request cannot be granted; the message tells the applicant what to change. */
export class EnrolmentRefused extends Error {}

/** RFC 5652 §5.2: SignedData without content and without signers, only to carry certificates. */
const certsOnly = (certificates: Buffer[]): Buffer => {
  const signedData = new SignedData({
    version: CMSVersion.v1,
    digestAlgorithms: new DigestAlgorithmIdentifiers([]),
    encapContentInfo: new EncapsulatedContentInfo({ eContentType: '1.2.840.113549.1.7.1' }),
    certificates: new CertificateSet(
      certificates.map((one) => new CertificateChoices({ certificate: AsnConvert.parse(one, Certificate) })),
    ),
    signerInfos: new SignerInfos([]),
  })
  return der(new ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: AsnConvert.serialize(signedData) }))
}

/** Mod 11 with weights 3 2 7 6 5 4 3 2 over the first eight digits. */
const isOrganisationNumber = (number: string): boolean => {
  if (!/^\d{9}$/.test(number)) return false
  const digits = [...number].map(Number)
  const sum = [3, 2, 7, 6, 5, 4, 3, 2].reduce((total, weight, index) => total + weight * (digits[index] ?? 0), 0)
  return (11 - (sum % 11)) % 11 === digits[8]
}

const strongEnough = (key: KeyObject): boolean =>
  (key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 3072) ||
  (key.asymmetricKeyType === 'ec' && ['prime256v1', 'secp384r1'].includes(key.asymmetricKeyDetails?.namedCurve ?? ''))

const readRequest = (body: string): Pkcs10CertificateRequest => {
  const base64 = body.replace(/-----[^-]+-----/g, '').replace(/\s/g, '')
  if (!/^[A-Za-z0-9+/]+=*$/.test(base64))
    throw new EnrolmentRefused('The body must be a base64-encoded PKCS#10 request')
  try {
    return new Pkcs10CertificateRequest(Buffer.from(base64, 'base64'))
  } catch {
    throw new EnrolmentRefused('The body is not a PKCS#10 request')
  }
}

export type Enrolment = {
  /** The CA chain as certs-only PKCS#7 in base64 (RFC 7030 §4.1.3). */
  caCertificates(): string
  /** @param body base64 of a PKCS#10 request @throws EnrolmentRefused */
  enrol(body: string): Promise<string>
}

export const createEnrolment = (pki: Pki): Enrolment => ({
  caCertificates: () => certsOnly([pki.certificateOf('organisations'), pki.certificateOf('root')]).toString('base64'),
  async enrol(body) {
    const request = readRequest(body)
    // Proof of possession (RFC 7030 §3.4): the request is signed with the key it asks a certificate for.
    if (!(await request.verify().catch(() => false))) {
      throw new EnrolmentRefused('The request is not signed by the key it names')
    }
    const publicKey = createPublicKey({ key: Buffer.from(request.publicKey.rawData), format: 'der', type: 'spki' })
    if (!strongEnough(publicKey)) throw new EnrolmentRefused('Use RSA of at least 3072 bits, or EC on P-256 or P-384')

    const first = (type: string): string | undefined => request.subjectName.getField(type)[0]
    const organisation = first('2.5.4.10')
    const commonName = first('2.5.4.3')
    const identifier = first('2.5.4.97')
    const number = /^NTRNO-(\d{9})$/.exec(identifier ?? '')?.[1]
    if (!organisation || !commonName || !number || !identifier) {
      throw new EnrolmentRefused(
        'The subject needs O, CN and organizationIdentifier (2.5.4.97) as NTRNO- and nine digits',
      )
    }
    if (!isOrganisationNumber(number)) throw new EnrolmentRefused('The organisation number has a wrong check digit')
    const subject: NamePart[] = [
      ['C', 'NO'],
      ['O', organisation],
      ['organizationIdentifier', identifier],
      ['OU', 'TEST - SimBankID'],
      ['CN', commonName],
    ]
    return certsOnly([pki.issueSeal(subject, publicKey), pki.certificateOf('organisations')]).toString('base64')
  },
})

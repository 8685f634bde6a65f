// A time-stamping authority (RFC 3161, RFC 5816, EN 319 422): one token per request, or the reason why not.
import { createHash, randomBytes } from 'node:crypto'
import {
  Attribute,
  CertificateChoices,
  CertificateSet,
  CMSVersion,
  ContentInfo,
  DigestAlgorithmIdentifiers,
  EncapsulatedContent,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedData,
  SignerIdentifier,
  SignerInfo,
  SignerInfos,
} from '@peculiar/asn1-cms'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  Accuracy,
  id_ct_tstInfo,
  MessageImprint,
  PKIFailureInfo,
  PKIFreeText,
  PKIStatus,
  PKIStatusInfo,
  TimeStampReq,
  TimeStampResp,
  TimeStampToken,
  TSTInfo,
} from '@peculiar/asn1-tsp'
import { AlgorithmIdentifier, Certificate } from '@peculiar/asn1-x509'
import { ObjectIdentifier, OctetString as OctetStringBer, Sequence } from 'asn1js'
import type { Signer } from './ca.ts'
import { bytesOf, der, signatureAlgorithm, signWith } from './certificate.ts'
import { type Clock, plusSeconds, wholeSecond } from './clock.ts'
import type { Faults } from './faults.ts'
import { policy, type TsaName } from './pki.ts'

const digests: Record<string, { name: string; length: number }> = {
  '2.16.840.1.101.3.4.2.1': { name: 'sha256', length: 32 },
  '2.16.840.1.101.3.4.2.2': { name: 'sha384', length: 48 },
  '2.16.840.1.101.3.4.2.3': { name: 'sha512', length: 64 },
}
const sha256 = '2.16.840.1.101.3.4.2.1'
const sha384 = '2.16.840.1.101.3.4.2.2'

/** Bit numbers of PKIFailureInfo (RFC 3161 §2.4.2); the schema library's own constants are off by some. */
const failureBit = {
  badAlg: 0,
  badRequest: 2,
  badDataFormat: 5,
  timeNotAvailable: 14,
  unacceptedPolicy: 15,
  unacceptedExtension: 16,
  systemFailure: 25,
} as const
type Failure = keyof typeof failureBit

const refuse = (failure: Failure, reason: string): Buffer =>
  der(
    new TimeStampResp({
      status: new PKIStatusInfo({
        status: PKIStatus.rejection,
        statusString: new PKIFreeText([reason]),
        failInfo: new PKIFailureInfo(2 ** failureBit[failure]),
      }),
    }),
  )

/** SET OF in DER is sorted by the encoding of its elements (X.690 §11.6); the schema library leaves that to us. */
const sorted = (attributes: Attribute[]): Attribute[] => [...attributes].sort((a, b) => Buffer.compare(der(a), der(b)))

/** What is signed is the SET itself, not the [0] IMPLICIT under which it travels (RFC 5652 §5.4). */
const asSet = (attributes: Attribute[]): Buffer => {
  const content = Buffer.concat(attributes.map(der))
  const length =
    content.length < 128
      ? Buffer.of(content.length)
      : content.length < 256
        ? Buffer.of(0x81, content.length)
        : Buffer.of(0x82, content.length >> 8, content.length & 0xff)
  return Buffer.concat([Buffer.of(0x31), length, content])
}

/** SigningCertificateV2 with one ESSCertIDv2; SHA-256 is the DEFAULT and therefore not encoded (RFC 5816, RFC 5035). */
const signingCertificate = (certificate: Buffer, hash: string): ArrayBuffer => {
  const digest = new OctetStringBer({ valueHex: bytesOf(createHash(hash).update(certificate).digest()) })
  const algorithm = hash === 'sha256' ? [] : [new Sequence({ value: [new ObjectIdentifier({ value: sha384 })] })]
  const id = new Sequence({ value: [...algorithm, digest] })
  return new Sequence({ value: [new Sequence({ value: [id] })] }).toBER()
}

const attribute = (attrType: string, value: ArrayBuffer): Attribute => new Attribute({ attrType, attrValues: [value] })

/** Wraps a TSTInfo into the SignedData of a TimeStampToken. */
const tokenOf = (info: TSTInfo, signer: Signer, withCertificate: boolean): ContentInfo => {
  const { identifier, hash } = signatureAlgorithm(signer.key)
  const digestAlgorithm = new AlgorithmIdentifier({ algorithm: hash === 'sha384' ? sha384 : sha256 })
  const content = der(info)
  const certificate = AsnConvert.parse(signer.certificate, Certificate)
  const signedAttrs = sorted([
    attribute('1.2.840.113549.1.9.3', new ObjectIdentifier({ value: id_ct_tstInfo }).toBER()),
    attribute(
      '1.2.840.113549.1.9.4',
      new OctetStringBer({ valueHex: bytesOf(createHash(hash).update(content).digest()) }).toBER(),
    ),
    attribute('1.2.840.113549.1.9.16.2.47', signingCertificate(signer.certificate, hash)),
  ])
  const signedData = new SignedData({
    version: CMSVersion.v3,
    digestAlgorithms: new DigestAlgorithmIdentifiers([digestAlgorithm]),
    encapContentInfo: new EncapsulatedContentInfo({
      eContentType: id_ct_tstInfo,
      eContent: new EncapsulatedContent({ single: new OctetString(bytesOf(content)) }),
    }),
    ...(withCertificate && { certificates: new CertificateSet([new CertificateChoices({ certificate })]) }),
    signerInfos: new SignerInfos([
      new SignerInfo({
        version: CMSVersion.v1,
        sid: new SignerIdentifier({
          issuerAndSerialNumber: new IssuerAndSerialNumber({
            issuer: certificate.tbsCertificate.issuer,
            serialNumber: certificate.tbsCertificate.serialNumber,
          }),
        }),
        digestAlgorithm,
        signedAttrs,
        signatureAlgorithm: identifier,
        signature: new OctetString(signWith(signer.key, asSet(signedAttrs))),
      }),
    ]),
  })
  return new ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: AsnConvert.serialize(signedData) })
}

const otherImprint = ({ hashAlgorithm, hashedMessage }: MessageImprint): MessageImprint =>
  new MessageImprint({
    hashAlgorithm,
    hashedMessage: new OctetString(bytesOf(randomBytes(hashedMessage.buffer.byteLength))),
  })

export type TimeStamper = {
  /** @param request DER of a TimeStampReq @returns DER of the TimeStampResp; never throws for bad input */
  answer(request: Uint8Array): Buffer
}

export const createTimeStamper = (signer: Signer, clock: Clock, faults: Faults, name: TsaName): TimeStamper => ({
  answer(bytes) {
    const at = `/${name}`
    if (faults.strike('tsa-reject', { at })) return refuse('systemFailure', 'Rejected on demand')
    let request: TimeStampReq
    try {
      request = AsnConvert.parse(bytes, TimeStampReq)
    } catch {
      return refuse('badDataFormat', 'The request is not a DER-encoded TimeStampReq')
    }
    const { messageImprint, reqPolicy, nonce, certReq, extensions } = request
    const digest = digests[messageImprint.hashAlgorithm.algorithm]
    if (request.version !== 1) return refuse('badRequest', 'Only version 1 is known')
    if (!digest) return refuse('badAlg', 'Use SHA-256, SHA-384 or SHA-512')
    if (messageImprint.hashedMessage.buffer.byteLength !== digest.length) {
      return refuse('badDataFormat', 'The imprint does not have the length of its hash algorithm')
    }
    if (reqPolicy && reqPolicy !== policy.timeStamp)
      return refuse('unacceptedPolicy', `The policy is ${policy.timeStamp}`)
    if (extensions && extensions.length > 0) return refuse('unacceptedExtension', 'No extension is known')

    const serial = randomBytes(16)
    serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40
    const info = new TSTInfo({
      policy: policy.timeStamp,
      messageImprint: faults.strike('tsa-wrong-imprint', { at }) ? otherImprint(messageImprint) : messageImprint,
      serialNumber: bytesOf(serial),
      genTime: plusSeconds(wholeSecond(clock()), Number(faults.strike('tsa-skew', { at })?.value ?? 0)),
      // EN 319 421 §7.7.1: one second or better; genTime is cut to whole seconds.
      accuracy: new Accuracy({ seconds: 1 }),
      ...(nonce && { nonce: faults.strike('tsa-wrong-nonce', { at }) ? bytesOf(Buffer.of(1)) : nonce }),
    })
    const token = AsnConvert.parse(AsnConvert.serialize(tokenOf(info, signer, certReq)), TimeStampToken)
    return der(new TimeStampResp({ status: new PKIStatusInfo({ status: PKIStatus.granted }), timeStampToken: token }))
  },
})

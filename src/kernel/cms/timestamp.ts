// RFC 3161 time-stamp tokens and responses, read strictly.
import {
  contentOf,
  contextConstructedTag,
  contextTag,
  type Element,
  encodingOf,
  enter,
  explicit,
  fromBer,
  itemsOf,
  leave,
  malformedDer,
  readBoolean,
  readDer,
  readNamedBits,
  readOctetString,
  readOid,
  readSerialNumber,
  readSmallInteger,
  readString,
  readTime,
  Tag,
  take,
  takeOptional,
} from '../der/index.ts'
import {
  type Certificate,
  type DigestAlgorithm,
  digestLengths,
  digestOf,
  type GeneralName,
  parseCertificateIfReadable,
  parseForeignCertificate,
  readAlgorithm,
  readExtensions,
  readGeneralName,
} from '../x509/index.ts'
import { contentTypes } from './oids.ts'
import { parseForeignSignedData, parseSignedData, type SignedData } from './read.ts'
import { isIdentified } from './verify.ts'

export type TimestampToken = {
  readonly der: Uint8Array
  /** Milliseconds since 1970. */
  readonly genTime: number
  /** Undefined when the TSA states none. */
  readonly accuracyMs: number | undefined
  /** OID of the policy under which the TSA issued it. */
  readonly policy: string
  /** Lower-case hexadecimal. */
  readonly serialNumber: string
  readonly digestAlgorithm: DigestAlgorithm | undefined
  readonly imprint: Uint8Array
  /** The nonce's octets without leading zeros. */
  readonly nonce: Uint8Array | undefined
  readonly ordering: boolean
  readonly tsa: GeneralName | undefined
  readonly unknownCritical: readonly string[]
  /** The certificate that the token's signer identifier names, when it is in the token. */
  readonly tsaCertificate: Certificate | undefined
  readonly signedData: SignedData
}

/** Reads a TimeStampToken: SignedData over one TSTInfo, with exactly one signer (RFC 3161 2.4.2). */
export function parseTimestampToken(der: Uint8Array): TimestampToken {
  return readToken(parseSignedData(der), readDer, parseCertificateIfReadable)
}

/** `parseTimestampToken` for one that came into a file by another program: BER is read. */
export function parseForeignTimestampToken(bytes: Uint8Array): TimestampToken {
  const inside = (content: Uint8Array) => {
    const { der, length } = fromBer(content)
    if (length !== content.length) throw malformedDer(length, 'Bytes follow the end of the TSTInfo')
    return readDer(der)
  }
  return readToken(parseForeignSignedData(bytes), inside, parseForeignCertificate)
}

function readToken(
  signedData: SignedData,
  inside: (content: Uint8Array) => Element,
  parse: (der: Uint8Array) => Certificate | undefined,
): TimestampToken {
  const [signer, ...others] = signedData.signerInfos
  if (signedData.contentType !== contentTypes.tstInfo || signedData.content === undefined) {
    throw malformedDer(0, 'The CMS is not a time-stamp token')
  }
  if (signer === undefined || others.length > 0) throw malformedDer(0, 'A time-stamp token has exactly one signer')
  return {
    der: signedData.der,
    signedData,
    ...readTstInfo(inside(signedData.content)),
    tsaCertificate: signedData.certificates.map(parse).find((one) => one !== undefined && isIdentified(one, signer)),
  }
}

function readTstInfo(element: Element) {
  const cursor = enter(element, 'TSTInfo')
  const version = take(cursor, Tag.integer, 'version')
  if (readSmallInteger(version) !== 1) throw malformedDer(version.start, 'The version of the TSTInfo is not known')
  const policy = readOid(take(cursor, Tag.oid, 'policy'))
  const { digestAlgorithm, imprint } = readImprint(take(cursor, Tag.sequence, 'messageImprint'))
  const serialNumber = readSerialNumber(take(cursor, Tag.integer, 'serialNumber'))
  const genTime = readTime(take(cursor, Tag.generalizedTime, 'genTime'))
  const accuracy = takeOptional(cursor, Tag.sequence)
  const ordering = takeOptional(cursor, Tag.boolean)
  const nonce = takeOptional(cursor, Tag.integer)
  const tsa = takeOptional(cursor, contextConstructedTag(0))
  const extensionsElement = takeOptional(cursor, contextConstructedTag(1))
  leave(cursor)
  const extensions = extensionsElement && readExtensions({ ...extensionsElement, tag: Tag.sequence })
  return {
    policy,
    digestAlgorithm,
    imprint,
    serialNumber,
    genTime,
    accuracyMs: accuracy && readAccuracy(accuracy),
    ordering: ordering !== undefined && readBoolean(ordering),
    nonce: nonce && trimZeros(contentOf(nonce)),
    tsa: tsa && readGeneralName(explicit(tsa, 'tsa')),
    unknownCritical: [...(extensions?.values() ?? [])].filter(({ critical }) => critical).map(({ oid }) => oid),
  }
}

function readImprint(element: Element): { digestAlgorithm: DigestAlgorithm | undefined; imprint: Uint8Array } {
  const cursor = enter(element, 'MessageImprint')
  const digestAlgorithm = digestOf(readAlgorithm(take(cursor, Tag.sequence, 'hashAlgorithm')))
  const imprint = readOctetString(take(cursor, Tag.octetString, 'hashedMessage'))
  leave(cursor)
  if (digestAlgorithm !== undefined && imprint.length !== digestLengths[digestAlgorithm]) {
    throw malformedDer(element.start, 'The message imprint does not have the length of its digest')
  }
  return { digestAlgorithm, imprint }
}

/** Accuracy (RFC 3161 2.4.2) in milliseconds, rounded up. */
function readAccuracy(element: Element): number {
  const cursor = enter(element, 'Accuracy')
  const seconds = takeOptional(cursor, Tag.integer)
  const millis = takeOptional(cursor, contextTag(0))
  const micros = takeOptional(cursor, contextTag(1))
  leave(cursor)
  const small = (part: Element | undefined, tag: number) => {
    const value = part === undefined ? 0 : readSmallInteger(part, tag)
    if (part !== undefined && (value < 1 || value > 999)) {
      throw malformedDer(part.start, 'Fractions of an accuracy lie between 1 and 999')
    }
    return value
  }
  const whole = seconds === undefined ? 0 : readSmallInteger(seconds) * 1000
  return whole + small(millis, contextTag(0)) + Math.ceil(small(micros, contextTag(1)) / 1000)
}

/** A number's octets without leading zeros, so that nonces compare as numbers. */
export function trimZeros(octets: Uint8Array): Uint8Array {
  let start = 0
  while (start < octets.length - 1 && octets[start] === 0) start++
  return octets.subarray(start)
}

/** PKIFailureInfo bits that RFC 3161 2.4.2 uses. */
const failureNames: Readonly<Record<number, TimestampFailure>> = {
  0: 'badAlg',
  2: 'badRequest',
  5: 'badDataFormat',
  14: 'timeNotAvailable',
  15: 'unacceptedPolicy',
  16: 'unacceptedExtension',
  17: 'addInfoNotAvailable',
  25: 'systemFailure',
}

export type TimestampFailure =
  | 'badAlg'
  | 'badRequest'
  | 'badDataFormat'
  | 'timeNotAvailable'
  | 'unacceptedPolicy'
  | 'unacceptedExtension'
  | 'addInfoNotAvailable'
  | 'systemFailure'
  | 'unknown'

const statusNames = [
  'granted',
  'grantedWithMods',
  'rejection',
  'waiting',
  'revocationWarning',
  'revocationNotification',
] as const

export type TimestampResponse =
  | { readonly granted: true; readonly status: 'granted' | 'grantedWithMods'; readonly token: TimestampToken }
  | {
      readonly granted: false
      readonly status: Exclude<(typeof statusNames)[number], 'granted' | 'grantedWithMods'>
      readonly failures: readonly TimestampFailure[]
      /** What the TSA says, as it says it. */
      readonly text: string
    }

/** Reads a TimeStampResp. A refusal is an answer, not an error; MALFORMED_DER is thrown for what is no response. */
export function parseTimestampResponse(der: Uint8Array): TimestampResponse {
  const cursor = enter(readDer(der), 'TimeStampResp')
  const info = enter(take(cursor, Tag.sequence, 'status'), 'PKIStatusInfo')
  const statusElement = take(info, Tag.integer, 'status')
  const status = statusNames[readSmallInteger(statusElement)]
  const text = takeOptional(info, Tag.sequence)
  const failInfo = takeOptional(info, Tag.bitString)
  leave(info)
  const token = takeOptional(cursor, Tag.sequence)
  leave(cursor)
  if (status === undefined)
    throw malformedDer(statusElement.start, 'The status of the time-stamp response is not known')
  if (status === 'granted' || status === 'grantedWithMods') {
    if (token === undefined) throw malformedDer(statusElement.start, 'A granted time-stamp response has no token')
    return { granted: true, status, token: parseTimestampToken(encodingOf(token)) }
  }
  const bits = failInfo === undefined ? [] : [...readNamedBits(failInfo)]
  return {
    granted: false,
    status,
    failures: bits.map((bit) => failureNames[bit] ?? 'unknown'),
    text:
      text === undefined
        ? ''
        : itemsOf(text, 'statusString', Tag.sequence)
            .map((part) => readString(part))
            .join(' '),
  }
}

// OCSP responses (RFC 6960 4.2), read strictly.
import {
  contextConstructedTag,
  contextTag,
  type Element,
  encodingOf,
  enter,
  explicit,
  itemsOf,
  leave,
  malformedDer,
  readBitStringOctets,
  readDer,
  readInside,
  readOctetString,
  readOid,
  readSmallInteger,
  readTime,
  Tag,
  take,
  takeAny,
  takeOptional,
} from '../der/index.ts'
import { type AlgorithmIdentifier, digestOf, readAlgorithm, schemeOf } from './algorithms.ts'
import type { DigestAlgorithm, SignatureScheme } from './crypto.ts'
import { type Extension, readExtensions, serialHex } from './extensions.ts'
import { type Name, readName } from './names.ts'
import { extensionOids, ocspBasicOid } from './oids.ts'

/** OCSPResponseStatus (RFC 6960 4.2.1); only `successful` carries an answer. */
export type OcspResponseStatus =
  | 'successful'
  | 'malformedRequest'
  | 'internalError'
  | 'tryLater'
  | 'sigRequired'
  | 'unauthorized'

const statuses: Readonly<Record<number, OcspResponseStatus>> = {
  0: 'successful',
  1: 'malformedRequest',
  2: 'internalError',
  3: 'tryLater',
  5: 'sigRequired',
  6: 'unauthorized',
}

export type CertificateId = {
  /** Undefined when the digest is none of ours: such an answer matches nothing. */
  readonly digest: DigestAlgorithm | undefined
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  readonly serialNumber: string
}

export type SingleResponse = {
  readonly certificateId: CertificateId
  readonly status: 'good' | 'revoked' | 'unknown'
  /** Milliseconds since 1970; only when revoked. */
  readonly revokedAt: number | undefined
  /** CRLReason by number; only when revoked and given. */
  readonly reason: number | undefined
  readonly thisUpdate: number
  readonly nextUpdate: number | undefined
  readonly archiveCutoff: number | undefined
  readonly unknownCritical: readonly string[]
}

export type BasicOcspResponse = {
  readonly tbsDer: Uint8Array
  readonly responder: { readonly name: Name } | { readonly keyHash: Uint8Array }
  readonly producedAt: number
  readonly responses: readonly SingleResponse[]
  readonly nonce: Uint8Array | undefined
  readonly unknownCritical: readonly string[]
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signatureScheme: SignatureScheme | undefined
  readonly signature: Uint8Array
  /** Certificates sent along, DER. */
  readonly certificates: readonly Uint8Array[]
}

export type OcspResponse = {
  readonly der: Uint8Array
  readonly status: OcspResponseStatus
  /** Present exactly when `status` is `successful`. */
  readonly basic: BasicOcspResponse | undefined
}

/** Reads an OCSPResponse. Throws MALFORMED_DER; what the responder refuses to answer is a `status`, no error. */
export function parseOcspResponse(der: Uint8Array): OcspResponse {
  const element = readDer(der)
  const cursor = enter(element, 'OCSPResponse')
  const statusElement = take(cursor, Tag.enumerated, 'responseStatus')
  const status = statuses[readSmallInteger(statusElement, Tag.enumerated)]
  const bytes = takeOptional(cursor, contextConstructedTag(0))
  leave(cursor)
  if (status === undefined) throw malformedDer(statusElement.start, 'The status of the OCSP response is not known')
  if (status !== 'successful') return { der, status, basic: undefined }
  if (bytes === undefined) throw malformedDer(element.start, 'A successful OCSP response carries no answer')
  const response = enter(explicit(bytes, 'responseBytes'), 'ResponseBytes')
  const type = take(response, Tag.oid, 'responseType')
  if (readOid(type) !== ocspBasicOid) throw malformedDer(type.start, 'Only basic OCSP responses are known')
  const basic = readInside(take(response, Tag.octetString, 'response'))
  leave(response)
  return { der, status, basic: readBasic(basic) }
}

function readBasic(element: Element): BasicOcspResponse {
  const outer = enter(element, 'BasicOCSPResponse')
  const tbsElement = take(outer, Tag.sequence, 'tbsResponseData')
  const algorithm = readAlgorithm(take(outer, Tag.sequence, 'signatureAlgorithm'))
  const signature = readBitStringOctets(take(outer, Tag.bitString, 'signature'))
  const certificates = takeOptional(outer, contextConstructedTag(0))
  leave(outer)

  const tbs = enter(tbsElement, 'ResponseData')
  const version = takeOptional(tbs, contextConstructedTag(0))
  if (version !== undefined && readSmallInteger(explicit(version, 'version')) !== 0) {
    throw malformedDer(version.start, 'The version of the OCSP response is not known')
  }
  const responder = readResponder(takeAny(tbs, 'responderID'))
  const producedAt = readTime(take(tbs, Tag.generalizedTime, 'producedAt'))
  const responses = itemsOf(take(tbs, Tag.sequence, 'responses'), 'responses', Tag.sequence, Tag.sequence).map(
    readSingle,
  )
  const extensions = readOptionalExtensions(takeOptional(tbs, contextConstructedTag(1)))
  leave(tbs)
  return {
    tbsDer: encodingOf(tbsElement),
    responder,
    producedAt,
    responses,
    nonce: readNonce(extensions.get(extensionOids.ocspNonce)),
    unknownCritical: unknownCriticalIn(extensions),
    signatureAlgorithm: algorithm,
    signatureScheme: schemeOf(algorithm),
    signature,
    certificates:
      certificates === undefined
        ? []
        : itemsOf(explicit(certificates, 'certs'), 'certs', Tag.sequence, Tag.sequence).map(encodingOf),
  }
}

function readResponder(element: Element): BasicOcspResponse['responder'] {
  if (element.tag === contextConstructedTag(1)) return { name: readName(explicit(element, 'byName')) }
  if (element.tag === contextConstructedTag(2)) return { keyHash: readOctetString(explicit(element, 'byKey')) }
  throw malformedDer(element.start, 'The responder is named neither by name nor by key')
}

function readSingle(element: Element): SingleResponse {
  const cursor = enter(element, 'SingleResponse')
  const certificateId = readCertificateId(take(cursor, Tag.sequence, 'certID'))
  const status = takeAny(cursor, 'certStatus')
  const thisUpdate = readTime(take(cursor, Tag.generalizedTime, 'thisUpdate'))
  const next = takeOptional(cursor, contextConstructedTag(0))
  const extensions = readOptionalExtensions(takeOptional(cursor, contextConstructedTag(1)))
  leave(cursor)
  const cutoff = extensions.get(extensionOids.ocspArchiveCutoff)
  return {
    certificateId,
    ...readStatus(status),
    thisUpdate,
    nextUpdate: next && readTime(explicit(next, 'nextUpdate'), Tag.generalizedTime),
    archiveCutoff: cutoff && readTime(readInside(cutoff.value), Tag.generalizedTime),
    unknownCritical: unknownCriticalIn(extensions),
  }
}

function readStatus(element: Element): Pick<SingleResponse, 'status' | 'revokedAt' | 'reason'> {
  if (element.tag === contextTag(0)) return { status: 'good', revokedAt: undefined, reason: undefined }
  if (element.tag === contextTag(2)) return { status: 'unknown', revokedAt: undefined, reason: undefined }
  const info = enter(element, 'RevokedInfo', contextConstructedTag(1))
  const revokedAt = readTime(take(info, Tag.generalizedTime, 'revocationTime'))
  const reason = takeOptional(info, contextConstructedTag(0))
  leave(info)
  return {
    status: 'revoked',
    revokedAt,
    reason: reason && readSmallInteger(explicit(reason, 'revocationReason'), Tag.enumerated),
  }
}

function readCertificateId(element: Element): CertificateId {
  const cursor = enter(element, 'CertID')
  const digest = digestOf(readAlgorithm(take(cursor, Tag.sequence, 'hashAlgorithm')))
  const issuerNameHash = readOctetString(take(cursor, Tag.octetString, 'issuerNameHash'))
  const issuerKeyHash = readOctetString(take(cursor, Tag.octetString, 'issuerKeyHash'))
  const serialNumber = serialHex(take(cursor, Tag.integer, 'serialNumber'))
  leave(cursor)
  return { digest, issuerNameHash, issuerKeyHash, serialNumber }
}

function readOptionalExtensions(element: Element | undefined): Map<string, Extension> {
  return element === undefined ? new Map() : readExtensions(explicit(element, 'extensions'))
}

function unknownCriticalIn(extensions: ReadonlyMap<string, Extension>): string[] {
  const known: readonly string[] = [extensionOids.ocspNonce, extensionOids.ocspArchiveCutoff]
  return [...extensions.values()].filter(({ critical, oid }) => critical && !known.includes(oid)).map(({ oid }) => oid)
}

function readNonce(extension: Extension | undefined): Uint8Array | undefined {
  return extension && readOctetString(readInside(extension.value))
}

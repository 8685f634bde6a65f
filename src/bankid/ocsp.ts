// The OCSP responder (RFC 6960): good, revoked or unknown, signed by the responder of the authority that was asked about.
import { createHash, createPublicKey } from 'node:crypto'
import {
  BasicOCSPResponse,
  type CertID,
  CertStatus,
  id_pkix_ocsp_archive_cutoff,
  id_pkix_ocsp_basic,
  id_pkix_ocsp_nonce,
  KeyHash,
  OCSPRequest,
  OCSPResponse,
  OCSPResponseStatus,
  ResponderID,
  ResponseBytes,
  ResponseData,
  RevokedInfo,
  SingleResponse,
} from '@peculiar/asn1-ocsp'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { Certificate, CRLReason, Extension, SubjectPublicKeyInfo } from '@peculiar/asn1-x509'
import { GeneralizedTime } from 'asn1js'
import { type Issued, type Pki, revocationReasons } from './ca.ts'
import { bytesOf, der, keyIdentifier, signatureAlgorithm, signWith } from './certificate.ts'
import { type Clock, earlier, plusSeconds, wholeSecond } from './clock.ts'
import type { Circumstances, Faults } from './faults.ts'
import { people } from './people.ts'
import { type AuthorityName, authorityNames, revocationLifetime } from './pki.ts'

const hashByOid: Record<string, string> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** RFC 9654 §2.1: longer nonces are malformed. */
const longestNonce = 128

const failure = (responseStatus: OCSPResponseStatus): Buffer => der(new OCSPResponse({ responseStatus }))

const serialOf = (id: CertID): string => Buffer.from(id.serialNumber).toString('hex').toUpperCase()

/** For faults that are about one person. */
const holderOf = ({ pid }: Issued): Circumstances => ({ person: people.find((person) => person.pid === pid)?.id })

export type Responder = {
  /** @param request DER of an OCSPRequest @returns DER of the OCSPResponse; never throws for bad input */
  answer(request: Uint8Array): Buffer
}

export const createResponder = (pki: Pki, clock: Clock, faults: Faults): Responder => {
  const issuerOf = (id: CertID): AuthorityName | undefined => {
    const hash = hashByOid[id.hashAlgorithm.algorithm]
    if (!hash) return undefined
    return authorityNames.find((name) => {
      const issuer = pki.authority(name)
      const info = AsnConvert.parse(
        createPublicKey(issuer.key).export({ type: 'spki', format: 'der' }),
        SubjectPublicKeyInfo,
      )
      const nameHash = createHash(hash).update(der(issuer.name)).digest()
      const keyHash = createHash(hash).update(Buffer.from(info.subjectPublicKey)).digest()
      return (
        nameHash.equals(Buffer.from(id.issuerNameHash.buffer)) && keyHash.equals(Buffer.from(id.issuerKeyHash.buffer))
      )
    })
  }

  const statusOf = (authority: AuthorityName, id: CertID, now: Date): SingleResponse => {
    const serial = serialOf(id)
    const known = pki.statusOf(authority, serial)
    if (!known || faults.strike('ocsp-unknown', holderOf(known.issued))) {
      // Not issued here: that may change at any moment, so there is no nextUpdate to rely on (RFC 6960 §2.2).
      return new SingleResponse({ certID: id, certStatus: new CertStatus({ unknown: null }), thisUpdate: now })
    }
    const { issued, revocation } = known
    const notAfter = new Date(issued.notAfter)
    // An answer that outlives its certificate turns a PAdES-LTA signature INDETERMINATE later: end one second before.
    const nextUpdate = earlier(plusSeconds(now, revocationLifetime[authority]), plusSeconds(notAfter, -1))
    const certStatus = revocation
      ? new CertStatus({
          revoked: new RevokedInfo({
            revocationTime: new Date(revocation.time),
            revocationReason: new CRLReason(revocationReasons[revocation.reason]),
          }),
        })
      : new CertStatus({ good: null })
    // RFC 6960 §4.4.4: everything since the authority began is on record, so expired certificates can be asked about too.
    const cutoff = new GeneralizedTime({ valueDate: pki.authority(authority).notBefore }).toBER()
    return new SingleResponse({
      certID: id,
      certStatus,
      thisUpdate: now,
      ...(nextUpdate > now && { nextUpdate }),
      singleExtensions: [new Extension({ extnID: id_pkix_ocsp_archive_cutoff, extnValue: new OctetString(cutoff) })],
    })
  }

  return {
    answer(bytes) {
      let request: OCSPRequest
      try {
        request = AsnConvert.parse(bytes, OCSPRequest)
      } catch {
        return failure(OCSPResponseStatus.malformedRequest)
      }
      const { requestList, requestExtensions = [] } = request.tbsRequest
      const nonce = requestExtensions.find(({ extnID }) => extnID === id_pkix_ocsp_nonce)
      const nonceLength = nonce ? nonce.extnValue.buffer.byteLength - 2 : 1
      if (requestList.length === 0 || requestList.length > 100 || nonceLength < 1 || nonceLength > longestNonce) {
        return failure(OCSPResponseStatus.malformedRequest)
      }
      const issuers = requestList.map(({ reqCert }) => issuerOf(reqCert))
      const authority = issuers[0]
      const serials = requestList.map(({ reqCert }) => serialOf(reqCert))
      const holder = authority && pki.statusOf(authority, serials[0] ?? '')
      if (faults.strike('ocsp-try-later', holder && holderOf(holder.issued)))
        return failure(OCSPResponseStatus.tryLater)
      // One response has one signer, and a responder speaks for one authority only (RFC 6960 §4.2.2.2).
      if (!authority || issuers.some((name) => name !== authority)) return failure(OCSPResponseStatus.unauthorized)

      const now = wholeSecond(clock())
      const responder = pki.responder(authority)
      const tbsResponseData = new ResponseData({
        responderID: new ResponderID({ byKey: new KeyHash(bytesOf(keyIdentifier(createPublicKey(responder.key)))) }),
        producedAt: now,
        responses: requestList.map(({ reqCert }) => statusOf(authority, reqCert, now)),
        ...(nonce && { responseExtensions: [nonce] }),
      })
      const basic = new BasicOCSPResponse({
        tbsResponseData,
        signatureAlgorithm: signatureAlgorithm(responder.key).identifier,
        signature: signWith(responder.key, der(tbsResponseData)),
        certs: [AsnConvert.parse(responder.certificate, Certificate)],
      })
      return der(
        new OCSPResponse({
          responseStatus: OCSPResponseStatus.successful,
          responseBytes: new ResponseBytes({
            responseType: id_pkix_ocsp_basic,
            response: new OctetString(AsnConvert.serialize(basic)),
          }),
        }),
      )
    },
  }
}

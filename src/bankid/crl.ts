// Certificate revocation lists (RFC 5280 §5), made when asked for: always fresh, always complete.
import { createPublicKey } from 'node:crypto'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AuthorityKeyIdentifier,
  CertificateList,
  CRLNumber,
  CRLReason,
  Extension,
  id_ce_authorityKeyIdentifier,
  id_ce_cRLNumber,
  id_ce_cRLReasons,
  KeyIdentifier,
  RevokedCertificate,
  TBSCertList,
  Time,
  Version,
} from '@peculiar/asn1-x509'
import { GeneralizedTime } from 'asn1js'
import { type Pki, revocationReasons } from './ca.ts'
import { bytesOf, der, keyIdentifier, signatureAlgorithm, signWith } from './certificate.ts'
import { type Clock, plusSeconds, wholeSecond } from './clock.ts'
import { type AuthorityName, revocationLifetime } from './pki.ts'

/** ISO/IEC 9594-8 expiredCertsOnCRL: entries stay after their certificates expire (EN 319 411-2 CSS-6.3.10-08). */
const expiredCertsOnCrl = '2.5.29.60'

const extension = (extnID: string, value: unknown): Extension =>
  new Extension({ extnID, extnValue: new OctetString(AsnConvert.serialize(value)) })

/** @returns DER of the authority's CRL as of now */
export const makeCrl = (pki: Pki, name: AuthorityName, clock: Clock): Buffer => {
  const authority = pki.authority(name)
  const now = wholeSecond(clock())
  const { identifier } = signatureAlgorithm(authority.key)
  const revoked = pki.revocations(name).map(
    (entry) =>
      new RevokedCertificate({
        userCertificate: bytesOf(Buffer.from(entry.serial, 'hex')),
        revocationDate: new Time(new Date(entry.time)),
        // RFC 5280 §5.3.1: `unspecified` is expressed by leaving the extension out.
        ...(entry.reason !== 'unspecified' && {
          crlEntryExtensions: [extension(id_ce_cRLReasons, new CRLReason(revocationReasons[entry.reason]))],
        }),
      }),
  )
  const tbsCertList = new TBSCertList({
    version: Version.v2,
    signature: identifier,
    issuer: authority.name,
    thisUpdate: new Time(now),
    nextUpdate: new Time(plusSeconds(now, revocationLifetime[name])),
    // RFC 5280 §5.1.2.6: absent when empty.
    ...(revoked.length > 0 && { revokedCertificates: revoked }),
    crlExtensions: [
      extension(
        id_ce_authorityKeyIdentifier,
        new AuthorityKeyIdentifier({
          keyIdentifier: new KeyIdentifier(bytesOf(keyIdentifier(createPublicKey(authority.key)))),
        }),
      ),
      // Seconds grow, so the number needs no state of its own.
      extension(id_ce_cRLNumber, new CRLNumber(Math.floor(now.getTime() / 1000))),
      new Extension({
        extnID: expiredCertsOnCrl,
        extnValue: new OctetString(new GeneralizedTime({ valueDate: authority.notBefore }).toBER()),
      }),
    ],
  })
  return der(
    new CertificateList({
      tbsCertList,
      signatureAlgorithm: identifier,
      signature: signWith(authority.key, der(tbsCertList)),
    }),
  )
}

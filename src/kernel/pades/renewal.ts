// When a file needs its next document time-stamp: before anything that proves the last one grows old (EN 319 142-1, 5.4.3).

import { isSeglError, SeglError } from '../../errors.ts'
import { parseTimestampToken, type TimestampToken } from '../cms/index.ts'
import { derLength } from '../der/index.ts'
import { type ByteSource, dss, type Limits, openPdf, signatures } from '../pdf/index.ts'
import {
  type Certificate,
  parseCertificateIfReadable,
  parseCrl,
  parseOcspResponse,
  sameCertificate,
  sameName,
  schemeOf,
  sunset,
} from '../x509/index.ts'
import type { ValidationData } from './extend.ts'
import { reopen } from './reopen.ts'
import type { AppendState } from './state.ts'

export type Renewal = {
  readonly due: Date
  /** What ends first, and when that is. */
  readonly because: 'certificate' | 'revocation' | 'algorithm'
  readonly ends: Date
}

const day = 86_400_000
const margin = 60 * day

/**
 * The earliest of the end of the TSA's and its CAs' certificates, of the nextUpdate of what says that they are not revoked, and of
 * their algorithms, less 60 days. What lives less than four months is renewed after half of its time, but never more than once a
 * day; what was over from the start (an algorithm that the TSA still uses) after 60 days, in the hope of a better one. `data` is
 * what the store holds under the time-stamp.
 */
export function renewalDue(tokenDer: Uint8Array, data: ValidationData): Renewal {
  const token = parseTimestampToken(tokenDer)
  const chain = chainOf(token, data.certificates)
  const ends = [
    ...chain.map(({ notAfter }) => ({ because: 'certificate' as const, at: notAfter })),
    ...chain.flatMap((certificate) => {
      const at = revocationEnd(certificate, data)
      return at === undefined ? [] : [{ because: 'revocation' as const, at }]
    }),
    ...algorithmEnds(token, chain).map((at) => ({ because: 'algorithm' as const, at })),
  ]
  const first = ends.reduce((a, b) => (b.at < a.at ? b : a))
  const from = token.genTime
  const half = from + (first.at - from) / 2
  const due = first.at > from ? Math.max(first.at - margin, half, from + day) : from + margin
  return { due: new Date(due), because: first.because, ends: new Date(first.at) }
}

/** The TSA's certificate and those above it, as their names lead from one to the next; the root as far as it is there. */
function chainOf(
  { tsaCertificate, signedData }: TimestampToken,
  stored: readonly Uint8Array[],
): readonly Certificate[] {
  if (!tsaCertificate) throw new SeglError('TIMESTAMP_INVALID', 'The time-stamp does not carry its certificate.')
  const candidates = [...signedData.certificates, ...stored].flatMap((der) => parseCertificateIfReadable(der) ?? [])
  const chain = [tsaCertificate]
  for (let last = tsaCertificate; !sameName(last.subject, last.issuer) && chain.length < 10; ) {
    const above = candidates.filter(
      (one) => sameName(one.subject, last.issuer) && !chain.some((known) => sameCertificate(known, one)),
    )
    // The same CA may have been certified again: what lasts longest counts.
    const [issuer] = above.sort((a, b) => b.notAfter - a.notAfter)
    if (issuer === undefined) break
    chain.push(issuer)
    last = issuer
  }
  return chain
}

/** The latest nextUpdate of what speaks about the certificate; undefined for a root, of which nobody does. */
function revocationEnd(certificate: Certificate, { ocsps, crls }: ValidationData): number | undefined {
  if (sameName(certificate.subject, certificate.issuer)) return undefined
  const ends = [
    ...ocsps
      .flatMap((der) => readable(() => parseOcspResponse(der))?.basic?.responses ?? [])
      .flatMap((one) =>
        one.certificateId.serialNumber === certificate.serialNumber ? (one.nextUpdate ?? one.thisUpdate) : [],
      ),
    ...crls
      .flatMap((der) => readable(() => parseCrl(der)) ?? [])
      .flatMap((one) => (sameName(one.issuer, certificate.issuer) ? (one.nextUpdate ?? one.thisUpdate) : [])),
  ]
  return ends.length === 0 ? undefined : Math.max(...ends)
}

function algorithmEnds({ signedData }: TimestampToken, chain: readonly Certificate[]): readonly number[] {
  const [signer] = signedData.signerInfos
  const own =
    signer && chain[0] && sunset(schemeOf(signer.signatureAlgorithm, signer.digestAlgorithm), chain[0].publicKey)
  const above = chain.map(({ signatureScheme }, index) => {
    const issuer = chain[index + 1]
    return issuer && sunset(signatureScheme, issuer.publicKey)
  })
  return [own, ...above].filter((end) => end !== undefined)
}

function readable<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch (error) {
    if (isSeglError(error, 'MALFORMED_DER')) return undefined
    throw error
  }
}

export type Archived = {
  readonly state: AppendState
  /** The newest document time-stamp; undefined when the file has none. */
  readonly token: Uint8Array | undefined
  readonly renewal: Renewal | undefined
}

/** All that renewing a file needs, from the file alone: whoever signed it, and wherever its stored state has gone. */
export function readArchived(source: ByteSource, limits?: Limits): Archived {
  const state = reopen(source, limits)
  const file = openPdf(source, limits)
  const last = signatures(file).findLast(({ subFilter }) => subFilter === 'ETSI.RFC3161')
  const token = last?.contents?.subarray(0, derLength(last.contents))
  const store = dss(file)
  const ders = (entries: readonly { readonly der: Uint8Array }[] = []) => entries.map(({ der }) => der)
  const data = { certificates: ders(store?.certificates), crls: ders(store?.crls), ocsps: ders(store?.ocsps) }
  return { state, token, renewal: token && renewalDue(token, data) }
}

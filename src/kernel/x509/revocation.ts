// Was a certificate revoked at a given time? Answers from OCSP responses and CRLs that are themselves checked first.
import { SeglError } from '../../errors.ts'
import type { Certificate } from './certificate.ts'
import { type Crl, parseCrl } from './crl.ts'
import { checkCrl } from './crl-check.ts'
import type { Crypto } from './crypto.ts'
import { type OcspResponse, parseOcspResponse } from './ocsp.ts'
import { checkOcspResponse } from './ocsp-check.ts'
import { type RevocationStatus, unknownStatus } from './revocation-status.ts'
import type { Reason } from './verdict.ts'

export type RevocationMaterial = {
  /** OCSPResponse structures, DER. */
  readonly ocsp: readonly Uint8Array[]
  /** CertificateList structures, DER. */
  readonly crls: readonly Uint8Array[]
}

export type RevocationQuestion = {
  readonly certificate: Certificate
  readonly issuer: Certificate
  /** The time asked about, milliseconds since 1970. */
  readonly at: number
  readonly revocation: RevocationMaterial
  /** Certificates among which a delegated OCSP responder may be found when its response lacks it. */
  readonly candidates: readonly Certificate[]
  /** By when the material provably existed, milliseconds since 1970; its issuers must have been valid then. */
  readonly provenAt?: number | undefined
  readonly crypto: Crypto
}

/** The freshest usable answer decides; where OCSP and CRL are equally fresh, a revocation wins. */
export async function revocationStatus(question: RevocationQuestion): Promise<RevocationStatus> {
  const { certificate, issuer, at, crypto, candidates, provenAt } = question
  const problems: Reason[] = []
  const answers: RevocationStatus[] = []
  const crls = question.revocation.crls.flatMap((der) => readable(der, parsedCrl, problems))
  const common = { certificate, issuer, at, provenAt, crypto }
  for (const response of question.revocation.ocsp.flatMap((der) => readable(der, parsedOcsp, problems))) {
    answers.push(await checkOcspResponse({ ...common, response, candidates, crls }))
  }
  for (const crl of crls) answers.push(await checkCrl({ ...common, crl }))
  const usable = answers.filter(({ status }) => status !== 'unknown').sort(byFreshness)
  for (const answer of answers) problems.push(...answer.problems)
  const [best] = usable
  return best === undefined ? unknownStatus(problems) : { ...best, problems }
}

function byFreshness(a: RevocationStatus, b: RevocationStatus): number {
  const difference = (b.thisUpdate ?? 0) - (a.thisUpdate ?? 0)
  return difference !== 0 ? difference : Number(b.status === 'revoked') - Number(a.status === 'revoked')
}

/** A DSS holds the same material for every signature of a file: read each piece once. */
const crlsRead = new WeakMap<Uint8Array, Crl>()
const ocspRead = new WeakMap<Uint8Array, OcspResponse>()

const parsedCrl = (der: Uint8Array): Crl => once(crlsRead, der, parseCrl)
const parsedOcsp = (der: Uint8Array): OcspResponse => once(ocspRead, der, parseOcspResponse)

function once<T>(memory: WeakMap<Uint8Array, T>, der: Uint8Array, parse: (der: Uint8Array) => T): T {
  const known = memory.get(der)
  if (known !== undefined) return known
  const parsed = parse(der)
  memory.set(der, parsed)
  return parsed
}

function readable<T>(der: Uint8Array, parse: (der: Uint8Array) => T, problems: Reason[]): T[] {
  try {
    return [parse(der)]
  } catch (error) {
    if (!(error instanceof SeglError)) throw error
    problems.push({ subIndication: 'TRY_LATER', citation: 'RFC 5280, RFC 6960', detail: error.detail })
    return []
  }
}

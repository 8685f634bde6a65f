// RFC 3161 time-stamp requests, and the verification of the token that answers one.
import { SeglError } from '../../errors.ts'
import { booleanValue, equalBytes, integer, octetString, oid, sequence, toHex, unsignedInteger } from '../der/index.ts'
import {
  type Crypto,
  digestIdentifier,
  digestLengths,
  purposeProblem,
  type Reason,
  type SigningDigest,
  verdictOf,
} from '../x509/index.ts'
import { type TimestampToken, trimZeros } from './timestamp.ts'
import { type SignerVerification, verifySignerInfo } from './verify.ts'

/** A TimeStampReq. `certReq` asks for the TSA's certificate in the token, which PAdES needs. */
export function buildTimestampRequest(input: {
  readonly digestAlgorithm: SigningDigest
  /** Digest of what is to be stamped. */
  readonly imprint: Uint8Array
  /** At most 32 octets; 8 random ones are usual. */
  readonly nonce?: Uint8Array
  /** Default true. */
  readonly certReq?: boolean
  /** OID of the policy asked for. */
  readonly policy?: string
}): Uint8Array {
  const { digestAlgorithm, imprint, nonce, certReq = true, policy } = input
  if (imprint.length !== digestLengths[digestAlgorithm] || (nonce !== undefined && nonce.length > 32)) {
    throw new SeglError(
      'INVALID_REQUEST',
      'The imprint must have the length of its digest, the nonce at most 32 octets.',
    )
  }
  return sequence(
    integer(1),
    sequence(digestIdentifier(digestAlgorithm), octetString(imprint)),
    ...(policy === undefined ? [] : [oid(policy)]),
    ...(nonce === undefined ? [] : [unsignedInteger(nonce)]),
    ...(certReq ? [booleanValue(true)] : []),
  )
}

export type TokenToVerify = {
  readonly token: TimestampToken
  /** Digest, by the token's algorithm, of what was to be stamped. */
  readonly imprint?: Uint8Array
  /** What was to be stamped, instead of its digest. */
  readonly data?: Uint8Array
  /** The nonce of the request; the token must then carry the same. */
  readonly nonce?: Uint8Array
  /** Certificates from elsewhere (a DSS), DER, in case the token lacks the TSA's. */
  readonly certificates?: readonly Uint8Array[]
  readonly crypto: Crypto
}

/**
 * PASSED says: the token is over these bytes, intact, and made by a key issued for time-stamping. The TSA's path is not
 * looked at here (`validatePath` with purpose `timestamping`).
 */
export async function verifyTimestampToken(input: TokenToVerify): Promise<SignerVerification> {
  const { token, nonce, crypto } = input
  const { digestAlgorithm } = token
  if (digestAlgorithm === undefined || digestAlgorithm === 'sha1') {
    return refused(
      'CRYPTO_CONSTRAINTS_FAILURE_NO_POE',
      'ETSI TS 119 312',
      'The digest of the time-stamp is not accepted',
    )
  }
  if (token.unknownCritical.length > 0) {
    const detail = `The time-stamp has critical extensions that are not known: ${token.unknownCritical.join(', ')}`
    return refused('FORMAT_FAILURE', 'RFC 3161 2.4.2', detail)
  }
  const imprint = input.imprint ?? (input.data && (await crypto.digest(digestAlgorithm, input.data)))
  if (imprint === undefined) {
    return refused('SIGNED_DATA_NOT_FOUND', 'EN 319 102-1 5.4', 'What the time-stamp is over is not at hand')
  }
  if (!equalBytes(imprint, token.imprint)) {
    return refused('HASH_FAILURE', 'RFC 3161 2.4.2', 'The time-stamp is over other bytes')
  }
  if (nonce !== undefined && toHex(trimZeros(nonce)) !== (token.nonce && toHex(token.nonce))) {
    return refused('FORMAT_FAILURE', 'RFC 3161 2.4.2', 'The time-stamp does not carry the nonce of the request')
  }
  const { certificates = [] } = input
  const verified = await verifySignerInfo({ signedData: token.signedData, certificates, crypto })
  if (verified.verdict !== 'PASSED' || verified.certificate === undefined) return verified
  const problem = purposeProblem(verified.certificate, 'timestamping')
  if (problem !== undefined) return { ...refusal(problem), certificate: verified.certificate }
  return verified
}

const refused = (subIndication: Reason['subIndication'], citation: string, detail: string): SignerVerification =>
  refusal({ subIndication, citation, detail })

const refusal = (reason: Reason): SignerVerification => ({
  verdict: verdictOf(reason.subIndication),
  subIndication: reason.subIndication,
  reasons: [reason],
  certificate: undefined,
})

// Enrolment over Secure Transport (RFC 7030): the CA's certificates, and a certificate for a request of ours.
import { isSeglError } from '../../errors.ts'
import { parseCertsOnly } from '../../kernel/cms/index.ts'
import { decodeBase64 } from '../../kernel/der/index.ts'
import {
  failedStatus,
  malformed,
  mediaTypeOf,
  type OutsideAnswer,
  type OutsideCall,
  unavailable,
} from './outside-call.ts'

export type EnrolmentOptions = {
  readonly call: OutsideCall
  /** `{issuer}/.well-known/est` unless given. */
  readonly url?: string
  /** HTTP Basic credentials (RFC 7030 §3.2.3); asking for the CA's certificates needs none. */
  readonly credentials?: { readonly username: string; readonly password: string }
}

export type Enrolment = {
  /** `cacerts`: what the CA publishes about itself, DER. Not yet trusted by anybody. */
  caCertificates(): Promise<readonly Uint8Array[]>
  /** `simpleenroll`: certificates for a PKCS#10 request (DER), the new one first, each DER. */
  enrol(request: Uint8Array): Promise<readonly Uint8Array[]>
}

const what = 'The certificate authority (EST)'

export function createEnrolment({ call, url, credentials }: EnrolmentOptions): Enrolment {
  const base = (url ?? `${call.issuer}/.well-known/est`).replace(/\/$/, '')
  return {
    async caCertificates() {
      return certificatesOf(await call.get(what, `${base}/cacerts`, { method: 'GET' }))
    },

    async enrol(request) {
      const basic = Buffer.from(`${credentials?.username ?? ''}:${credentials?.password ?? ''}`).toString('base64')
      const answer = await call.send(what, `${base}/simpleenroll`, {
        method: 'POST',
        headers: {
          'content-type': 'application/pkcs10',
          // RFC 7030 §4.2.1; RFC 8951 §3.1 says that servers ignore it.
          'content-transfer-encoding': 'base64',
          accept: 'application/pkcs7-mime',
          ...(credentials === undefined ? {} : { authorization: `Basic ${basic}` }),
        },
        body: Buffer.from(request).toString('base64'),
      })
      if (answer.status === 202) {
        // RFC 7030 §4.2.3: a person at the CA has to look at it first.
        const seconds = Number(answer.headers.get('retry-after'))
        const wait = Number.isInteger(seconds) && seconds > 0 ? { retryAfter: seconds } : {}
        throw unavailable(what, 'has not decided yet', wait)
      }
      if (answer.status !== 200) throw failedStatus(what, answer)
      return certificatesOf(answer)
    },
  }
}

function certificatesOf(answer: OutsideAnswer): readonly Uint8Array[] {
  if (mediaTypeOf(answer) !== 'application/pkcs7-mime') throw malformed(what, 'answered with another media type')
  try {
    return parseCertsOnly(decodeBase64(Buffer.from(answer.body).toString('latin1'))).map(({ der }) => der)
  } catch (cause) {
    throw isSeglError(cause) ? malformed(what, 'answered something that is not certificates', cause) : cause
  }
}

// Trusted time: RFC 3161 tokens from the first TSA that gives a good one, checked before anybody relies on them.
import { randomBytes } from 'node:crypto'
import { isSeglError, SeglError } from '../../errors.ts'
import type { Clock } from '../../flow/ports/clock.ts'
import type { Timestamp, TimestampAuthority } from '../../flow/ports/trust-services.ts'
import {
  buildTimestampRequest,
  parseTimestampResponse,
  type TimestampToken,
  verifyTimestampToken,
} from '../../kernel/cms/index.ts'
import { nodeCrypto, parseCertificate } from '../../kernel/x509/index.ts'
import { malformed, mediaTypeOf, type OutsideCall, refused } from './outside-call.ts'
import { pathToAnchor } from './path.ts'

export type TimestampAuthorityOptions = {
  readonly call: OutsideCall
  readonly clock: Clock
  /** In the order of preference; `{issuer}/tsa` and `{issuer}/tsa2` unless given. */
  readonly urls?: readonly string[]
  /** Roots, DER, to which a TSA's certificate must lead. */
  readonly trustAnchors: readonly Uint8Array[]
}

/** DESIGN "Time": more than this between the clocks stops signing. Milliseconds. */
const largestSkew = 60_000
const largestToken = 64 * 1024

/**
 * Asks one TSA after the other. When all fail, the last failure is thrown: TRUST_SERVICE_…, TIMESTAMP_INVALID, or CLOCK_SKEWED
 * when a token's time and our clock lie more than a minute apart.
 */
export function createTimestampAuthority(options: TimestampAuthorityOptions): TimestampAuthority {
  const { call, clock } = options
  const urls = options.urls ?? [`${call.issuer}/tsa`, `${call.issuer}/tsa2`]
  const anchors = options.trustAnchors.map((der) => parseCertificate(der))
  if (urls.length === 0) throw new SeglError('CONFIG_INVALID', 'Name at least one time-stamping authority.')

  // Whoever answered last is asked first: nobody waits for a dead authority twice, and the stamps of one file, whose
  // validation data has to be in the file before the last of them, come from the same authority as far as possible.
  let lastGood = 0

  async function ask(what: string, url: string, imprint: Uint8Array): Promise<Timestamp> {
    const nonce = randomBytes(16)
    const answer = await call.get(what, url, {
      method: 'POST',
      headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
      body: buildTimestampRequest({ digestAlgorithm: 'sha256', imprint, nonce }),
      limit: largestToken,
    })
    // RFC 3161 §3.4
    if (mediaTypeOf(answer) !== 'application/timestamp-reply') throw malformed(what, 'answered with another media type')
    const token = tokenOf(what, answer.body)
    await requireGood(what, token, { imprint, nonce })
    const time = new Date(token.genTime)
    const now = await clock.now()
    if (Math.abs(now.getTime() - token.genTime) > largestSkew)
      throw new SeglError(
        'CLOCK_SKEWED',
        `Our clock and that of ${what} disagree by more than a minute. Set the clock right.`,
      )
    if (token.tsaCertificate === undefined) throw invalid(what, 'lacks the certificate of the authority')
    await pathToAnchor({
      certificate: token.tsaCertificate,
      candidates: token.signedData.certificates,
      trustAnchors: anchors,
      purpose: 'timestamping',
      at: time,
      call,
    })
    return { token: token.der, time }
  }

  return {
    async timestamp(imprint) {
      let failure: unknown
      for (const [index, url] of [...urls.entries()].sort(
        ([a], [b]) => Number(b === lastGood) - Number(a === lastGood),
      )) {
        try {
          const stamp = await ask(`time-stamping authority ${index + 1}`, url, imprint)
          lastGood = index
          return stamp
        } catch (error) {
          failure = error
        }
      }
      throw failure
    },
  }
}

function tokenOf(what: string, body: Uint8Array): TimestampToken {
  let response: ReturnType<typeof parseTimestampResponse>
  try {
    response = parseTimestampResponse(body)
  } catch (cause) {
    throw isSeglError(cause) ? malformed(what, 'answered something that is not a time-stamp', cause) : cause
  }
  if (response.granted) return response.token
  throw refused(what, `refused with ${[response.status, ...response.failures].join(', ')}`)
}

async function requireGood(
  what: string,
  token: TimestampToken,
  asked: { readonly imprint: Uint8Array; readonly nonce: Uint8Array },
): Promise<void> {
  // Another digest over the same bytes cannot have been asked for.
  if (token.digestAlgorithm !== 'sha256') throw invalid(what, 'is made with another digest than asked for')
  // RFC 3161 §2.4.2: the nonce must come back; the kernel checks that it is the same.
  if (token.nonce === undefined) throw invalid(what, 'lacks the nonce of the request')
  const { verdict, reasons } = await verifyTimestampToken({ token, ...asked, crypto: nodeCrypto })
  if (verdict !== 'PASSED')
    throw invalid(what, reasons.map(({ detail, citation }) => `${detail} (${citation})`).join('; '))
}

function invalid(what: string, because: string): SeglError {
  return new SeglError(
    'TIMESTAMP_INVALID',
    `The time-stamp of ${what} is not valid: ${because}. Another one is asked for.`,
  )
}

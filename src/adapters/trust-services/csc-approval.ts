// The two ways in which a signer approves exactly these hashes: in a second redirect, or by a call while his app asks him.
import { setTimeout as pause } from 'node:timers/promises'
import { isSeglError, SeglError } from '../../errors.ts'
import type { HashToApprove, RemoteSigning } from '../../flow/ports/trust-services.ts'
import { type CscAnswer, type CscCall, cscName as what } from './csc-call.ts'
import { type OAuthClient, requireOwnState } from './oauth-client.ts'
import { malformed } from './outside-call.ts'

export type Approval = {
  /** CSC 2.0.0.2 §11.5. */
  readonly authMode: 'oauth2code' | 'explicit'
  readonly neededMethods: readonly string[]
  readonly url: RemoteSigning['approvalUrl']
  readonly finish: RemoteSigning['finishApproval']
}

const sha256Oid = '2.16.840.1.101.3.4.2.1'

/** SCAL2 with `authorization_details`: the token of the second redirect is the SAD (CSC 2.0.0.2 §8.4.2, §13.7). */
export function approvalByRedirect({ client }: { readonly client: OAuthClient }): Approval {
  return {
    authMode: 'oauth2code',
    neededMethods: ['credentials/info'],

    url({ credential, hashes, language, ...redirect }) {
      // RFC 9396 with the type and members of CSC 2.0.0.2 §8.3.1.
      const details = [
        {
          type: 'credential',
          credentialID: credential.credentialId,
          hashAlgorithmOID: sha256Oid,
          documentDigests: hashes.map(({ hash, label }) => ({ hash: base64(hash), label })),
        },
      ]
      const parameters = { authorization_details: JSON.stringify(details), ui_locales: language }
      // Pushed where possible: the labels hold titles of documents, which have no business in a URL.
      return client.authorizationUrl(redirect, parameters, { push: true, nonce: false })
    },

    async finish({ callback, ...redirect }) {
      const tokens = await client.exchange(redirect, callback, { nonce: false })
      if (tokens.token_type !== 'bearer') throw malformed(what, 'gave a token that is not a bearer token')
      return { token: tokens.access_token }
    },
  }
}

/** A phone request lives for some minutes; ours must end, with time to spare, before the lease of the documents does (5 min). */
export const approvalSeconds = 150
const checkEveryMs = 1000
/** CSC 2.0.0.2 §8.4.2 allows 500 characters of description; room is left for what the service puts behind it. */
const longestDescription = 450

/**
 * `credentials/authorize` (CSC 2.0.0.2 §11.6): 200 with the SAD, or 202 with a handle while the person's app asks him, and then
 * `credentials/authorizeCheck` until he has answered (§13.5). The browser takes no second walk: it comes to our own callback.
 */
export function approvalByCall(options: {
  readonly post: CscCall['post']
  readonly redirectUri: string
  /** Seconds to wait for the person. */
  readonly seconds?: number
}): Approval {
  const { post, redirectUri, seconds = approvalSeconds } = options

  async function answered(first: CscAnswer, token: string): Promise<CscAnswer> {
    const deadline = AbortSignal.timeout(seconds * 1000)
    let answer = first
    let failure: SeglError | undefined
    while (answer.status === 202) {
      if (deadline.aborted)
        throw failure ?? new SeglError('CEREMONY_EXPIRED', 'The signing was not approved in time. Open the link again.')
      await pause(checkEveryMs)
      const handle = textIn(answer, 'handle')
      try {
        answer = await post('credentials/authorizeCheck', { handle }, { token, approval: true })
        failure = undefined
      } catch (error) {
        // Asking again costs nothing, and the person may have approved already.
        if (!isSeglError(error, 'TRUST_SERVICE_UNAVAILABLE')) throw error
        failure = error
      }
    }
    return answer
  }

  return {
    authMode: 'explicit',
    neededMethods: ['credentials/authorize'],

    async url({ state }) {
      const own = new URL(redirectUri)
      own.searchParams.set('state', state)
      return own.href
    },

    async finish({ callback, state, serviceToken, credential, hashes }) {
      requireOwnState(callback, state)
      const body = {
        credentialID: credential.credentialId,
        numSignatures: hashes.length,
        hashes: hashes.map(({ hash }) => base64(hash)),
        hashAlgorithmOID: sha256Oid,
        description: descriptionOf(hashes),
      }
      const asked = await post('credentials/authorize', body, { token: serviceToken, approval: true })
      return { token: serviceToken, sad: textIn(await answered(asked, serviceToken), 'SAD') }
    },
  }
}

function descriptionOf(hashes: readonly HashToApprove[]): string {
  const text = hashes.map(({ label }) => label).join('; ')
  return text.length <= longestDescription ? text : `${text.slice(0, longestDescription - 1)}…`
}

function textIn({ body }: CscAnswer, name: string): string {
  const value = body[name]
  if (typeof value !== 'string' || value === '') throw malformed(what, `gave no ${name}`)
  return value
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

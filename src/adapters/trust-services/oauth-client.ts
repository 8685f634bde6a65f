// Segl as an OAuth 2.0 client of the trust service: discovery, authorization URLs, codes for tokens; openid-client does the protocol.
import { timingSafeEqual } from 'node:crypto'
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildAuthorizationUrlWithPAR,
  type Configuration,
  type CustomFetchOptions,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  PrivateKeyJwt,
  ResponseBodyError,
} from 'openid-client'
import { isSeglError, SeglError } from '../../errors.ts'
import type { Redirect } from '../../flow/ports/trust-services.ts'
import type { ClientKey } from './client-key.ts'
import { malformed, type OutsideCall, refused, unavailable } from './outside-call.ts'

export type OAuthClientOptions = {
  readonly call: OutsideCall
  readonly clientId: string
  /** Where the browser comes back to; registered at the trust service, exactly so. */
  readonly redirectUri: string
  readonly key: ClientKey
}

export type Tokens = Awaited<ReturnType<typeof authorizationCodeGrant>>

export type OAuthClient = {
  /** The URL to send a browser to. `push`: the parameters go there by our own call (RFC 9126) where the server offers it. */
  authorizationUrl(
    redirect: Redirect,
    parameters: Readonly<Record<string, string>>,
    options: { readonly push: boolean; readonly nonce: boolean },
  ): Promise<string>
  /** Exchanges the code in `callback`; with `nonce` an ID token is demanded and its signature, issuer, audience, nonce checked. */
  exchange(redirect: Redirect, callback: URLSearchParams, options: { readonly nonce: boolean }): Promise<Tokens>
}

const what = 'BankID'

/** Discovery happens at the first use and is kept once it has succeeded. */
export function createOAuthClient(options: OAuthClientOptions): OAuthClient {
  let discovered: Promise<Configuration> | undefined

  function configuration(): Promise<Configuration> {
    discovered ??= discover(options).catch((error) => {
      discovered = undefined
      throw asSeglError(error)
    })
    return discovered
  }

  return {
    async authorizationUrl(redirect, parameters, { push, nonce }) {
      const server = await configuration()
      const all = {
        ...parameters,
        redirect_uri: options.redirectUri,
        state: redirect.state,
        ...(nonce ? { nonce: redirect.nonce } : {}),
        code_challenge: await calculatePKCECodeChallenge(redirect.codeVerifier),
        code_challenge_method: 'S256',
      }
      try {
        if (push && server.serverMetadata().pushed_authorization_request_endpoint !== undefined)
          return (await buildAuthorizationUrlWithPAR(server, all)).href
        return buildAuthorizationUrl(server, all).href
      } catch (error) {
        throw asSeglError(error)
      }
    },

    async exchange(redirect, callback, { nonce }) {
      // First of all, also before an `error` is believed: anybody can send a browser to our callback (RFC 6749 §10.12).
      if (!sameText(callback.get('state') ?? '', redirect.state))
        throw new SeglError(
          'SESSION_INVALID',
          'The browser came back from BankID for another ceremony. Open the link again.',
        )
      const server = await configuration()
      const url = new URL(options.redirectUri)
      url.search = callback.toString()
      try {
        return await authorizationCodeGrant(server, url, {
          expectedState: redirect.state,
          pkceCodeVerifier: redirect.codeVerifier,
          ...(nonce ? { expectedNonce: redirect.nonce, idTokenExpected: true } : {}),
        })
      } catch (error) {
        throw asSeglError(error)
      }
    },
  }
}

async function discover({ call, clientId, key }: OAuthClientOptions): Promise<Configuration> {
  const server = await discovery(
    new URL(call.issuer),
    clientId,
    { token_endpoint_auth_method: 'private_key_jwt' },
    PrivateKeyJwt({ key: key.privateKey, kid: key.kid }),
    {
      // Whether plain http is allowed was settled when `call` was made.
      execute: [allowInsecureRequests],
      [customFetch]: (url, request) => send(call, url, request),
    },
  )
  // OIDC Core §3.1.3.7 lets TLS stand for the ID token's signature; behind a plain-http back channel it must be checked.
  enableNonRepudiationChecks(server)
  return server
}

async function send(call: OutsideCall, url: string, request: CustomFetchOptions): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'POST') throw new TypeError(`unexpected method ${request.method}`)
  const { body } = request
  if (body !== undefined && body !== null && !(body instanceof URLSearchParams) && typeof body !== 'string')
    throw new TypeError('unexpected kind of request body')
  const answer = await call.send(what, url, {
    method: request.method,
    headers: request.headers,
    ...(body === undefined || body === null ? {} : { body: body.toString() }),
  })
  if (answer.status >= 500 || answer.status === 429) throw unavailable(what, `answered with status ${answer.status}`)
  return new Response(Buffer.from(answer.body), { status: answer.status, headers: answer.headers })
}

/** OAuth's errors in our words. The originals quote answers and redirects, so only their names and codes are kept as cause. */
function asSeglError(error: unknown): SeglError {
  for (let cause = error; cause instanceof Error; cause = cause.cause) if (isSeglError(cause)) return cause
  if (error instanceof AuthorizationResponseError) {
    const code = printable(error.error)
    if (code === 'access_denied')
      return new SeglError('CEREMONY_CANCELLED', 'The ceremony was cancelled at BankID. Open the link again to sign.')
    if (code === 'temporarily_unavailable' || code === 'server_error')
      return unavailable(what, `came back with ${code}`)
    return refused(what, `came back with ${code}`)
  }
  if (error instanceof ResponseBodyError) return refused(what, `answered ${printable(error.error)}`)
  return malformed(what, 'answered something that does not hold as OpenID Connect', withoutContent(error))
}

function printable(code: string): string {
  return /^[a-z_]{1,64}$/.test(code) ? code : 'an error code that is not registered'
}

function withoutContent(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : ''
  const inner = error.cause instanceof Error ? `: ${error.cause.message}` : ''
  return new Error(`${error.name}: ${error.message}${code}${inner}`)
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)]
  return a.length === b.length && timingSafeEqual(a, b)
}

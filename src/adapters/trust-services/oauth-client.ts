// Segl as an OAuth 2.0 client of the trust service: discovery, authorization URLs, codes for tokens; openid-client does the protocol.
import { timingSafeEqual } from 'node:crypto'
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildAuthorizationUrlWithPAR,
  type ClientAuth,
  Configuration,
  type CustomFetchOptions,
  calculatePKCECodeChallenge,
  clientCredentialsGrant,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  PrivateKeyJwt,
  ResponseBodyError,
} from 'openid-client'
import { isSeglError, SeglError } from '../../errors.ts'
import type { Redirect } from '../../flow/ports/trust-services.ts'
import type { ClientKey } from './client-key.ts'
import { bankIdErrorCode } from './csc-call.ts'
import { failedStatus, malformed, type OutsideCall, refused, unavailable } from './outside-call.ts'

export type OAuthClientOptions = {
  readonly call: OutsideCall
  readonly clientId: string
  /** Where the browser comes back to; registered at the trust service, exactly so. */
  readonly redirectUri: string
  readonly key: ClientKey
  /**
   * Base of the CSC API, in the profile bankid-2025 only: the code flow runs at its `oauth2/authorize` and `oauth2/token`, and
   * the latter knows us by an access token of the issuer's own (client credentials, scope `esign/csc`).
   */
  readonly codeFlowAt?: string
}

export type Tokens = Awaited<ReturnType<typeof authorizationCodeGrant>>

export type OAuthClient = {
  readonly redirectUri: string
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
    redirectUri: options.redirectUri,

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
      requireOwnState(callback, redirect.state)
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

/** First of all, also before an `error` is believed: anybody can send a browser to our callback (RFC 6749 §10.12). */
export function requireOwnState(callback: URLSearchParams, state: string): void {
  if (!sameText(callback.get('state') ?? '', state))
    throw new SeglError(
      'SESSION_INVALID',
      'The browser came back from BankID for another ceremony. Open the link again.',
    )
}

const signingScope = 'esign/csc'

async function discover(options: OAuthClientOptions): Promise<Configuration> {
  const { call, clientId, key, codeFlowAt } = options
  const issuer = await discovery(
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
  const server = codeFlowAt === undefined ? issuer : codeFlow(call, issuer, codeFlowAt)
  // OIDC Core §3.1.3.7 lets TLS stand for the ID token's signature; behind a plain-http back channel it must be checked.
  enableNonRepudiationChecks(server)
  return server
}

/** The issuer's keys and name, with the two endpoints of the CSC service in the place of its own. */
function codeFlow(call: OutsideCall, issuer: Configuration, cscUrl: string): Configuration {
  const {
    pushed_authorization_request_endpoint: _pushed,
    require_pushed_authorization_requests: _required,
    supportsPKCE: _method,
    ...metadata
  } = issuer.serverMetadata()
  const server = new Configuration(
    { ...metadata, authorization_endpoint: `${cscUrl}/oauth2/authorize`, token_endpoint: `${cscUrl}/oauth2/token` },
    issuer.clientMetadata().client_id,
    {},
    withTokenOf(issuer),
  )
  allowInsecureRequests(server)
  server[customFetch] = (url, request) => send(call, url, request)
  return server
}

/** Authenticates the client by a fresh client-credentials token: one call more for each log-in, and none that is stale. */
function withTokenOf(issuer: Configuration): ClientAuth {
  return async (_server, client, body, headers) => {
    const { access_token: token } = await clientCredentialsGrant(issuer, { scope: signingScope })
    // CSC 2.0.0.2 §8.4.4 demands client_id, whichever way the client is authenticated.
    body.set('client_id', client.client_id)
    headers.set('authorization', `Bearer ${token}`)
  }
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
  // BankID's own shape is no OAuth error, so the library would only say that the answer does not hold.
  const code = answer.status >= 400 ? bankIdErrorCode(answer.body) : undefined
  if (code !== undefined) throw failedStatus(what, answer, code)
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

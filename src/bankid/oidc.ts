// The OpenID provider: the certified library, told to behave as BankID's does (facts of issue 3) and as CSC's oauth2/* asks for.
import { createHash } from 'node:crypto'
import { decodeJwt } from 'jose'
import { type ClientMetadata, errors, interactionPolicy, type KoaContextWithOIDC, Provider } from 'oidc-provider'
import {
  type Approval,
  ApprovalRefused,
  approvalFromClassic,
  approvalTypes,
  checkApproval,
  readApproval,
} from './approval.ts'
import type { Client } from './config.ts'
import type { Credentials } from './credentials.ts'
import type { Faults } from './faults.ts'
import { signIdToken } from './id-token.ts'
import { acrValues, allowedMeans } from './means.ts'
import type { OidcStore } from './oidc-store.ts'
import { renderProviderError, renderSignedOut, renderSignOut } from './pages-oidc.ts'
import { nameOf, type Person, people } from './people.ts'
import type { SigningKeys } from './signing-keys.ts'

/** Seconds. The approval token is CSC's SAD: at most 300. */
export const lifetime = { service: 3600, approval: 300, interaction: 600, code: 60, idToken: 300 } as const

/** Opaque and stable: the `sub` says nothing about the person. */
export const subjectOf = (person: Person): string => {
  const hex = createHash('sha256').update(`subject ${person.pid}`).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

export const personBySubject = (subject: string): Person | undefined =>
  people.find((person) => subjectOf(person) === subject)

const originator =
  'CN=TEST - SimBankID Person CA,OU=987654325,O=TEST - SimBankID,C=NO;OrginatorId=9980;OriginatorName=BINAS'

/** What the scopes let the client know. */
export const claimsOf = (person: Person, scopes: readonly string[]) => ({
  sub: subjectOf(person),
  bankid_altsub: person.pid,
  originator,
  ...(scopes.includes('profile') && {
    name: nameOf(person),
    given_name: person.givenName,
    family_name: person.familyName,
    birthdate: person.birthdate,
  }),
  ...(scopes.includes('nnin_altsub') && { nnin_altsub: person.number }),
})

const metadataOf = (client: Client): ClientMetadata => ({
  client_id: client.clientId,
  client_name: client.name ?? client.clientId,
  redirect_uris: client.redirectUris,
  response_types: ['code'],
  grant_types: client.profile === 'bankid-2025' ? ['authorization_code', 'client_credentials'] : ['authorization_code'],
  token_endpoint_auth_method: 'private_key_jwt',
  // One redirect or two: whoever asks by credentials/authorize does not ask here.
  authorization_details_types: client.profile === 'bankid-2025' ? [] : [...approvalTypes],
  // Scopes of the provider itself; those of CSC belong to its resource.
  scope: [
    'openid profile',
    ...(client.nnin ? ['nnin_altsub'] : []),
    ...(client.profile === 'bankid-2025' ? ['esign/csc'] : []),
  ].join(' '),
  ...(client.jwks ? { jwks: client.jwks } : { jwks_uri: client.jwksUri }),
})

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined)

/** No means gives what was asked for: the client is told before anybody has typed a thing. */
const refuseUnmet = (ctx: KoaContextWithOIDC): void => {
  const { params } = ctx.oidc
  const scopes = text(params?.['scope'])?.split(' ') ?? []
  const signs = params?.['authorization_details'] !== undefined || scopes.includes('service')
  if (allowedMeans(text(params?.['acr_values']), signs).length > 0) return
  throw new errors.CustomOIDCProviderError(
    'unmet_authentication_requirements',
    'No way to log in gives the acr asked for; signing needs LOA=4',
  )
}

/** Every request asks who it is: BankID has no single sign-on between two redirects. */
const policy = () => {
  const { Check, base } = interactionPolicy
  const made = base()
  made.get('login')?.checks.add(
    new Check('every_time', 'End-User authentication is required', 'login_required', (ctx) => {
      refuseUnmet(ctx)
      return ctx.oidc.result?.login ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT
    }),
  )
  return made
}

/** With the keys that are published now: after a change of keys, make another one on the same store (see currentOpenId). */
export const createOpenIdProvider = (options: {
  issuer: string
  signingKeys: SigningKeys
  cookieSecret: string
  clients: Client[]
  credentials: Credentials
  store: OidcStore
  faults: Faults
}): Provider => {
  const { issuer, signingKeys, cookieSecret, clients, credentials, store, faults } = options
  const cscResource = `${issuer}/csc/v2`

  const check = (approval: Approval, clientId: string): void => {
    const client = clients.find((one) => one.clientId === clientId)
    if (!client) throw new ApprovalRefused('Invalid parameter client_id')
    checkApproval(approval, credentials.find(approval.credentialID), client)
  }

  const checkDetail = (ctx: KoaContextWithOIDC, clientId: string, detail: object): void => {
    const all: unknown = JSON.parse(text(ctx.oidc.params?.['authorization_details']) ?? '[]')
    if (!Array.isArray(all) || all.length !== 1) {
      throw new errors.InvalidAuthorizationDetails('Ask for one approval at a time; it may cover several documents')
    }
    try {
      check(readApproval(detail), clientId)
    } catch (error) {
      if (error instanceof ApprovalRefused) throw new errors.InvalidAuthorizationDetails(error.message)
      throw error
    }
  }

  const scopesOf = (ctx: KoaContextWithOIDC): string[] => text(ctx.oidc.params?.['scope'])?.split(' ') ?? []

  /** scope=credential with CSC's own parameters says the same as authorization_details; both together say too much. */
  const translateClassic = (ctx: KoaContextWithOIDC, clientId: string): void => {
    const { params } = ctx.oidc
    if (!params || !scopesOf(ctx).includes('credential')) return
    if (params['authorization_details'] !== undefined) {
      throw new errors.InvalidRequest('scope=credential must not be used together with authorization_details')
    }
    try {
      const approval = approvalFromClassic({
        credentialID: text(params['credentialID']),
        numSignatures: text(params['numSignatures']),
        hashes: text(params['hashes']),
        hashAlgorithmOID: text(params['hashAlgorithmOID']),
        description: text(params['description']),
      })
      check(approval, clientId)
      params['authorization_details'] = JSON.stringify([approval])
    } catch (error) {
      if (error instanceof ApprovalRefused) throw new errors.InvalidRequest(error.message)
      throw error
    }
  }

  const provider = new Provider(issuer, {
    adapter: store.adapter,
    clients: clients.map(metadataOf),
    jwks: { keys: signingKeys.published() },
    cookies: {
      keys: [cookieSecret],
      names: { session: 'bankid_session', interaction: 'bankid_interaction', resume: 'bankid_resume' },
      long: { httpOnly: true, sameSite: 'lax' },
      short: { httpOnly: true, sameSite: 'lax' },
    },
    routes: {
      authorization: '/csc/v2/oauth2/authorize',
      token: '/csc/v2/oauth2/token',
      revocation: '/csc/v2/oauth2/revoke',
      pushed_authorization_request: '/csc/v2/oauth2/pushed_authorize',
      jwks: '/jwks',
      userinfo: '/userinfo',
      end_session: '/logout',
    },
    acrValues,
    claims: {
      openid: ['sub', 'acr', 'amr', 'auth_time', 'bankid_altsub', 'originator'],
      profile: ['name', 'given_name', 'family_name', 'birthdate'],
      nnin_altsub: ['nnin_altsub'],
    },
    scopes: ['openid', 'esign/csc'],
    // BankID puts the claims of the scopes into the ID token.
    conformIdTokenClaims: false,
    discovery: {
      ui_locales_supported: ['nb', 'nn', 'en'],
      claims_locales_supported: ['nb'],
      // Where BankID's discovery points to its signing API.
      'esign-baseurl': `${issuer}/bankid-2025`,
    },
    responseTypes: ['code'],
    pkce: { required: () => true },
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: ['RS256', 'PS256', 'ES256', 'Ed25519', 'EdDSA'] },
    clockTolerance: 10,
    allowOmittingSingleRegisteredRedirectUri: false,
    extraParams: {
      credentialID: null,
      numSignatures: null,
      hashAlgorithmOID: null,
      signatureQualifier: null,
      description: null,
      account_token: null,
      clientData: null,
      lang: null,
      hashes: (ctx, _value, client) => translateClassic(ctx, client.clientId),
    },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: true },
      clientCredentials: { enabled: true },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      pushedAuthorizationRequests: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: renderSignOut, postLogoutSuccessSource: renderSignedOut },
      resourceIndicators: {
        enabled: true,
        defaultResource: (ctx, _client, oneOf) => {
          if (oneOf) return oneOf[0] ?? cscResource
          const wanted = scopesOf(ctx)
          const forCsc =
            wanted.includes('service') ||
            wanted.includes('credential') ||
            ctx.oidc.params?.['authorization_details'] !== undefined
          return forCsc ? cscResource : []
        },
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) => {
          if (resource !== cscResource) throw new errors.InvalidTarget()
          return { scope: 'service credential', audience: cscResource, accessTokenFormat: 'opaque' }
        },
      },
      richAuthorizationRequests: {
        enabled: true,
        types: Object.fromEntries(
          approvalTypes.map((type) => [
            type,
            { validate: (ctx, detail, client) => checkDetail(ctx, client.clientId, detail) },
          ]),
        ),
        // What the person has approved is in the grant, word for word; what was asked for does not count.
        authorizationDetailsForGrantSource: (ctx) => ctx.oidc.grant?.rar,
        authorizationDetailsForAccessToken: (_ctx, _token, source) => source?.rar,
      },
    },
    ttl: {
      AccessToken: (_ctx, token) => (token.rar ? lifetime.approval : lifetime.service),
      AuthorizationCode: lifetime.code,
      ClientCredentials: lifetime.service,
      Grant: lifetime.service,
      IdToken: lifetime.idToken,
      Interaction: lifetime.interaction,
      Session: lifetime.interaction,
    },
    expiresWithSession: () => false,
    clientBasedCORS: () => false,
    interactions: { policy: policy(), url: (_ctx, interaction) => `/login/${interaction.uid}` },
    findAccount: (_ctx, subject) => {
      const person = personBySubject(subject)
      return person && { accountId: subject, claims: (_use, scope) => claimsOf(person, scope.split(' ')) }
    },
    renderError: renderProviderError,
    // The library refuses loopback addresses as a guard against strangers' URLs. Ours come from the configuration alone.
    fetch: (url, request) =>
      fetch(url, { headers: request?.headers ?? {}, redirect: 'error', signal: AbortSignal.timeout(3000) }),
    fetchResponseBodyLimits: { jwks_uri: 100_000 },
  })
  provider.proxy = true
  // No session outlives its answer: what the second redirect needs to know is bound to the credential (see login.ts).
  provider.use(async (ctx, next) => {
    await next()
    const location = ctx.response.get('location')
    const session = ctx.oidc?.session
    if (session?.accountId && ctx.status === 303 && !location.startsWith('/login/')) await session.destroy()
  })
  provider.use(async (ctx, next) => {
    await next()
    const { account, client } = ctx.oidc ?? {}
    const answer: unknown = ctx.body
    if (ctx.oidc?.route !== 'token' || typeof answer !== 'object' || answer === null || !('id_token' in answer)) return
    const who = { person: personBySubject(account?.accountId ?? '')?.id, client: client?.clientId }
    const fault = faults.strike('id-token', who)
    if (!fault) return
    const claims = { ...decodeJwt(String(answer.id_token)), ...JSON.parse(fault.value ?? '{}') }
    ctx.body = { ...answer, id_token: await signIdToken(signingKeys.current(), claims) }
  })
  return provider
}

/** The provider's handler, made anew when the keys have changed: the library reads its keys once. Its records lie in the store. */
export const currentOpenId = (
  options: Parameters<typeof createOpenIdProvider>[0],
): (() => ReturnType<Provider['callback']>) => {
  let keys = options.signingKeys.published()
  let handler = createOpenIdProvider(options).callback()
  return () => {
    const published = options.signingKeys.published()
    if (published !== keys) {
      keys = published
      handler = createOpenIdProvider(options).callback()
    }
    return handler
  }
}

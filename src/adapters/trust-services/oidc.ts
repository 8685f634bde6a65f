// Who is it: log-in at BankID by OpenID Connect (code + PKCE), the identity from the ID token's claims.
import { SeglError } from '../../errors.ts'
import type { Identity, Level, LoginMethod } from '../../flow/model.ts'
import type { Clock } from '../../flow/ports/clock.ts'
import type { IdentityProvider } from '../../flow/ports/trust-services.ts'
import type { OAuthClient } from './oauth-client.ts'
import { malformed } from './outside-call.ts'

export type IdentityProviderOptions = {
  readonly client: OAuthClient
  readonly clock: Clock
  /** `nnin_altsub` needs an entitlement; `service` is the CSC scope (`esign/csc` at the real BankID). */
  readonly scope?: string
}

const defaultScope = 'openid profile nnin_altsub service'

/** BankID's `acr` values by the eIDAS level they stand for; older documents leave `;LOA=n` out. */
const acrOfLevel: Readonly<Record<Level, readonly string[]>> = {
  high: ['urn:bankid:bid;LOA=4', 'urn:bankid:bim;LOA=4', 'urn:bankid:bid', 'urn:bankid:bim'],
  substantial: ['urn:bankid:bis;LOA=3', 'urn:bankid:bis'],
}

/** Ways to log in at or above each level, best first. */
const waysOf: Readonly<Record<Level, readonly LoginMethod[]>> = {
  high: ['appOrCodeDevice', 'mobile'],
  substantial: ['appOrCodeDevice', 'mobile', 'passkey'],
}
const acrOf: Readonly<Record<LoginMethod, string>> = {
  appOrCodeDevice: 'urn:bankid:bid;LOA=4',
  mobile: 'urn:bankid:bim;LOA=4',
  passkey: 'urn:bankid:bis;LOA=3',
}

/**
 * `acr_values` (OpenID Connect Core 1.0 § 3.1.2.1): what the log-in page may offer. Only a wish, so the claims are checked all the same;
 * where no accepted way reaches the level, the level is asked for.
 */
function acrValues(level: Level, methods: readonly LoginMethod[]): string {
  const accepted = waysOf[level].filter((way) => methods.length === 0 || methods.includes(way))
  return (accepted.length > 0 ? accepted : waysOf[level]).map((way) => acrOf[way]).join(' ')
}

export function createIdentityProvider({
  client,
  clock,
  scope = defaultScope,
}: IdentityProviderOptions): IdentityProvider {
  return {
    loginUrl(input) {
      const parameters = { scope, ui_locales: input.language, acr_values: acrValues(input.level, input.methods ?? []) }
      return client.authorizationUrl(input, parameters, { push: false, nonce: true })
    },

    async finishLogin(input) {
      const tokens = await client.exchange(input, input.callback, { nonce: true })
      const identity = identityOf(tokens.claims() ?? {})
      if (tokens.token_type !== 'bearer') throw malformed('BankID', 'gave a token that is not a bearer token')
      const now = await clock.now()
      // RFC 6749 §5.1 leaves expires_in optional; an hour is what the CSC specification shows.
      const expiresAt = new Date(now.getTime() + (tokens.expires_in ?? 3600) * 1000)
      return { identity, serviceToken: tokens.access_token, expiresAt }
    },
  }
}

/** Takes the identity out of checked claims; a claim that is missing or of the wrong shape is TRUST_SERVICE_MALFORMED. */
function identityOf(claims: Readonly<Record<string, unknown>>): Identity {
  const text = (name: string): string => {
    const value = claims[name]
    if (typeof value !== 'string' || value === '') throw malformed('BankID', `gave no usable claim ${name}`)
    return value
  }
  const birthDate = text('birthdate')
  if (!/^\d{4}-\d{2}-\d{2}$/.test(birthDate)) throw malformed('BankID', 'gave a birthdate that is not a date')
  const number = claims['nnin_altsub'] === undefined ? null : text('nnin_altsub')
  if (number !== null && !/^\d{11}$/.test(number))
    throw malformed('BankID', 'gave an nnin_altsub that is not 11 digits')
  const time = claims['auth_time'] ?? claims['iat']
  if (typeof time !== 'number') throw malformed('BankID', 'gave no usable claim auth_time')
  const acr = text('acr')
  const amr = claims['amr']
  return {
    name: text('name'),
    givenName: text('given_name'),
    familyName: text('family_name'),
    birthDate,
    nationalIdentityNumber: number,
    bankidAltsub: text('bankid_altsub'),
    level: levelOf(acr),
    acr,
    amr: Array.isArray(amr) ? amr.filter((method) => typeof method === 'string') : [],
    authenticatedAt: new Date(time * 1000),
  }
}

/** Which level the signer needs is the story's to compare; a log-in of no known level is nobody's. */
function levelOf(acr: string): Level {
  if (acrOfLevel.high.includes(acr)) return 'high'
  if (acrOfLevel.substantial.includes(acr)) return 'substantial'
  throw new SeglError(
    'LEVEL_TOO_LOW',
    'BankID did not say that the log-in reaches the level substantial. Log in another way.',
  )
}

// The token endpoint of the profile bankid-2025: a code for tokens, the client known by a client-credentials token (scope esign/csc).
import { createHash } from 'node:crypto'
import type { Provider } from 'oidc-provider'
import type { Clock } from './clock.ts'
import type { Client } from './config.ts'
import { CscError, invalidToken } from './csc-body.ts'
import { signIdToken } from './id-token.ts'
import { claimsOf, lifetime, personBySubject } from './oidc.ts'
import type { SigningKeys } from './signing-keys.ts'

type Code = {
  scope?: string | undefined
  accountId?: string | undefined
  acr?: string | undefined
  amr?: string[] | undefined
  authTime?: number | undefined
  nonce?: string | undefined
}

export type CodeExchange = (bearer: string | undefined, form: Record<string, unknown>) => Promise<object>

const invalidGrant = (description: string): CscError => new CscError(400, 'invalid_grant', description)

export const createCodeExchange = (options: {
  issuer: string
  provider: Provider
  clients: readonly Client[]
  signingKeys: SigningKeys
  clock: Clock
}): CodeExchange => {
  const { issuer, provider, clients, signingKeys, clock } = options

  const clientOf = async (bearer: string | undefined): Promise<string> => {
    const token = bearer === undefined ? undefined : await provider.ClientCredentials.find(bearer)
    if (!token || token.isExpired || !token.scope?.split(' ').includes('esign/csc')) {
      throw invalidToken('Send a client-credentials token with scope esign/csc')
    }
    const client = clients.find(({ clientId }) => clientId === token.clientId)
    if (client?.profile !== 'bankid-2025')
      throw new CscError(400, 'unauthorized_client', 'The client has another profile')
    return client.clientId
  }

  const idTokenFor = async (code: Code, clientId: string): Promise<string | undefined> => {
    const scopes = code.scope?.split(' ') ?? []
    const person = personBySubject(code.accountId ?? '')
    if (!person || !scopes.includes('openid')) return undefined
    const now = Math.floor(clock().getTime() / 1000)
    return signIdToken(signingKeys.current(), {
      ...claimsOf(person, scopes),
      iss: issuer,
      aud: clientId,
      iat: now,
      exp: now + lifetime.idToken,
      acr: code.acr,
      amr: code.amr,
      auth_time: code.authTime,
      ...(code.nonce && { nonce: code.nonce }),
    })
  }

  return async (bearer, form) => {
    const clientId = await clientOf(bearer)
    if (form['grant_type'] !== 'authorization_code') {
      throw new CscError(400, 'unsupported_grant_type', 'Only authorization_code is supported here')
    }
    const code = await provider.AuthorizationCode.find(String(form['code'] ?? ''))
    if (!code || code.clientId !== clientId || !code.grantId || !code.accountId)
      throw invalidGrant('The code is unknown')
    if (!code.isValid) {
      // RFC 6749 §4.1.2: a code used twice takes the tokens of its first use with it.
      await provider.AccessToken.revokeByGrantId(code.grantId)
      throw invalidGrant('The code has been used or has expired')
    }
    if (code.redirectUri !== form['redirect_uri']) throw invalidGrant('redirect_uri is not that of the request')
    const challenge = createHash('sha256')
      .update(String(form['code_verifier'] ?? ''))
      .digest('base64url')
    if (code.codeChallenge !== challenge) throw invalidGrant('code_verifier does not fit the code_challenge')
    await code.consume()

    const client = await provider.Client.find(clientId)
    if (!client) throw invalidGrant('The client is unknown')
    const token = new provider.AccessToken({
      client,
      accountId: code.accountId,
      grantId: code.grantId,
      gty: 'authorization_code',
      scope: 'service',
    })
    token.setAudience(`${issuer}/csc/v2`)
    const idToken = await idTokenFor(code, clientId)
    return {
      access_token: await token.save(),
      token_type: 'Bearer',
      expires_in: lifetime.service,
      scope: 'service',
      ...(idToken && { id_token: idToken }),
    }
  }
}

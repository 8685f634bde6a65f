// Programs of a tenant that prove who they are by their own key (OAuth 2.0 client credentials, private_key_jwt).
import type { Scope } from './api-keys.ts'

/** Public keys as RFC 7517 writes them. */
export type KeySet = { readonly keys: readonly Readonly<Record<string, unknown>>[] }

export type OauthClient = {
  /** Its `client_id`. */
  readonly id: string
  readonly name: string
  readonly jwks: KeySet
  readonly scopes: readonly string[]
  readonly createdAt: Date
  readonly revokedAt: Date | null
  /** When it last got a token. */
  readonly lastUsedAt: Date | null
}

export interface OauthClients {
  /** Newest first, the revoked ones among them. */
  list(tenantId: string): Promise<readonly OauthClient[]>
  add(
    tenantId: string,
    client: { readonly name: string; readonly jwks: KeySet; readonly scopes: readonly Scope[] },
  ): Promise<OauthClient>
  /** Replaces its keys. @throws SeglError NOT_FOUND, STATE_CONFLICT when it is revoked */
  replaceKeys(tenantId: string, id: string, jwks: KeySet): Promise<OauthClient>
  /** Ends the client and every token of it at once. @throws SeglError NOT_FOUND */
  revoke(tenantId: string, id: string): Promise<void>
  /** The client that signs itself so; undefined when there is none or it is revoked. The one look-up without a tenant. */
  find(clientId: string): Promise<(OauthClient & { readonly tenantId: string }) | undefined>
  /**
   * Takes an assertion, once, and gives a token for it; only the token's SHA-256 is kept.
   * @returns undefined when an assertion with this `jti` was taken before
   */
  issue(
    client: { readonly id: string; readonly tenantId: string },
    assertion: { readonly jti: string; readonly expiresAt: Date },
    token: { readonly hash: string; readonly scopes: readonly string[]; readonly seconds: number },
  ): Promise<{ readonly expiresAt: Date } | undefined>
}

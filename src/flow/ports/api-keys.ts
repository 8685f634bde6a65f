// Who calls: the tenant and the roles behind an API key or an access token, and the keys that a tenant keeps.

/** Roles of a caller; http/access.ts says what each may do. */
export const scopes = ['admin', 'system', 'reader', 'auditor'] as const
export type Scope = (typeof scopes)[number]

/** `keyId`: of the API key, or of the client whose access token it is. */
export type ApiKeyHolder = { readonly keyId: string; readonly tenantId: string; readonly scopes: readonly string[] }

/** An API key as it may be shown: never the key itself. */
export type ApiKey = {
  readonly id: string
  readonly name: string
  /** Its first characters. */
  readonly prefix: string
  readonly scopes: readonly string[]
  readonly createdAt: Date
  readonly expiresAt: Date | null
  readonly revokedAt: Date | null
  /** To the minute. */
  readonly lastUsedAt: Date | null
  /** The key that took over from it. */
  readonly successorId: string | null
}

/** A key that was just made, with the key itself: here and nowhere else. */
export type NewApiKey = ApiKey & { readonly key: string }

export interface ApiKeys {
  /**
   * Whose API key or access token this is. `hash`: SHA-256 of the whole, hex. Undefined when there is none, or when it is
   * revoked or expired by the database's clock.
   */
  holder(hash: string): Promise<ApiKeyHolder | undefined>
  /** The tenant's keys, newest first, the revoked ones among them. */
  list(tenantId: string): Promise<readonly ApiKey[]>
  /** @throws SeglError NOT_FOUND (no such tenant), INVALID_REQUEST (expires in the past) */
  add(
    tenantId: string,
    key: { readonly name: string; readonly scopes: readonly Scope[]; readonly expiresAt?: Date },
  ): Promise<NewApiKey>
  /**
   * Makes a key that takes over from this one, which ends after `overlapSeconds`, or at its own end if that comes first. The
   * new one lives as long as the old one was made to live, unless `expiresAt` says otherwise.
   * @throws SeglError NOT_FOUND, STATE_CONFLICT when it is revoked, expired or rotated already
   */
  rotate(
    tenantId: string,
    id: string,
    turn: { readonly overlapSeconds: number; readonly expiresAt?: Date },
  ): Promise<NewApiKey>
  /** Ends the key at once; does nothing to one that has ended. @throws SeglError NOT_FOUND */
  revoke(tenantId: string, id: string): Promise<void>
}

// Who calls: the tenant and the scopes behind an API key.

export const scopes = ['admin', 'system', 'reader', 'auditor'] as const
export type Scope = (typeof scopes)[number]

export type ApiKeyHolder = { readonly keyId: string; readonly tenantId: string; readonly scopes: readonly string[] }

export interface ApiKeys {
  /** `hash`: SHA-256 of the whole key, hex. Undefined when there is no such key, or it is revoked or expired at `now`. */
  holder(hash: string, now: Date): Promise<ApiKeyHolder | undefined>
}

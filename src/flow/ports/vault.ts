// Personal data at rest: AES-256-GCM under ENCRYPTION_KEY, looked up by HMAC under HMAC_KEY, per tenant.
export interface Vault {
  /** `context` is bound as additional data: a ciphertext moved to another row or tenant does not decrypt. */
  encrypt(plaintext: string, context: string): Uint8Array
  decrypt(ciphertext: Uint8Array, context: string): string
  /** The person within a tenant: the same number gives the same value there and another one elsewhere. Hex. */
  personHmac(tenantId: string, nationalIdentityNumber: string): string
  /** HMAC under LINK_KEY over signer and link version: the token of a signing link, base64url. */
  linkToken(signerId: string, linkVersion: number): string
  /** The signer a token speaks of; not yet a proof: compare with `linkToken` of the signer's present version in constant time. */
  signerOfLinkToken(token: string): string | undefined
}

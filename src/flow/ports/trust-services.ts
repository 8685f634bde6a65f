// What the story needs from trust services: log-in (OpenID Connect), remote signing (CSC v2), time (RFC 3161), revocation.
// Every call has a time limit of its own; failures are SeglErrors (TRUST_SERVICE_…, CEREMONY_CANCELLED, TIMESTAMP_INVALID, …).
import type { Identity, Language, Level, LoginMethod } from '../model.ts'

/** One redirect of a browser to the trust service and back. */
export type Redirect = {
  readonly state: string
  readonly nonce: string
  /** PKCE verifier (RFC 7636). */
  readonly codeVerifier: string
}

export type Login = {
  readonly identity: Identity
  /** Bearer token for the CSC service. */
  readonly serviceToken: string
  readonly expiresAt: Date
}

export interface IdentityProvider {
  /** URL to send the browser to. `methods`: ways to log in that are asked for; any of the level when there are none. */
  loginUrl(
    input: Redirect & {
      readonly language: Language
      readonly level: Level
      readonly methods?: readonly LoginMethod[]
    },
  ): Promise<string>
  /** `callback` is the query string with which the browser came back. Checks state, nonce, issuer, signature, acr. */
  finishLogin(input: Redirect & { readonly callback: URLSearchParams }): Promise<Login>
}

export type Credential = {
  readonly credentialId: string
  /** DER, leaf first, up to and including the root when it was given. */
  readonly certificates: readonly Uint8Array[]
  /** CSC key/algo OID with which it signs, e.g. 1.2.840.10045.4.3.2. */
  readonly signAlgorithm: string
  /** The most hashes that one approval may cover (CSC `multisign`); at least 1. */
  readonly multisign: number
}

export type HashToApprove = {
  /** SHA-256 of the signed attributes (DTBS/R). */
  readonly hash: Uint8Array
  /** What the person reads at BankID: title and SHA-256 of the upload. */
  readonly label: string
}

/** What allows signHash, once: a bearer token, and signature activation data where the token alone does not. */
export type Approval = { readonly token: string; readonly sad?: string }

export interface RemoteSigning {
  /** `credentials/list` + `credentials/info`: makes the one-time key and certificate of this session. */
  createCredential(serviceToken: string): Promise<Credential>
  /** Seconds that `finishApproval` may wait for a person who approves in his app; 0 where he approves in a redirect. */
  readonly approvalSeconds: number
  /** Where the signer approves exactly these hashes (RFC 9396 authorization_details); our own callback where that needs no redirect. */
  approvalUrl(
    input: Redirect & {
      readonly credential: Credential
      readonly hashes: readonly HashToApprove[]
      readonly language: Language
    },
  ): Promise<string>
  /** What the second redirect, or `credentials/authorize` instead of one, gives for exactly these hashes. */
  finishApproval(
    input: Redirect & {
      readonly callback: URLSearchParams
      readonly serviceToken: string
      readonly credential: Credential
      readonly hashes: readonly HashToApprove[]
    },
  ): Promise<Approval>
  /** `signatures/signHash`; raw signatures in the order of the hashes (ECDSA as DER). */
  signHashes(
    input: Approval & {
      readonly credential: Credential
      readonly hashes: readonly Uint8Array[]
    },
  ): Promise<readonly Uint8Array[]>
}

export type Timestamp = { readonly token: Uint8Array; readonly time: Date }

export interface TimestampAuthority {
  /** RFC 3161 token over a SHA-256 imprint, verified (imprint, nonce, signature); a second TSA when the first fails. */
  timestamp(imprint: Uint8Array): Promise<Timestamp>
}

export type ValidationData = {
  readonly certificates: readonly Uint8Array[]
  readonly ocsps: readonly Uint8Array[]
  readonly crls: readonly Uint8Array[]
}

export interface RevocationSource {
  /**
   * Everything that proves `certificate` good: its chain up to the root and, for each certificate but the root, an OCSP
   * response (with the responder's certificate) or a CRL. Fetched now, checked for signature, status and times.
   */
  validationData(input: {
    readonly certificate: Uint8Array
    /** Certificates that may be part of the chain. */
    readonly candidates: readonly Uint8Array[]
    readonly at: Date
  }): Promise<ValidationData>
}

export interface SealKey {
  /** DER, leaf first. */
  readonly certificates: readonly Uint8Array[]
  readonly algorithm: 'rsa-pss-sha256' | 'rsa-pkcs1-sha256' | 'ecdsa-p256-sha256'
  readonly organisation: string
  /** Signs the DER of the signed attributes. */
  sign(data: Uint8Array): Promise<Uint8Array>
}

// The cryptography that verifying needs from outside, so that the same verifier runs in Node and in a browser.

export type DigestAlgorithm = 'sha1' | 'sha256' | 'sha384' | 'sha512'

/** A signature algorithm with all its parameters, as read from an AlgorithmIdentifier. */
export type SignatureScheme =
  | { readonly kind: 'ecdsa'; readonly digest: DigestAlgorithm }
  | { readonly kind: 'rsa-pkcs1'; readonly digest: DigestAlgorithm }
  /** MGF1 uses the same digest; the salt's length is in octets. */
  | { readonly kind: 'rsa-pss'; readonly digest: DigestAlgorithm; readonly saltLength: number }
  | { readonly kind: 'ed25519' }

export type SignatureToVerify = {
  readonly scheme: SignatureScheme
  /** SubjectPublicKeyInfo, DER. */
  readonly spki: Uint8Array
  /** The signed bytes themselves, not their digest. */
  readonly data: Uint8Array
  /** ECDSA as DER (RFC 3279 2.2.3); RSA and EdDSA as plain octets. */
  readonly signature: Uint8Array
}

/** A digest that is fed piece by piece, so that no file has to lie in memory. */
export type RunningDigest = {
  readonly update: (piece: Uint8Array) => void
  /** Another one that has seen the same bytes. */
  readonly copy: () => RunningDigest
  /** Ends it. */
  readonly finish: () => Uint8Array
}

/** Never throws for what a stranger sent: a key or signature that cannot be used verifies as false. */
export type Crypto = {
  readonly verify: (input: SignatureToVerify) => Promise<boolean>
  readonly digest: (algorithm: DigestAlgorithm, data: Uint8Array) => Promise<Uint8Array>
  readonly running: (algorithm: DigestAlgorithm) => RunningDigest
}

/** Octets of a digest. */
export const digestLengths: Readonly<Record<DigestAlgorithm, number>> = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 }

// Which algorithms and key sizes may be relied on at all (ETSI TS 119 312 clauses 5 to 7).
import type { SignatureScheme } from './crypto.ts'
import type { PublicKey } from './public-key.ts'

/** What is too weak about a signature, as a clause of a sentence; undefined when nothing is. */
export function weakness(scheme: SignatureScheme | undefined, key: PublicKey): string | undefined {
  if (scheme === undefined) return 'uses a signature algorithm that is not supported'
  if ('digest' in scheme && scheme.digest === 'sha1') return 'uses SHA-1'
  if ((key.kind === 'rsa' || key.kind === 'rsa-pss') && key.bits < 2048) return `uses RSA with ${key.bits} bits`
  if (key.kind === 'ec' && key.bits < 256) return 'uses an elliptic curve that is not supported'
  return undefined
}

/**
 * From when on signatures made like this may not be relied on without an older proof of their existence, milliseconds; undefined
 * when no end is in sight. ETSI TS 119 312 V1.5.1 clause 8, as EU DSS applies it: PKCS#1 v1.5 of any size and RSA below 3000 bits
 * until the end of 2028; RSASSA-PSS from 3000 bits and ECDSA from P-256 without an end.
 */
export function sunset(scheme: SignatureScheme | undefined, key: PublicKey): number | undefined {
  const isShort = (key.kind === 'rsa' || key.kind === 'rsa-pss') && key.bits < 3000
  return scheme?.kind === 'rsa-pkcs1' || isShort ? Date.UTC(2029, 0, 1) : undefined
}

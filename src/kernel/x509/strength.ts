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

// Bounds the public-key operations that a file may cost: a stranger could list thousands of certificates over one key.
import { SeglError } from '../../errors.ts'
import type { Crypto } from '../x509/index.ts'

/** Segl's own files need fewer than a thousand. */
const mostVerifications = 20_000

export function boundedCrypto(crypto: Crypto): Crypto {
  let left = mostVerifications
  return {
    ...crypto,
    verify(input) {
      left -= 1
      if (left < 0)
        throw new SeglError('TOO_COMPLEX', 'The PDF carries more signatures and certificates than can be verified.')
      return crypto.verify(input)
    },
  }
}

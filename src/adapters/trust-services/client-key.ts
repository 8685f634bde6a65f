// Segl's own key as a client of the trust service (private_key_jwt, RFC 7523): a P-256 key in the data folder.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  webcrypto,
} from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { SeglError } from '../../errors.ts'
import { writeOnce } from './write-once.ts'

export type ClientKey = {
  /** RFC 7638 thumbprint, which names the key in assertions and in the key set. */
  readonly kid: string
  /** Signs assertions (ES256); cannot be exported. */
  readonly privateKey: webcrypto.CryptoKey
  /** The key set to serve at `/.well-known/jwks.json`: public members only. */
  readonly jwks: { readonly keys: readonly Readonly<Record<string, string>>[] }
}

/**
 * Reads the key from `file` (PKCS#8 PEM). Missing, it is made when `make` is true (mode 0600; of two processes that make one at
 * the same time both get the same), else SECRET_MISSING.
 */
export async function loadClientKey(options: { readonly file: string; readonly make: boolean }): Promise<ClientKey> {
  const pem = await readFile(options.file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined
    throw new SeglError('CONFIG_INVALID', `The client key ${options.file} cannot be read. Make it readable.`, { cause })
  })
  if (pem !== undefined) return clientKeyOf(pem, options.file)
  if (!options.make)
    throw new SeglError(
      'SECRET_MISSING',
      `The client key ${options.file} is missing. Run "segl up" once, or put it there.`,
    )
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const made = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  return clientKeyOf(await writeOnce(options.file, made, 0o600), options.file)
}

async function clientKeyOf(pem: string, file: string): Promise<ClientKey> {
  let key: KeyObject
  try {
    key = createPrivateKey(pem)
  } catch (cause) {
    throw new SeglError('CONFIG_INVALID', `${file} is not a private key in PKCS#8 PEM.`, { cause })
  }
  const { x, y } = createPublicKey(key).export({ format: 'jwk' })
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1' || x === undefined || y === undefined)
    throw new SeglError('CONFIG_INVALID', `${file} must hold an EC key on P-256.`)
  // RFC 7638 §3.2: these members in this order, without white space.
  const members = { crv: 'P-256', kty: 'EC', x, y }
  const kid = createHash('sha256').update(JSON.stringify(members)).digest('base64url')
  const privateKey = await webcrypto.subtle.importKey(
    'pkcs8',
    key.export({ format: 'der', type: 'pkcs8' }),
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['sign'],
  )
  return { kid, privateKey, jwks: { keys: [{ ...members, kid, use: 'sig', alg: 'ES256' }] } }
}

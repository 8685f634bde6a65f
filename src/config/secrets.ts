// The secrets of an installation: taken from the environment, else from the data folder, else made there or refused.
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPrivateFile } from '../data-folder.ts'
import { SeglError } from '../errors.ts'
import { type SecretName, secretFiles } from './keys.ts'
import { refuse, type Settings } from './settings.ts'

const keyLength = 32

export type Secrets = {
  /** 32 bytes each. */
  readonly encryptionKey: Uint8Array
  readonly hmacKey: Uint8Array
  readonly linkKey: Uint8Array
  /** Seed of an Ed25519 key, 32 bytes. */
  readonly logKey: Uint8Array
  readonly sealKeyPassphrase: string
}

/**
 * @param make whether what is missing is made in `DATA_DIR/secrets` (0600); of several processes at once, all get the same
 * @throws SeglError SECRET_MISSING, CONFIG_INVALID
 */
export function readSecrets(settings: Settings, dataDir: string, make: boolean): Secrets {
  if (make) makeClientKey(clientKeyFile(dataDir))
  const value = (name: SecretName): string => settings.text(name) ?? fromDataFolder(name, dataDir, make)
  const key = (name: SecretName): Uint8Array => decodeKey(name, value(name))
  return {
    encryptionKey: key('ENCRYPTION_KEY'),
    hmacKey: key('HMAC_KEY'),
    linkKey: key('LINK_KEY'),
    logKey: key('LOG_KEY'),
    sealKeyPassphrase: value('SEAL_KEY_PASSPHRASE'),
  }
}

/** Where a secret that was made lies. */
export function secretFile(name: SecretName, dataDir: string): string {
  return join(dataDir, 'secrets', secretFiles[name])
}

/** Segl's key as a client of the trust service (`private_key_jwt`). */
export function clientKeyFile(dataDir: string): string {
  return join(dataDir, 'secrets', 'bankid-client-key.pem')
}

function makeClientKey(file: string): void {
  if (existsSync(file)) return
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  createPrivateFile(file, privateKey.export({ format: 'pem', type: 'pkcs8' }).toString())
}

function fromDataFolder(name: SecretName, dataDir: string, make: boolean): string {
  const file = secretFile(name, dataDir)
  let found: string | undefined
  try {
    found = readFileSync(file, 'utf8').trim()
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) {
      throw new SeglError('SECRET_MISSING', `${file} cannot be read. Make it readable for this user.`, { cause })
    }
  }
  if (found === '') throw new SeglError('SECRET_MISSING', `${file} is empty. Restore it: what it protected needs it.`)
  if (found !== undefined) return found
  if (make) return createPrivateFile(file, randomBytes(keyLength).toString('base64url')).trim()
  throw new SeglError(
    'SECRET_MISSING',
    `${name} is not set, and ${file} does not exist. Set ${name} or ${name}_FILE to the secret that this installation uses; ` +
      'only `segl up` and `segl demo` make one.',
  )
}

function decodeKey(name: SecretName, text: string): Uint8Array {
  const hexadecimal = /^[0-9a-fA-F]{64}$/.test(text)
  const base64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(text)
  const bytes = hexadecimal ? Buffer.from(text, 'hex') : Buffer.from(base64 ? text : '', 'base64')
  if (bytes.length === keyLength) return new Uint8Array(bytes)
  return refuse(
    name,
    'must be 32 random bytes in base64, base64url or hexadecimal: `head -c 32 /dev/urandom | base64`.',
  )
}

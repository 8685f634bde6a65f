// Personal data at rest and signing links: AES-256-GCM and HMAC-SHA-256 under keys derived per context and tenant.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { SeglError } from '../../errors.ts'
import type { Vault } from '../../flow/ports/vault.ts'

export type VaultKeys = {
  /** ENCRYPTION_KEY, 32 bytes. */
  readonly encryptionKey: Uint8Array
  /** Earlier encryption keys that stored rows may still be under; they decrypt and never encrypt. */
  readonly earlierEncryptionKeys?: readonly Uint8Array[]
  /** HMAC_KEY, 32 bytes. */
  readonly hmacKey: Uint8Array
  /** LINK_KEY, 32 bytes. */
  readonly linkKey: Uint8Array
}

/** Values that tell whether a key is the one the database was made with, without holding it; names as in `secret_check`. */
export type KeyCheck = { readonly ENCRYPTION_KEY: string; readonly HMAC_KEY: string; readonly LINK_KEY: string }

export type KeyedVault = Vault & { keyCheck(): KeyCheck }

const keyLength = 32
const formatVersion = 1
const keyIdLength = 4
const ivLength = 12
const tagLength = 16
const headerLength = 1 + keyIdLength
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const signerIdLength = 16
const linkMacLength = 24

/**
 * Makes the vault. A key of another length than 32 bytes is SECRET_MISSING.
 * Ciphertext: version (1) | key id (4) | IV (12) | ciphertext | tag (16).
 */
export function createVault(keys: VaultKeys): KeyedVault {
  requireKey('ENCRYPTION_KEY', keys.encryptionKey)
  requireKey('HMAC_KEY', keys.hmacKey)
  requireKey('LINK_KEY', keys.linkKey)
  const current = { id: keyId(keys.encryptionKey), key: keys.encryptionKey }
  const readable = new Map([[current.id.toString('hex'), current.key]])
  for (const key of keys.earlierEncryptionKeys ?? []) {
    requireKey('ENCRYPTION_KEY', key)
    readable.set(keyId(key).toString('hex'), key)
  }

  return {
    encrypt(plaintext, context) {
      const iv = randomBytes(ivLength)
      const header = Buffer.concat([Buffer.of(formatVersion), current.id])
      const cipher = createCipheriv('aes-256-gcm', contextKey(current.key, context), iv)
      cipher.setAAD(additionalData(header, context))
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()])
      return new Uint8Array(Buffer.concat([header, iv, body, cipher.getAuthTag()]))
    },

    decrypt(ciphertext, context) {
      const bytes = Buffer.from(ciphertext.buffer, ciphertext.byteOffset, ciphertext.byteLength)
      if (bytes.length < headerLength + ivLength + tagLength || bytes[0] !== formatVersion) throw undecryptable()
      const header = bytes.subarray(0, headerLength)
      const key = readable.get(header.subarray(1).toString('hex'))
      if (key === undefined)
        throw new SeglError(
          'SECRET_WRONG',
          'Stored personal data was encrypted under another ENCRYPTION_KEY. Start with the key this database was made with.',
        )
      const iv = bytes.subarray(headerLength, headerLength + ivLength)
      const decipher = createDecipheriv('aes-256-gcm', contextKey(key, context), iv, { authTagLength: tagLength })
      decipher.setAAD(additionalData(header, context))
      decipher.setAuthTag(bytes.subarray(bytes.length - tagLength))
      try {
        const body = bytes.subarray(headerLength + ivLength, bytes.length - tagLength)
        return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw undecryptable(cause)
      }
    },

    personHmac(tenantId, nationalIdentityNumber) {
      return createHmac('sha256', derive(keys.hmacKey, 'person', tenantId))
        .update(nationalIdentityNumber)
        .digest('hex')
    },

    linkToken(signerId, linkVersion) {
      const id = signerIdBytes(signerId)
      const mac = createHmac('sha256', derive(keys.linkKey, 'link', ''))
        .update(id)
        .update(`:${linkVersion}`)
        .digest()
        .subarray(0, linkMacLength)
      return Buffer.concat([id, mac]).toString('base64url')
    },

    signerOfLinkToken(token) {
      const bytes = Buffer.from(token, 'base64url')
      // Decoding is lenient; a token has one spelling only, or the same link would have many.
      if (bytes.length !== signerIdLength + linkMacLength || bytes.toString('base64url') !== token) return undefined
      const hex = bytes.subarray(0, signerIdLength).toString('hex')
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    },

    keyCheck() {
      const check = (key: Uint8Array) =>
        createHmac('sha256', derive(key, 'check', ''))
          .update('segl')
          .digest('hex')
          .slice(0, 32)
      return {
        ENCRYPTION_KEY: check(keys.encryptionKey),
        HMAC_KEY: check(keys.hmacKey),
        LINK_KEY: check(keys.linkKey),
      }
    },
  }
}

/** Compares two tokens or digests in constant time; of different length they are different. */
export function sameSecret(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(left), digest(right))
}

function requireKey(name: string, key: Uint8Array): void {
  if (key.length !== keyLength)
    throw new SeglError(
      'SECRET_MISSING',
      `${name} must be ${keyLength} bytes, but has ${key.length}. Set a random one.`,
    )
}

/** RFC 5869 with the purpose and the thing it is for as `info`; the zero byte keeps the two apart. */
function derive(key: Uint8Array, purpose: string, subject: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, new Uint8Array(0), `segl/vault/${purpose}\0${subject}`, keyLength))
}

// A key per context keeps every random 96-bit IV far from its limit of 2^32 uses (SP 800-38D §8.3), and keeps tenants apart.
const contextKey = (key: Uint8Array, context: string) => derive(key, 'encrypt', context)

const keyId = (key: Uint8Array) => derive(key, 'key-id', '').subarray(0, keyIdLength)

const additionalData = (header: Uint8Array, context: string) => Buffer.concat([header, Buffer.from(context, 'utf8')])

function undecryptable(cause?: unknown): SeglError {
  return new SeglError(
    'INTERNAL',
    'Stored personal data does not decrypt: it was altered, or moved from another row or tenant. Restore it from a backup.',
    cause === undefined ? {} : { cause },
  )
}

function signerIdBytes(signerId: string): Buffer {
  if (!uuid.test(signerId))
    throw new SeglError('INTERNAL', 'A signing link can only be made for a signer id that is a UUID.')
  return Buffer.from(signerId.replaceAll('-', ''), 'hex')
}

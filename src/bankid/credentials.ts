// One-time signing keys: made for one login, used once, encrypted at rest, gone after use or expiry.
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  generateKeyPairSync,
  randomBytes,
  X509Certificate,
} from 'node:crypto'
import { p256 } from '@noble/curves/nist.js'
import type { Pki } from './ca.ts'
import type { Clock } from './clock.ts'
import type { Person } from './people.ts'
import { createShelf, type Shelf } from './state-files.ts'

export type Credential = {
  id: string
  personId: string
  clientId: string
  /** The grant of the login that it belongs to. */
  grantId: string
  /** Hash of the browser's cookie: who approves in another browser has to identify himself again. */
  browser: string
  /** DER in base64. */
  certificate: string
  /** AES-256-GCM: nonce, tag and the private scalar, in base64. */
  sealedKey: string
}

/** ECDSA with SHA-2 (RFC 5758); the key is P-256, longer digests are cut to the left 256 bits (FIPS 186-5 §6.4.1). */
export const signatureAlgorithms = ['1.2.840.10045.4.3.2', '1.2.840.10045.4.3.3', '1.2.840.10045.4.3.4'] as const

export const hashAlgorithms: Record<string, { length: number; signAlgo: string }> = {
  '2.16.840.1.101.3.4.2.1': { length: 32, signAlgo: '1.2.840.10045.4.3.2' },
  '2.16.840.1.101.3.4.2.2': { length: 48, signAlgo: '1.2.840.10045.4.3.3' },
  '2.16.840.1.101.3.4.2.3': { length: 64, signAlgo: '1.2.840.10045.4.3.4' },
}

/** The most hashes one approval may cover. */
export const multisign = 20

const parseCredential = (value: unknown): Credential => {
  if (typeof value !== 'object' || value === null || !('sealedKey' in value)) throw new Error('Not a credential')
  return value as Credential
}

export type Credentials = {
  /** The credential of a login; made at the first call. */
  ofLogin(login: { grantId: string; clientId: string; person: Person; browser: string }): Credential
  find(id: string): Credential | undefined
  /**
   * Signs and destroys the key in one go; undefined when somebody else was first.
   * @returns DER ECDSA-Sig-Values, in the order of the hashes
   */
  signOnce(id: string, hashes: readonly Uint8Array[]): Buffer[] | undefined
  destroy(id: string): void
  sweep(): number
}

export const createCredentials = (options: {
  folder: string
  masterKey: Uint8Array
  pki: Pki
  clock: Clock
  certificateSeconds: number
}): Credentials => {
  const { folder, masterKey, pki, clock, certificateSeconds } = options
  const shelf: Shelf<Credential> = createShelf(folder, clock, parseCredential)

  const seal = (id: string, secret: Uint8Array): string => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', masterKey, nonce).setAAD(Buffer.from(id))
    const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
  }
  const open = (id: string, text: string): Buffer => {
    const bytes = Buffer.from(text, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', masterKey, bytes.subarray(0, 12)).setAAD(Buffer.from(id))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()])
  }

  return {
    ofLogin({ grantId, clientId, person, browser }) {
      const id = createHash('sha256').update(`credential of ${grantId}`).digest('hex').slice(0, 32)
      const known = shelf.get(id)
      if (known) return known
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      const scalar = Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url')
      const certificate = pki.issueToPerson(person, publicKey, certificateSeconds)
      const credential: Credential = {
        id,
        personId: person.id,
        clientId,
        grantId,
        browser,
        certificate: certificate.toString('base64'),
        sealedKey: seal(id, scalar),
      }
      scalar.fill(0)
      shelf.put(id, credential, new Date(new X509Certificate(certificate).validTo))
      return credential
    },
    find: (id) => shelf.get(id),
    signOnce(id, hashes) {
      const credential = shelf.take(id)
      if (!credential) return undefined
      const scalar = open(id, credential.sealedKey)
      try {
        // node:crypto signs messages, not hashes; CSC sends hashes. `prehash: false` takes them as they are.
        return hashes.map((hash) =>
          Buffer.from(
            p256.sign(Uint8Array.from(hash), Uint8Array.from(scalar), { prehash: false, lowS: false, format: 'der' }),
          ),
        )
      } finally {
        scalar.fill(0)
      }
    },
    destroy: (id) => shelf.remove(id),
    sweep: () => shelf.sweep(),
  }
}

// One-time signing keys: made for one login, used once, encrypted at rest, gone after use or expiry.
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  generateKeyPair,
  type KeyObject,
  privateEncrypt,
  randomBytes,
} from 'node:crypto'
import { promisify } from 'node:util'
import { p256 } from '@noble/curves/nist.js'
import { hashAlgorithms, type KeyAlgorithm } from './algorithms.ts'
import type { Pki } from './ca.ts'
import { type Clock, plusSeconds } from './clock.ts'
import type { Faults } from './faults.ts'
import { type Person, people } from './people.ts'
import { createShelf, type Shelf } from './state-files.ts'

export type Credential = {
  id: string
  personId: string
  clientId: string
  /** The grant of the login that it belongs to. */
  grantId: string
  /** Hash of the browser's cookie: who approves in another browser has to identify himself again. */
  browser: string
  algorithm: KeyAlgorithm
  /** DER in base64. */
  certificate: string
  /** AES-256-GCM: nonce, tag and the PKCS#8 key, in base64. */
  sealedKey: string
}

const makePair = promisify(generateKeyPair)

const parseCredential = (value: unknown): Credential => {
  if (typeof value !== 'object' || value === null || !('sealedKey' in value)) throw new Error('Not a credential')
  return value as Credential
}

/**
 * node:crypto signs messages; CSC sends hashes, so ECDSA takes them as they are (`prehash: false`), and RSA wraps them into
 * DigestInfo (PKCS#1 v1.5).
 */
const signDigest = (key: KeyObject, digest: Uint8Array, hashOid: string): Buffer => {
  if (key.asymmetricKeyType === 'rsa') {
    const info = Buffer.concat([Buffer.from(hashAlgorithms[hashOid]?.digestInfo ?? '', 'hex'), digest])
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, info)
  }
  const scalar = Uint8Array.from(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'))
  try {
    // Digests longer than the curve's order lose their right end (FIPS 186-5 §6.4.1); the library does that.
    return Buffer.from(p256.sign(Uint8Array.from(digest), scalar, { prehash: false, lowS: false, format: 'der' }))
  } finally {
    scalar.fill(0)
  }
}

export type Credentials = {
  /** The credential of a login; made at the first call. */
  ofLogin(login: {
    grantId: string
    clientId: string
    person: Person
    browser: string
    algorithm: KeyAlgorithm
  }): Promise<Credential>
  find(id: string): Credential | undefined
  /**
   * Signs and destroys the key in one go; undefined when somebody else was first.
   * @returns DER ECDSA-Sig-Values or RSA signatures, in the order of the hashes
   */
  signOnce(id: string, hashes: readonly Uint8Array[], hashOid: string): Buffer[] | undefined
  sweep(): number
}

export const createCredentials = (options: {
  folder: string
  masterKey: Uint8Array
  pki: Pki
  clock: Clock
  certificateSeconds: number
  faults: Faults
}): Credentials => {
  const { folder, masterKey, pki, clock, certificateSeconds, faults } = options
  const shelf: Shelf<Credential> = createShelf(folder, clock, parseCredential)

  const seal = (id: string, secret: Uint8Array): string => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', masterKey, nonce).setAAD(Buffer.from(id))
    const sealed = Buffer.concat([cipher.update(secret), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
  }
  const open = (id: string, sealed: string): Buffer => {
    const bytes = Buffer.from(sealed, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', masterKey, bytes.subarray(0, 12)).setAAD(Buffer.from(id))
    decipher.setAuthTag(bytes.subarray(12, 28))
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()])
  }

  return {
    async ofLogin({ grantId, clientId, person, browser, algorithm }) {
      const id = createHash('sha256').update(`credential of ${grantId}`).digest('hex').slice(0, 32)
      const before = shelf.get(id)
      if (before) return before
      const { publicKey, privateKey } =
        algorithm === 'RSA'
          ? await makePair('rsa', { modulusLength: 3072 })
          : await makePair('ec', { namedCurve: 'P-256' })
      // Two calls at once: the first to finish has made it.
      const meanwhile = shelf.get(id)
      if (meanwhile) return meanwhile
      const secret = privateKey.export({ type: 'pkcs8', format: 'der' })
      const who = { person: person.id, client: clientId }
      const other = people.find((one) => one.id !== person.id) ?? person
      const holder = faults.strike('wrong-person-certificate', who) ? other : person
      const flaw = faults.strike('expired-certificate', who)
        ? 'expired'
        : faults.strike('number-in-certificate', who)
          ? 'number'
          : undefined
      const certificate = pki.issueToPerson(holder, publicKey, certificateSeconds, flaw)
      const credential: Credential = {
        id,
        personId: person.id,
        clientId,
        grantId,
        browser,
        algorithm,
        certificate: certificate.toString('base64'),
        sealedKey: seal(id, secret),
      }
      secret.fill(0)
      shelf.put(id, credential, plusSeconds(clock(), certificateSeconds))
      return credential
    },
    find: (id) => shelf.get(id),
    signOnce(id, hashes, hashOid) {
      const credential = shelf.take(id)
      if (!credential) return undefined
      const secret = open(id, credential.sealedKey)
      const key = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' })
      secret.fill(0)
      return hashes.map((hash) => signDigest(key, hash, hashOid))
    },
    sweep: () => shelf.sweep(),
  }
}

// The Crypto port by node:crypto.
import { constants, createHash, createPublicKey, type Hash, hash, type KeyObject, verify } from 'node:crypto'
import type { Certificate } from './certificate.ts'
import type { Crypto, DigestAlgorithm, RunningDigest, SignatureToVerify } from './crypto.ts'

/** Importing a key costs as much as a verification; a chain uses the same few keys again and again. */
const keys = new Map<string, KeyObject>()
const keysKept = 256

function publicKeyOf(spki: Uint8Array): KeyObject {
  const id = Buffer.from(spki.buffer, spki.byteOffset, spki.length).toString('latin1')
  let key = keys.get(id)
  if (key === undefined) {
    key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    if (keys.size >= keysKept) keys.clear()
    keys.set(id, key)
  }
  return key
}

function verifies({ scheme, spki, data, signature }: SignatureToVerify): boolean {
  const key = publicKeyOf(spki)
  const type = key.asymmetricKeyType
  switch (scheme.kind) {
    case 'ecdsa':
      // A key alone is taken faster than one with options; DER is what node expects of ECDSA by itself.
      return type === 'ec' && verify(scheme.digest, data, key, signature)
    case 'rsa-pkcs1':
      return type === 'rsa' && verify(scheme.digest, data, { key, padding: constants.RSA_PKCS1_PADDING }, signature)
    case 'rsa-pss': {
      const padding = constants.RSA_PKCS1_PSS_PADDING
      if (type !== 'rsa' && type !== 'rsa-pss') return false
      return verify(scheme.digest, data, { key, padding, saltLength: scheme.saltLength }, signature)
    }
    case 'ed25519':
      return type === 'ed25519' && verify(null, data, key, signature)
  }
}

/** A verification at once, for the side that signs; false for a key or signature that cannot be used. */
export function verifyNow(input: SignatureToVerify): boolean {
  try {
    return verifies(input)
  } catch {
    // A key on a curve OpenSSL does not know, or a key that is none: nothing verifies with it.
    return false
  }
}

export const nodeCrypto: Crypto = {
  async verify(input) {
    return verifyNow(input)
  },
  async digest(algorithm, data) {
    return digestNow(algorithm, data)
  },
  running: (algorithm) => runningOn(createHash(algorithm)),
}

const runningOn = (running: Hash): RunningDigest => ({
  update: (piece) => void running.update(piece),
  copy: () => runningOn(running.copy()),
  finish: () => running.digest(),
})

/** A digest at once, for the side that signs. */
export function digestNow(algorithm: DigestAlgorithm, data: Uint8Array): Uint8Array {
  return hash(algorithm, data, 'buffer')
}

const certificateDigests = new WeakMap<Certificate, Map<DigestAlgorithm, Uint8Array>>()

/** Digest of the certificate's DER, computed once for one that signs again and again. */
export function certificateDigestNow(algorithm: DigestAlgorithm, certificate: Certificate): Uint8Array {
  let known = certificateDigests.get(certificate)
  if (known === undefined) {
    known = new Map()
    certificateDigests.set(certificate, known)
  }
  let digest = known.get(algorithm)
  if (digest === undefined) {
    digest = digestNow(algorithm, certificate.der)
    known.set(algorithm, digest)
  }
  return digest
}

// PKCS#12 (RFC 7292): a private key with its certificates in one file under a passphrase; node-forge does the old ciphers.
import { createHmac, createPrivateKey, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto'
import forge from 'node-forge'
import { SeglError } from '../../errors.ts'
import {
  concatBytes,
  encodingOf,
  explicitTag,
  integer,
  nullValue,
  octetString,
  oid,
  readDer,
  sequence,
  setOf,
} from '../../kernel/der/index.ts'

// Present in node-forge and used by its own PKCS#12, but missing from its published types.
declare module 'node-forge' {
  namespace pki {
    namespace pbe {
      function getCipher(oid: string, parameters: asn1.Asn1, password: string): cipher.BlockCipher
    }
  }
}

export type KeyFile = {
  readonly privateKey: KeyObject
  /** DER exactly as stored, in the order of the file. */
  readonly certificates: readonly Uint8Array[]
}

const oids = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  pbes2: '1.2.840.113549.1.5.13',
  keyBag: '1.2.840.113549.1.12.10.1.1',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  localKeyId: '1.2.840.113549.1.9.21',
  sha256: '2.16.840.1.101.3.4.2.1',
}

/** RFC 7292 appendix B.3: the purpose of a key that authenticates. */
const macPurpose = 3
const macIterations = 2048
const mostIterations = 10_000_000

type Digest = { readonly name: string; readonly length: number; readonly create: () => forge.md.MessageDigest }
const sha256: Digest = { name: 'sha256', length: 32, create: forge.md.sha256.create }
const digests: Readonly<Record<string, Digest>> = {
  '1.3.14.3.2.26': { name: 'sha1', length: 20, create: forge.md.sha1.create },
  [oids.sha256]: sha256,
  '2.16.840.1.101.3.4.2.2': { name: 'sha384', length: 48, create: forge.md.sha384.create },
  '2.16.840.1.101.3.4.2.3': { name: 'sha512', length: 64, create: forge.md.sha512.create },
}

/** Reads a PKCS#12 file. A wrong passphrase or a file that is none is CONFIG_INVALID; the message holds no secret. */
export function readPkcs12(bytes: Uint8Array, passphrase: string): KeyFile {
  try {
    const pfx = forge.asn1.fromDer(binary(bytes), false)
    if (
      pfx.type !== forge.asn1.Type.SEQUENCE ||
      octets(child(pfx, 0)) !== '\x03' ||
      oidOf(child(pfx, 1, 0)) !== oids.data
    )
      throw new Error('the file is not PKCS#12 version 3 under a passphrase')
    const safe = octets(child(pfx, 1, 1, 0))
    checkMac(child(pfx, 2), safe, passphrase)
    // The bags are walked here and not by forge: it re-encodes the certificates it parses, cannot hold EC ones, and has
    // no passphrase with æ, ø or å for PBES2.
    const bags = children(forge.asn1.fromDer(safe, false)).flatMap((content) => bagsOf(content, passphrase))
    const keys = bags.flatMap((bag) => privateKeyOf(bag, passphrase) ?? [])
    const [privateKey] = keys
    if (privateKey === undefined || keys.length > 1)
      throw new Error(`the file holds ${keys.length} private keys, not one`)
    return { privateKey, certificates: bags.flatMap((bag) => certificateOf(bag) ?? []) }
  } catch (cause) {
    throw new SeglError(
      'CONFIG_INVALID',
      'The seal key file does not open as PKCS#12. Check SEAL_KEY_FILE and SEAL_KEY_PASSPHRASE.',
      { cause },
    )
  }
}

/** MacData (RFC 7292 §4): without it, or with a wrong one, nothing of the file is believed. */
function checkMac(macData: forge.asn1.Asn1, safe: string, passphrase: string): void {
  const digest = digests[oidOf(child(macData, 0, 0, 0))]
  if (digest === undefined) throw new Error('the MAC uses a digest that is not known')
  const salt = Buffer.from(octets(child(macData, 1)), 'binary')
  const given = children(macData)[2]
  const iterations = given === undefined ? 1 : Number.parseInt(Buffer.from(octets(given), 'binary').toString('hex'), 16)
  if (!(iterations >= 1 && iterations <= mostIterations)) throw new Error('the MAC has a strange count of iterations')
  const expected = macOf(Buffer.from(safe, 'binary'), { passphrase, salt, iterations, digest })
  const found = Buffer.from(octets(child(macData, 0, 1)), 'binary')
  if (found.length !== expected.length || !timingSafeEqual(found, expected)) throw new Error('the MAC does not verify')
}

function bagsOf(contentInfo: forge.asn1.Asn1, passphrase: string): readonly forge.asn1.Asn1[] {
  const content = child(contentInfo, 1, 0)
  const type = oidOf(child(contentInfo, 0))
  return children(
    forge.asn1.fromDer(type === oids.encryptedData ? decrypted(content, passphrase) : octets(content), false),
  )
}

function privateKeyOf(bag: forge.asn1.Asn1, passphrase: string): KeyObject | undefined {
  const type = oidOf(child(bag, 0))
  if (type !== oids.shroudedKeyBag && type !== oids.keyBag) return undefined
  const value = child(bag, 1, 0)
  const info =
    type === oids.keyBag
      ? value
      : forge.pki.decryptPrivateKeyInfo(value, passwordFor(oidOf(child(value, 0, 0)), passphrase))
  const der = Buffer.from(forge.asn1.toDer(info).getBytes(), 'binary')
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
}

function certificateOf(bag: forge.asn1.Asn1): Uint8Array | undefined {
  if (oidOf(child(bag, 0)) !== oids.certBag || oidOf(child(bag, 1, 0, 0)) !== oids.x509Certificate) return undefined
  return new Uint8Array(Buffer.from(octets(child(bag, 1, 0, 1, 0)), 'binary'))
}

/** PBES2 takes the passphrase as UTF-8 octets, as OpenSSL does; the older schemes take its characters (RFC 7292 B.1). */
function passwordFor(encryptionOid: string, passphrase: string): string {
  return encryptionOid === oids.pbes2 ? Buffer.from(passphrase, 'utf8').toString('binary') : passphrase
}

/** EncryptedData (RFC 5652 §8) under a password. */
function decrypted(encryptedData: forge.asn1.Asn1, passphrase: string): string {
  const info = child(encryptedData, 1)
  const algorithm = child(info, 1)
  const scheme = oidOf(child(algorithm, 0))
  const cipher = forge.pki.pbe.getCipher(scheme, child(algorithm, 1), passwordFor(scheme, passphrase))
  cipher.update(forge.util.createBuffer(octets(child(info, 2))))
  if (!cipher.finish()) throw new Error('the certificates do not decrypt')
  return cipher.output.getBytes()
}

function child(element: forge.asn1.Asn1, ...path: readonly number[]): forge.asn1.Asn1 {
  let at = element
  for (const index of path) {
    const next = children(at)[index]
    if (next === undefined) throw new Error('the structure lacks a field')
    at = next
  }
  return at
}

function children(element: forge.asn1.Asn1): readonly forge.asn1.Asn1[] {
  if (typeof element.value === 'string') throw new Error('a structure was expected')
  return element.value
}

/** The content of an OCTET STRING, also when BER has cut it into pieces. */
function octets(element: forge.asn1.Asn1): string {
  return typeof element.value === 'string' ? element.value : element.value.map(octets).join('')
}

function oidOf(element: forge.asn1.Asn1): string {
  if (typeof element.value !== 'string') throw new Error('an object identifier was expected')
  return forge.asn1.derToOid(forge.util.createBuffer(element.value))
}

const binary = (bytes: Uint8Array) => forge.util.createBuffer(Buffer.from(bytes).toString('binary'))

/**
 * Writes a PKCS#12 file: the key under PBES2 (AES-256, by OpenSSL), the certificates in the clear, as they are public, all
 * under an HMAC-SHA-256. `certificates`: DER, leaf first. The passphrase should be random: nothing here slows guessing down.
 */
export function writePkcs12(file: KeyFile, passphrase: string): Uint8Array {
  const shrouded = file.privateKey.export({ format: 'der', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase })
  const localKeyId = setOf([sequence(oid(oids.localKeyId), setOf([octetString(Uint8Array.of(1))]))])
  const keyBag = sequence(oid(oids.shroudedKeyBag), explicitTag(0, encodingOf(readDer(shrouded))), localKeyId)
  const certBags = file.certificates.map((der, index) => {
    const value = sequence(oid(oids.x509Certificate), explicitTag(0, octetString(der)))
    return sequence(oid(oids.certBag), explicitTag(0, value), ...(index === 0 ? [localKeyId] : []))
  })
  const safe = sequence(dataContent(sequence(keyBag)), dataContent(sequence(...certBags)))
  const salt = randomBytes(16)
  const mac = macOf(safe, { passphrase, salt, iterations: macIterations, digest: sha256 })
  const digestInfo = sequence(sequence(oid(oids.sha256), nullValue()), octetString(mac))
  const macData = sequence(digestInfo, octetString(salt), integer(macIterations))
  return concatBytes([sequence(integer(3), dataContent(safe), macData)])
}

/** ContentInfo of type data (RFC 5652 §4). */
const dataContent = (content: Uint8Array) => sequence(oid(oids.data), explicitTag(0, octetString(content)))

/** HMAC under a key derived from the passphrase (RFC 7292 appendix B.2). */
function macOf(
  data: Uint8Array,
  by: { readonly passphrase: string; readonly salt: Buffer; readonly iterations: number; readonly digest: Digest },
): Buffer {
  const { passphrase, salt, iterations, digest } = by
  const saltBytes = forge.util.createBuffer(salt.toString('binary'))
  const key = forge.pkcs12.generateKey(passphrase, saltBytes, macPurpose, iterations, digest.length, digest.create())
  return createHmac(digest.name, Buffer.from(key.getBytes(), 'binary')).update(data).digest()
}

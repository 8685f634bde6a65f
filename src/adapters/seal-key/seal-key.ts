// The organisation's e-seal key: from a PKCS#12 or PEM file, checked against its certificate, signing by node:crypto.
import { constants, createPrivateKey, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { SeglError } from '../../errors.ts'
import type { SealKey } from '../../flow/ports/trust-services.ts'
import { equalBytes, readPem } from '../../kernel/der/index.ts'
import { type Certificate, nameAttribute, parseCertificate } from '../../kernel/x509/index.ts'
import { type KeyFile, readPkcs12 } from './pkcs12.ts'

export type SealKeyFile = {
  /** SEAL_KEY_FILE: PKCS#12 (`.p12`, `.pfx`), or PEM with the key in PKCS#8 and its certificates. */
  readonly file: string
  /** SEAL_KEY_PASSPHRASE; may be empty for a PEM file whose key is not encrypted. */
  readonly passphrase: string
}

export type LoadedSealKey = SealKey & {
  /** End of the certificate's validity. */
  readonly notAfter: Date
}

const smallestModulus = 2048

/**
 * Reads the key and its chain. Missing file: SECRET_MISSING. A file that does not open, or whose key and certificate do not
 * belong together: CONFIG_INVALID. A certificate that may not seal at `at`: CERTIFICATE_INVALID.
 */
export async function loadSealKey(options: SealKeyFile & { readonly at: Date }): Promise<LoadedSealKey> {
  const bytes = await readFile(options.file).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT')
      throw new SeglError(
        'SECRET_MISSING',
        `The seal key ${options.file} is missing. Run "segl up" once, or put it there.`,
      )
    throw new SeglError('CONFIG_INVALID', `The seal key ${options.file} cannot be read. Make it readable.`, { cause })
  })
  const isPem = bytes.subarray(0, 64).includes('-----BEGIN')
  return sealKeyOf(
    isPem ? readPemFile(bytes.toString('latin1'), options) : readPkcs12(bytes, options.passphrase),
    options.at,
  )
}

/** Makes the port from a key and its certificates in any order. Throws as `loadSealKey`. */
export function sealKeyOf(file: KeyFile, at: Date): LoadedSealKey {
  const chain = orderedChain(file)
  const leaf = chain[0]
  if (leaf === undefined)
    throw new SeglError('CONFIG_INVALID', 'The seal key file holds no certificate for its key. Export both together.')
  checkCertificate(leaf, at)
  const organisation = nameAttribute(leaf.subject, 'O')
  if (organisation === undefined)
    throw new SeglError(
      'CERTIFICATE_INVALID',
      'The seal certificate names no organisation (O). Use an organisation certificate.',
    )
  return {
    certificates: chain.map(({ der }) => der),
    algorithm: algorithmOf(leaf),
    organisation,
    notAfter: new Date(leaf.notAfter),
    sign: (data) => signature(file.privateKey, algorithmOf(leaf), data),
  }
}

function signature(key: KeyObject, algorithm: SealKey['algorithm'], data: Uint8Array): Promise<Uint8Array> {
  const scheme =
    algorithm === 'rsa-pss-sha256'
      ? { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
      : { key, dsaEncoding: 'der' as const }
  return new Promise((resolve, reject) => {
    // With a callback the work is done in the thread pool, not on the event loop.
    sign('sha256', data, scheme, (error, value) => (error === null ? resolve(value) : reject(error)))
  })
}

function algorithmOf({ publicKey }: Certificate): SealKey['algorithm'] {
  if (publicKey.kind === 'ec' && publicKey.curve === 'P-256') return 'ecdsa-p256-sha256'
  if (publicKey.kind === 'rsa' && publicKey.bits >= smallestModulus) return 'rsa-pss-sha256'
  throw new SeglError('CERTIFICATE_INVALID', 'The seal key must be RSA with at least 2048 bits, or EC on P-256.')
}

function checkCertificate(leaf: Certificate, at: Date): void {
  const time = at.getTime()
  if (time < leaf.notBefore || time > leaf.notAfter)
    throw new SeglError(
      'CERTIFICATE_INVALID',
      `The seal certificate is valid from ${new Date(leaf.notBefore).toISOString()} to ${new Date(leaf.notAfter).toISOString()} and not now. Renew it.`,
    )
  const { keyUsage, basicConstraints } = leaf
  // EN 319 412-3 §4.3.1 by way of 412-2 §4.3.2: nonRepudiation, digitalSignature, or both.
  if (keyUsage !== undefined && !keyUsage.has('nonRepudiation') && !keyUsage.has('digitalSignature'))
    throw new SeglError(
      'CERTIFICATE_INVALID',
      'The seal certificate may not be used for signatures (keyUsage). Use another one.',
    )
  if (basicConstraints?.ca === true)
    throw new SeglError('CERTIFICATE_INVALID', 'The seal certificate is that of a CA. Use an organisation certificate.')
}

/** Leaf first, then issuer after issuer as far as the file goes; what belongs to no chain is left out. */
function orderedChain({ privateKey, certificates }: KeyFile): Certificate[] {
  const all = certificates.map((der) => ({ der, x509: new X509Certificate(der) }))
  let next = all.find(({ x509 }) => x509.checkPrivateKey(privateKey))
  const chain: Certificate[] = []
  while (next !== undefined && !chain.some(({ der }) => equalBytes(der, next?.der ?? new Uint8Array()))) {
    const { der, x509 } = next
    chain.push(parseCertificate(der))
    next = all.find((candidate) => x509.checkIssued(candidate.x509) && x509.verify(candidate.x509.publicKey))
  }
  return chain
}

function readPemFile(text: string, { file, passphrase }: SealKeyFile): KeyFile {
  try {
    return {
      privateKey: createPrivateKey({ key: text, format: 'pem', passphrase }),
      certificates: readPem(text, 'CERTIFICATE'),
    }
  } catch (cause) {
    throw new SeglError('CONFIG_INVALID', `${file} holds no private key that opens. Check SEAL_KEY_PASSPHRASE.`, {
      cause,
    })
  }
}

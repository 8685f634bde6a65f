// The root we believe in: fetched from the trust service at first contact, pinned in the data folder, the same for ever after.
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { isSeglError, SeglError } from '../../errors.ts'
import { readPem, writePem } from '../../kernel/der/index.ts'
import { type Certificate, nodeCrypto, parseCertificate } from '../../kernel/x509/index.ts'
import { writeOnce } from './write-once.ts'

export type TrustRoot = {
  readonly certificate: Uint8Array
  readonly pem: string
  /** SHA-256 of the DER, lower-case hex. */
  readonly sha256: string
}

/**
 * Reads the pinned root from `file`; missing, takes it from `fetchCertificates` (EST `cacerts`) and pins it there.
 * `sha256` (BANKID_ROOT_SHA256) says which root it must be: a pinned or published one that differs is CONFIG_INVALID.
 */
export async function loadTrustRoot(options: {
  readonly file: string
  readonly sha256?: string | undefined
  readonly fetchCertificates: () => Promise<readonly Uint8Array[]>
}): Promise<TrustRoot> {
  const expected = options.sha256?.replaceAll(':', '').toLowerCase()
  if (expected !== undefined && !/^[0-9a-f]{64}$/.test(expected))
    throw new SeglError('CONFIG_INVALID', 'BANKID_ROOT_SHA256 must be 64 hexadecimal digits.')
  const pinned = await readFile(options.file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'ENOENT') return undefined
    throw new SeglError('CONFIG_INVALID', `The trust root ${options.file} cannot be read. Make it readable.`, { cause })
  })
  const pem = pinned ?? (await writeOnce(options.file, await published(options.fetchCertificates, expected), 0o644))
  return rootOf(pem, options.file, expected)
}

/**
 * Reads roots beside the pinned one from `file` (PEM, one or more): those of other time-stamping authorities, and of whoever
 * issued a bought e-seal. CONFIG_INVALID when the file cannot be read or holds anything but roots.
 */
export async function readFurtherRoots(file: string): Promise<readonly Uint8Array[]> {
  const refuse = (what: string, cause?: unknown) =>
    new SeglError('CONFIG_INVALID', `TRUST_ROOTS_FILE names ${file}, which ${what}.`, { cause })
  const pem = await readFile(file, 'utf8').catch((cause) => {
    throw refuse('cannot be read. Put root certificates in PEM there', cause)
  })
  try {
    const roots = readPem(pem, 'CERTIFICATE')
    for (const der of roots)
      if (!(await isRoot(parseCertificate(der)))) throw refuse('holds a certificate that is no root')
    if (roots.length > 0) return roots
  } catch (cause) {
    if (isSeglError(cause, 'CONFIG_INVALID')) throw cause
    throw refuse('does not hold certificates in PEM', cause)
  }
  throw refuse('holds no certificate')
}

async function published(fetch: () => Promise<readonly Uint8Array[]>, expected: string | undefined): Promise<string> {
  const certificates = (await fetch()).map((der) => parseCertificate(der))
  const roots: Certificate[] = []
  for (const certificate of certificates) if (await isRoot(certificate)) roots.push(certificate)
  const [root] = expected === undefined ? roots : roots.filter(({ der }) => fingerprint(der) === expected)
  if (root === undefined)
    throw new SeglError(
      'CONFIG_INVALID',
      expected === undefined
        ? 'The trust service publishes no root certificate. Put it into the data folder as trust/root.pem.'
        : 'The trust service does not publish the root that BANKID_ROOT_SHA256 names. Check both with its operator.',
    )
  if (expected === undefined && roots.length > 1)
    throw new SeglError(
      'CONFIG_INVALID',
      'The trust service publishes several roots. Say which one by BANKID_ROOT_SHA256.',
    )
  return writePem(root.der, 'CERTIFICATE')
}

/** Self-signed, and a CA (RFC 5280 §6.1.1 leaves the choice of anchors to us; a leaf is none). */
async function isRoot(certificate: Certificate): Promise<boolean> {
  const { signatureScheme: scheme, spkiDer: spki, tbsDer: data, signature } = certificate
  if (!certificate.selfIssued || certificate.basicConstraints?.ca !== true || scheme === undefined) return false
  return nodeCrypto.verify({ scheme, spki, data, signature })
}

async function rootOf(pem: string, file: string, expected: string | undefined): Promise<TrustRoot> {
  const [der, ...others] = readPem(pem, 'CERTIFICATE')
  if (der === undefined || others.length > 0 || !(await isRoot(parseCertificate(der))))
    throw new SeglError('CONFIG_INVALID', `${file} must hold exactly one root certificate in PEM.`)
  const sha256 = fingerprint(der)
  if (expected !== undefined && sha256 !== expected)
    throw new SeglError(
      'CONFIG_INVALID',
      `${file} holds another root than BANKID_ROOT_SHA256 names. Remove the wrong one.`,
    )
  return { certificate: der, pem, sha256 }
}

const fingerprint = (der: Uint8Array) => createHash('sha256').update(der).digest('hex')

// One PKI for the tests of paths: root and issuing CA by openssl, our verdict and openssl's on the same chain.
import assert from 'node:assert/strict'
import {
  type Certificate,
  nodeCrypto,
  type PathInput,
  type PathValidation,
  type Purpose,
  parseCertificate,
  validatePath,
} from '../../../src/kernel/x509/index.ts'
import {
  type Authority,
  type Issued,
  openssl,
  rootAuthority,
  signerExtensions,
  type temporaryFolder,
  tryOpenssl,
} from './openssl-authority.ts'

export const certificateOf = (issued: Issued): Certificate => parseCertificate(issued.der)

export type PathJudges = ReturnType<typeof pathJudges>

export function pathJudges(folder: ReturnType<typeof temporaryFolder>) {
  const now = Date.now()
  const root = rootAuthority(folder.path, { subject: '/C=NO/CN=Rot' })
  const ca = root.subordinate({ subject: '/C=NO/O=Test AS/CN=Utsteder' })

  const validate = (
    leaf: Issued,
    chain: readonly Issued[],
    options: Partial<PathInput> = {},
  ): Promise<PathValidation> =>
    validatePath({
      certificate: certificateOf(leaf),
      candidates: chain.map(certificateOf),
      trustAnchors: [certificateOf(root)],
      at: now,
      revocation: 'unchecked',
      purpose: 'signing',
      crypto: nodeCrypto,
      ...options,
    })

  /** Refused for what the clause of `citation` asks of a chain. */
  const assertRefused = async (
    leaf: Issued,
    chain: readonly Issued[],
    citation: string,
    purpose: Purpose = 'signing',
  ): Promise<void> => {
    const result = await validate(leaf, chain, { purpose })
    assert.equal(result.verdict, 'INDETERMINATE')
    assert.equal(result.subIndication, 'CHAIN_CONSTRAINTS_FAILURE')
    assert.ok(
      result.reasons.some((reason) => reason.citation === citation),
      JSON.stringify(result.reasons),
    )
  }

  /** openssl's own verdict on the same chain; it judges key usage and time the same way. */
  const opensslAccepts = (leaf: Issued, chain: readonly Issued[], options: readonly string[] = []): boolean => {
    const untrusted = folder.file(
      'untrusted.pem',
      Buffer.concat(chain.map((one) => openssl(['x509', '-in', one.certificateFile]))),
    )
    const args = ['verify', '-x509_strict', ...options, '-CAfile', root.certificateFile, '-untrusted', untrusted]
    return tryOpenssl([...args, leaf.certificateFile]).status === 0
  }

  const signer = (issuer: Authority, extra: Partial<Parameters<Authority['issue']>[0]> = {}) =>
    issuer.issue({ subject: '/C=NO/CN=Kari Nordmann', extensions: signerExtensions, ...extra })

  return { now, root, ca, validate, assertRefused, opensslAccepts, signer }
}

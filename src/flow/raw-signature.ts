// The raw signature that came back from signHash: its algorithm, and whether it is what was asked for.
import { constants, verify, X509Certificate } from 'node:crypto'
import { SeglError } from '../errors.ts'
import type { SignatureAlgorithm } from '../kernel/x509/index.ts'

/** CSC `key/algo` OIDs that we sign with (ETSI TS 119 312 has no end date for the first and the last). */
const algorithms: Readonly<Record<string, SignatureAlgorithm>> = {
  '1.2.840.10045.4.3.2': 'ecdsa-p256-sha256',
  '1.2.840.113549.1.1.11': 'rsa-pkcs1-sha256',
  '1.2.840.113549.1.1.1': 'rsa-pkcs1-sha256',
  '1.2.840.113549.1.1.10': 'rsa-pss-sha256',
}

/** The kernel's name of a CSC signature algorithm; TRUST_SERVICE_MALFORMED for one that we do not know. */
export function signatureAlgorithm(oid: string): SignatureAlgorithm {
  const algorithm = algorithms[oid]
  if (!algorithm)
    throw new SeglError('TRUST_SERVICE_MALFORMED', `BankID offers no signature algorithm that we know (${oid}).`)
  return algorithm
}

/** Throws SIGNATURE_INVALID unless `signature` is one over `data` by the certificate's key. */
export function checkRawSignature(input: {
  readonly certificate: Uint8Array | undefined
  readonly signAlgorithm: string
  readonly data: Uint8Array
  readonly signature: Uint8Array | undefined
}): void {
  const { certificate, signature, data } = input
  const pss = signatureAlgorithm(input.signAlgorithm) === 'rsa-pss-sha256'
  const valid =
    certificate !== undefined &&
    signature !== undefined &&
    verify(
      'sha256',
      data,
      {
        key: new X509Certificate(certificate).publicKey,
        dsaEncoding: 'der',
        ...(pss ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } : {}),
      },
      signature,
    )
  if (!valid)
    throw new SeglError('SIGNATURE_INVALID', 'BankID answered with a signature over something else. Sign again.')
}

// What a CSC service hands over for signing: which algorithms we take, the certificates, the raw signatures.
import { SeglError } from '../../errors.ts'
import type { Credential } from '../../flow/ports/trust-services.ts'
import { childrenOf, readDer, readInteger, readRange, Tag } from '../../kernel/der/index.ts'
import { type Certificate, nameAttributes, parseCertificate, schemeIdentifier } from '../../kernel/x509/index.ts'
import { malformed } from './outside-call.ts'

const what = 'BankID (signing)'

/** RSASSA-PSS-params for SHA-256 with a salt of 32: the second field of the AlgorithmIdentifier (RFC 4055 §3.1). */
function pssParameters(): Uint8Array {
  const [, parameters] = childrenOf(readDer(schemeIdentifier({ kind: 'rsa-pss', digest: 'sha256', saltLength: 32 })))
  if (parameters === undefined) throw new SeglError('INTERNAL', 'RSASSA-PSS has parameters.')
  return parameters.source.subarray(parameters.start, parameters.end)
}

/**
 * CSC `signAlgo` OIDs that we take, best first (ETSI TS 119 312); `parameters` is what goes into `signAlgoParams`. The last is
 * the bare key OID, which means PKCS#1 v1.5 with the digest of hashAlgorithmOID (CSC 2.0.0.2 §11.9).
 */
export const signatureAlgorithms: readonly {
  readonly oid: string
  readonly key: 'ec' | 'rsa'
  readonly parameters?: Uint8Array
}[] = [
  { oid: '1.2.840.10045.4.3.2', key: 'ec' },
  { oid: '1.2.840.113549.1.1.10', key: 'rsa', parameters: pssParameters() },
  { oid: '1.2.840.113549.1.1.11', key: 'rsa' },
  { oid: '1.2.840.113549.1.1.1', key: 'rsa' },
]

/** Norwegian national identity number as a certificate extension (BankID's scope esign/nnin). */
const nationalIdentityNumberOid = '2.16.578.1.61.2.4'

/**
 * Reads the certificates of a credential, leaf first. TRUST_SERVICE_MALFORMED when one is no certificate;
 * CERTIFICATE_INVALID when the leaf carries a national identity number: it would be in every copy of the PDF for ever.
 */
export function certificateChain(encoded: readonly string[]): readonly Uint8Array[] {
  const chain = encoded.map((text) => {
    const der = decodeBase64(text)
    try {
      return parseCertificate(der)
    } catch (cause) {
      throw malformed(what, 'gave a certificate that cannot be read', cause)
    }
  })
  const leaf = chain[0]
  if (leaf === undefined) throw malformed(what, 'gave no certificate')
  if (carriesNationalIdentityNumber(leaf))
    throw new SeglError(
      'CERTIFICATE_INVALID',
      'The certificate carries a national identity number and must not go into a document. Register the client without the right to it (esign/nnin).',
    )
  return chain.map(({ der }) => der)
}

function carriesNationalIdentityNumber(certificate: Certificate): boolean {
  if (certificate.extensions.has(nationalIdentityNumberOid)) return true
  // EN 319 412-1 §5.1.3: the semantics identifier PNO stands for a national personal number.
  return nameAttributes(certificate.subject, 'serialNumber').some((value) => /^PNO|^\d{11}$/.test(value))
}

/** Decodes one signature and checks its shape against the certificate's key; whether it verifies is the story's to check. */
export function rawSignature(encoded: string, credential: Credential): Uint8Array {
  const signature = decodeBase64(encoded)
  const leaf = credential.certificates[0]
  const key = leaf === undefined ? undefined : parseCertificate(leaf).publicKey
  const shaped =
    key !== undefined && (key.kind === 'ec' ? isEcdsaValue(signature) : signature.length === Math.ceil(key.bits / 8))
  if (!shaped) throw malformed(what, 'answered a signature that has not the shape of one')
  return signature
}

/** ECDSA-Sig-Value (RFC 3279 §2.2.3): two positive integers. */
function isEcdsaValue(signature: Uint8Array): boolean {
  try {
    const element = readRange(signature, 0, signature.length)
    const fields = childrenOf(element)
    return element.tag === Tag.sequence && fields.length === 2 && fields.every((field) => readInteger(field) > 0n)
  } catch {
    return false
  }
}

/** Base64 as RFC 4648 §4 has it; anything else is TRUST_SERVICE_MALFORMED. */
function decodeBase64(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length === 0 || bytes.toString('base64') !== text)
    throw malformed(what, 'answered something that is not base64')
  return new Uint8Array(bytes)
}

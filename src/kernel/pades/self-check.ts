// Looks at a finished signature before it counts: what stands in the increment's bytes, without reading the file again.

import { SeglError } from '../../errors.ts'
import { parseSignedData, verifySignerNow } from '../cms/index.ts'
import { elementAt } from '../der/index.ts'
import type { Certificate } from '../x509/index.ts'
import type { ToBeSigned } from './state.ts'

/**
 * Passes when `increment` is what `toBeSigned` was hashed with: the ByteRange leaves out exactly the hole and ends with the file, what lies
 * around the hole is unchanged, the hole holds one CMS of strict DER and zeros, and that CMS is a signature over the digest of
 * `toBeSigned` which verifies with the key of `certificate` and names it. Throws INTERNAL for bytes that are not as they were
 * hashed, MALFORMED_DER for a CMS that is none, SIGNATURE_INVALID for a signature that is not this certificate's.
 * `digestSigned` answers the other question, whether the file below is still the one that was hashed.
 */
export function checkSigned(toBeSigned: ToBeSigned, increment: Uint8Array, certificate: Certificate): void {
  const cms = contentsOf(toBeSigned, Buffer.from(increment.buffer, increment.byteOffset, increment.length))
  const signedData = parseSignedData(cms)
  const { version, digestAlgorithms, content, signerInfos } = signedData
  const [signer] = signerInfos
  // What no signature covers: RFC 5652 5.1 and 5.3 leave one value for each.
  const isPlain = version === 1 && signer?.version === 1 && content === undefined
  if (
    !isPlain ||
    signer.digestAlgorithm !== toBeSigned.digestAlgorithm ||
    digestAlgorithms.join() !== signer.digestOid
  ) {
    throw notThisSignature('it is not detached, or of another version or digest algorithm')
  }
  // EN 319 142-1 Table 1: the signer's own certificate is in the CMS.
  if (!signedData.certificates.some((der) => Buffer.compare(der, certificate.der) === 0)) {
    throw notThisSignature('the certificate is not in it')
  }
  const contentDigest = Buffer.from(toBeSigned.documentDigest, 'base64')
  const { verdict, reasons } = verifySignerNow(signedData, contentDigest, certificate)
  if (verdict !== 'PASSED') throw notThisSignature(reasons.map(({ detail }) => detail).join('; '))
}

const notThisSignature = (why: string): SeglError =>
  new SeglError('SIGNATURE_INVALID', `The signature does not belong to this revision: ${why}. Sign again.`)

const damaged = (what: string): SeglError => new SeglError('INTERNAL', `The finished revision is damaged: ${what}.`)

/** The DER in the hole, after everything around it has been compared. */
function contentsOf({ head, tail, byteRange, contentsSize, next }: ToBeSigned, increment: Buffer): Buffer {
  const [from, length, rest, restLength] = byteRange
  const base = next.size - increment.length
  const [hole, after] = [length - base, rest - base]
  if (from !== 0 || after - hole !== 2 * contentsSize + 2 || rest + restLength !== next.size) {
    throw damaged('its ByteRange does not leave out exactly the place of the signature')
  }
  if (increment.toString('base64', 0, hole) !== head || increment.toString('base64', after) !== tail) {
    throw damaged('it is not the one that was hashed')
  }
  if (increment[hole] !== 0x3c || increment[after - 1] !== 0x3e) throw damaged('/Contents has no brackets')
  const begin = hole + 1
  const size = derSize(increment, begin, contentsSize)
  const end = begin + 2 * size
  const cms = Buffer.from(increment.toString('latin1', begin, end), 'hex')
  if (cms.length !== size) throw damaged('/Contents is not hexadecimal')
  if (!isZeros(increment.subarray(end, after - 1))) throw damaged('the signature is not followed by zeros')
  return cms
}

/** Whether nothing but the digit 0 is there: the first is one, and each is like the one before. */
function isZeros(digits: Buffer): boolean {
  return digits.length === 0 || (digits[0] === 0x30 && digits.subarray(1).equals(digits.subarray(0, -1)))
}

/** Bytes of the DER element whose hexadecimal digits begin at `at`: by its header, which is at most six octets long. */
function derSize(digits: Buffer, at: number, room: number): number {
  return elementAt(Buffer.from(digits.toString('latin1', at, at + 12), 'hex'), 0, room).end
}

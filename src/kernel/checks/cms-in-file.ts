// Reads the CMS in the hole of a signature dictionary: a signature, or a time-stamp token.
import { SeglError } from '../../errors.ts'
import { parseSignedData, parseTimestampToken, type SignedData, type TimestampToken } from '../cms/index.ts'
import { derLength } from '../der/index.ts'
import type { EmbeddedSignature } from '../pdf/index.ts'

/** The CMS in /Contents; what follows the DER in its hole may only be zeros, which a check looks at. */
export function readCms(contents: Uint8Array | undefined): {
  readonly cms: SignedData | undefined
  readonly fault: string | undefined
} {
  if (!contents) return { cms: undefined, fault: 'There is no /Contents.' }
  try {
    return { cms: parseSignedData(contents.subarray(0, derLength(contents))), fault: undefined }
  } catch (error) {
    if (!(error instanceof SeglError)) throw error
    return { cms: undefined, fault: error.detail }
  }
}

export function readToken(contents: Uint8Array | undefined): TimestampToken | undefined {
  if (!contents) return undefined
  try {
    return parseTimestampToken(contents.subarray(0, derLength(contents)))
  } catch (error) {
    if (error instanceof SeglError) return undefined
    throw error
  }
}

/** Certificates in a signature's CMS and in the time-stamps on it. */
export function certificatesIn({ contents }: EmbeddedSignature): readonly Uint8Array[] {
  const { cms } = readCms(contents)
  if (!cms) return []
  const tokens = cms.signerInfos.flatMap(({ signatureTimestamps }) => signatureTimestamps)
  return [...cms.certificates, ...tokens.flatMap((der) => readCms(der).cms?.certificates ?? [])]
}

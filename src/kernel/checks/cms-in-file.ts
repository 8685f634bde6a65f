// Reads the CMS in the hole of a signature dictionary: a signature, or a time-stamp token. Ours is strict DER; what other programs wrote
// may be BER (RFC 5652), which CMS_DER tells.
import { SeglError } from '../../errors.ts'
import {
  parseForeignSignedData,
  parseForeignTimestampToken,
  parseSignedData,
  parseTimestampToken,
  type SignedData,
  type TimestampToken,
} from '../cms/index.ts'
import { derLength, fromBer } from '../der/index.ts'
import type { EmbeddedSignature } from '../pdf/index.ts'
import { isOurs } from './ours.ts'

/** Length of what stands at the beginning of the hole; all of it where that cannot be told. */
export function cmsLength(embedded: EmbeddedSignature): number {
  const { contents = new Uint8Array() } = embedded
  if (isOurs(embedded) || contents[1] !== 0x80) return derLength(contents)
  return attempt(() => fromBer(contents).length).value ?? contents.length
}

/** The CMS in /Contents; what follows it in its hole may only be zeros, which a check looks at. */
export function readCms(embedded: EmbeddedSignature): {
  readonly cms: SignedData | undefined
  readonly fault: string | undefined
} {
  const { contents } = embedded
  if (!contents) return { cms: undefined, fault: 'There is no /Contents.' }
  const { value, fault } = attempt(() => cmsOf(contents.subarray(0, cmsLength(embedded)), isOurs(embedded)))
  return { cms: value, fault }
}

const cmsOf = (bytes: Uint8Array, strict: boolean): SignedData =>
  strict ? parseSignedData(bytes) : parseForeignSignedData(bytes)

/** A document time-stamp's token. */
export function readToken(embedded: EmbeddedSignature): TimestampToken | undefined {
  const { contents } = embedded
  return contents && tokenIn(contents.subarray(0, cmsLength(embedded)), embedded)
}

/** A token in a signature or in its attributes. */
export const tokenIn = (bytes: Uint8Array, holder: EmbeddedSignature): TimestampToken | undefined =>
  attempt(() => (isOurs(holder) ? parseTimestampToken(bytes) : parseForeignTimestampToken(bytes))).value

/** Certificates in a signature's CMS and in the time-stamps on it, as they stand. */
export function certificatesIn(embedded: EmbeddedSignature): readonly Uint8Array[] {
  const { cms } = readCms(embedded)
  if (!cms) return []
  const tokens = cms.signerInfos.flatMap(({ signatureTimestamps }) => signatureTimestamps)
  const inside = (bytes: Uint8Array) => attempt(() => cmsOf(bytes, isOurs(embedded))).value?.certificates ?? []
  return [...cms.certificates, ...tokens.flatMap(inside)]
}

function attempt<T>(read: () => T): { readonly value: T | undefined; readonly fault: string | undefined } {
  try {
    return { value: read(), fault: undefined }
  } catch (error) {
    if (!(error instanceof SeglError)) throw error
    return { value: undefined, fault: error.detail }
  }
}

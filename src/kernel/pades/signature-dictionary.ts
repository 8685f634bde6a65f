// The signature dictionary with its hole (EN 319 142-1 Table 1; ISO 32000-2, 12.8.1).

import { SeglError } from '../../errors.ts'
import { byteString, dateText, serialise, serialiseText, type WrittenBody } from '../pdf/index.ts'
import type { StoredRef } from './state.ts'

/** Strings in PDF/A have at most 32 767 bytes. */
const longestString = 32_000
/** Ten digits for each of the four numbers. */
const byteRangeHole = `[0 ${' '.repeat(10)} ${' '.repeat(10)} ${' '.repeat(10)}]`

export type SignatureText = {
  /** The signer's or organisation's name as the certificate gives it. */
  readonly name: string
  readonly reason?: string | undefined
  readonly location?: string | undefined
  /** /M: within the certificate's validity and not after the time-stamp; EU DSS fails a signature where it is not. */
  readonly signingTime: Date
  /** The machine-readable trail; written as direct strings, which the ByteRange covers and nobody may replace. */
  readonly trail?: Uint8Array | undefined
  /** Names of fields that may not change any more (FieldMDP, ISO 32000-2, 12.8.2.4). */
  readonly lockedFields?: readonly string[] | undefined
}

/** A written dictionary and where in it the two places lie that are filled later. */
export type HoledDictionary = {
  /** Its hole takes the value of /Contents with the brackets. */
  readonly body: WrittenBody
  /** Where in its text the ByteRange stands. */
  readonly byteRangeAt: number
}

/** EN 319 142-1 Table 1: no /Cert, /SubFilter ETSI.CAdES.detached, /M in UTC. */
export function signatureDictionary(text: SignatureText, root: StoredRef, contentsSize: number): HoledDictionary {
  const { signingTime, name, reason, location, lockedFields = [], trail } = text
  const members = [` /M (${dateText(signingTime)}) /Name ${serialiseText(name)}`]
  if (reason !== undefined) members.push(`/Reason ${serialiseText(reason)}`)
  if (location !== undefined) members.push(`/Location ${serialiseText(location)}`)
  if (lockedFields.length > 0) members.push(`/Reference [${fieldLock(lockedFields, root)}]`)
  if (trail !== undefined) members.push(`/SEGL_Trail [${pieces(trail).join(' ')}]`)
  return withHole('/Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached', contentsSize, members.join(' '))
}

/** EN 319 142-1, 5.4.3: a document time-stamp has no /M, /Name or /Reason. */
export function timestampDictionary(contentsSize: number): HoledDictionary {
  return withHole('/Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161', contentsSize, '')
}

function fieldLock(fields: readonly string[], [number, generation]: StoredRef): string {
  const names = fields.map((field) => serialiseText(field))
  return (
    `<</Type /SigRef /TransformMethod /FieldMDP /DigestMethod /SHA256 /Data ${number} ${generation} R ` +
    `/TransformParams <</Type /TransformParams /V /1.2 /Action /Include /Fields [${names.join(' ')}]>>>>`
  )
}

function pieces(bytes: Uint8Array): string[] {
  const result: string[] = []
  for (let at = 0; at < bytes.length; at += longestString) {
    result.push(serialise(byteString(bytes.subarray(at, at + longestString))))
  }
  return result
}

function withHole(first: string, contentsSize: number, rest: string): HoledDictionary {
  if (!Number.isInteger(contentsSize) || contentsSize < 1 || contentsSize > 32_767) {
    throw new SeglError('SIGNATURE_TOO_LARGE', 'The place for a signature holds 1 to 32 767 bytes.')
  }
  const head = `<<${first} /ByteRange `
  return {
    body: {
      kind: 'written',
      text: `${head}${byteRangeHole} /Contents `,
      hole: 2 * contentsSize + 2,
      rest: `${rest}>>`,
    },
    byteRangeAt: head.length,
  }
}

/** The ByteRange as it stands in the hole: same length, so that nothing moves. */
export function filledByteRange([, length, start, rest]: readonly [number, number, number, number]): string {
  return `[0 ${length} ${start} ${rest}]`.padEnd(byteRangeHole.length, ' ')
}

// The signature dictionary with its hole (EN 319 142-1 Table 1; ISO 32000-2, 12.8.1).

import { SeglError } from '../../errors.ts'
import {
  byteString,
  dateString,
  dict,
  name,
  type PdfDict,
  type PdfObject,
  ref,
  serialiseEntries,
  textString,
  type WrittenBody,
} from '../pdf/index.ts'
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
  const trail = text.trail === undefined ? undefined : pieces(text.trail)
  const locked = text.lockedFields ?? []
  return withHole(
    dict({ Type: name('Sig'), Filter: name('Adobe.PPKLite'), SubFilter: name('ETSI.CAdES.detached') }),
    contentsSize,
    dict({
      M: dateString(text.signingTime),
      Name: textString(text.name),
      Reason: text.reason === undefined ? undefined : textString(text.reason),
      Location: text.location === undefined ? undefined : textString(text.location),
      Reference: locked.length === 0 ? undefined : [fieldLock(locked, root)],
      SEGL_Trail: trail,
    }),
  )
}

/** EN 319 142-1, 5.4.3: a document time-stamp has no /M, /Name or /Reason. */
export function timestampDictionary(contentsSize: number): HoledDictionary {
  return withHole(
    dict({ Type: name('DocTimeStamp'), Filter: name('Adobe.PPKLite'), SubFilter: name('ETSI.RFC3161') }),
    contentsSize,
    new Map(),
  )
}

function fieldLock(fields: readonly string[], [number, generation]: StoredRef): PdfDict {
  return dict({
    Type: name('SigRef'),
    TransformMethod: name('FieldMDP'),
    DigestMethod: name('SHA256'),
    Data: ref(number, generation),
    TransformParams: dict({
      Type: name('TransformParams'),
      V: name('1.2'),
      Action: name('Include'),
      Fields: fields.map((field) => byteString(Buffer.from(field, 'latin1'))),
    }),
  })
}

function pieces(bytes: Uint8Array): PdfObject {
  const result: PdfObject[] = []
  for (let at = 0; at < bytes.length; at += longestString)
    result.push(byteString(bytes.subarray(at, at + longestString)))
  return result
}

function withHole(first: PdfDict, contentsSize: number, rest: PdfDict): HoledDictionary {
  if (!Number.isInteger(contentsSize) || contentsSize < 1 || contentsSize > 32_767) {
    throw new SeglError('SIGNATURE_TOO_LARGE', 'The place for a signature holds 1 to 32 767 bytes.')
  }
  const head = `<<${serialiseEntries(first)} /ByteRange `
  const middle = `${byteRangeHole} /Contents `
  const tail = rest.size === 0 ? '' : ` ${serialiseEntries(rest)}`
  return {
    body: { kind: 'written', text: `${head}${middle}`, hole: 2 * contentsSize + 2, rest: `${tail}>>` },
    byteRangeAt: head.length,
  }
}

/** The ByteRange as it stands in the hole: same length, so that nothing moves. */
export function filledByteRange([, length, start, rest]: readonly [number, number, number, number]): string {
  return `[0 ${length} ${start} ${rest}]`.padEnd(byteRangeHole.length, ' ')
}

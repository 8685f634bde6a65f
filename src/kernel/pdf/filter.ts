// The stream filters that do not belong to images: Flate and LZW with predictors, RunLength, ASCIIHex, ASCII85 (ISO 32000-2, 7.4).

import { inflateSync } from 'node:zlib'
import { SeglError } from '../../errors.ts'
import { inputOf, isSpace, malformed, readHexString } from './lexer.ts'
import { decodeLzw } from './lzw.ts'
import { isArray, isDict, nameOf, type PdfDict, type PdfObject } from './object.ts'
import { integerSetting, unpredict } from './predictor.ts'

type Resolve = (value: PdfObject | undefined) => PdfObject

/** Decodes `data` as `streamDict` says, to at most `limit` bytes; `offset` is where the data lie, for messages. */
export function decodeStream(
  streamDict: PdfDict,
  data: Uint8Array,
  resolve: Resolve,
  limit: number,
  offset: number,
): Uint8Array {
  if (streamDict.has('F')) throw malformed('A stream keeps its data in another file', offset)
  const filters = listOf(resolve(streamDict.get('Filter')))
  const parameters = listOf(resolve(streamDict.get('DecodeParms')))
  if (filters.length > 8) throw new SeglError('TOO_COMPLEX', 'A stream has too many filters.', { offset })
  let bytes = data
  for (const [index, filter] of filters.entries()) {
    const settings = resolve(parameters[index])
    bytes = applyFilter(nameOf(resolve(filter)), isDict(settings) ? settings : new Map(), bytes, resolve, limit, offset)
  }
  return bytes
}

const listOf = (value: PdfObject): readonly PdfObject[] => {
  if (isArray(value)) return value
  return value === null ? [] : [value]
}

function applyFilter(
  filter: string | undefined,
  settings: PdfDict,
  data: Uint8Array,
  resolve: Resolve,
  limit: number,
  offset: number,
): Uint8Array {
  switch (filter) {
    case 'FlateDecode':
      return unpredict(inflate(data, limit, offset), settings, resolve, offset)
    case 'LZWDecode': {
      const early = integerSetting(settings, 'EarlyChange', { standard: 1, least: 0, most: 1 }, resolve, offset)
      return unpredict(decodeLzw(data, { early: early === 1, limit, offset }), settings, resolve, offset)
    }
    case 'RunLengthDecode':
      return decodeRunLength(data, limit, offset)
    case 'Crypt':
      // The only crypt filter of a file that is not encrypted does nothing (ISO 32000-2, 7.4.10).
      if ((nameOf(resolve(settings.get('Name'))) ?? 'Identity') === 'Identity') return data
      throw malformed('A stream is encrypted on its own', offset)
    case 'ASCIIHexDecode':
      return decodeHex(data, offset)
    case 'ASCII85Decode':
      return decode85(data, limit, offset)
    default:
      throw malformed(`The filter ${filter ?? 'without name'} cannot be read in this place`, offset)
  }
}

function inflate(data: Uint8Array, limit: number, offset: number): Uint8Array {
  try {
    return inflateSync(data, { maxOutputLength: limit })
  } catch (error) {
    if (error instanceof RangeError) {
      throw tooLarge(limit, offset)
    }
    throw malformed('A compressed stream cannot be inflated', offset)
  }
}

function decodeHex(data: Uint8Array, offset: number): Uint8Array {
  const end = data.indexOf(0x3e)
  if (end < 0) throw malformed('An ASCIIHex stream is not closed', offset)
  const text = new Uint8Array(end + 2)
  text[0] = 0x3c
  text.set(data.subarray(0, end + 1), 1)
  return readHexString(inputOf(text, offset, true))
}

const tooLarge = (limit: number, offset: number): SeglError =>
  new SeglError('TOO_COMPLEX', `A stream inflates to more than ${limit} bytes (byte ${offset}).`, { offset })

/** ISO 32000-2, 7.4.5: 0 to 127 copies so many bytes and one, 129 to 255 repeats one byte, 128 ends. */
function decodeRunLength(data: Uint8Array, limit: number, offset: number): Uint8Array {
  const lengths = runs(data, offset)
  if (lengths > limit) throw tooLarge(limit, offset)
  const result = new Uint8Array(lengths)
  let length = 0
  for (let at = 0; at < data.length && data[at] !== 128; ) {
    const code = data[at] ?? 128
    const count = code < 128 ? code + 1 : 257 - code
    if (code < 128) result.set(data.subarray(at + 1, at + 1 + count), length)
    else result.fill(data[at + 1] ?? 0, length, length + count)
    at += code < 128 ? count + 1 : 2
    length += count
  }
  return result
}

/** How many bytes the runs stand for. */
function runs(data: Uint8Array, offset: number): number {
  let length = 0
  let at = 0
  while (at < data.length && data[at] !== 128) {
    const code = data[at] ?? 128
    length += code < 128 ? code + 1 : 257 - code
    at += code < 128 ? code + 2 : 2
  }
  // The sign for the end may be missing, but no run may be cut.
  if (at > data.length) throw malformed('A RunLength stream ends inside a run', offset)
  return length
}

function decode85(data: Uint8Array, limit: number, offset: number): Uint8Array {
  const wrong = (): SeglError => malformed('An ASCII85 stream is wrong', offset)
  const zeros = data.reduce((sum, byte) => sum + (byte === 0x7a ? 1 : 0), 0)
  const bound = Math.ceil(data.length / 5) * 4 + zeros * 4
  if (bound > limit) throw new SeglError('TOO_COMPLEX', `A stream is too large (byte ${offset}).`, { offset })
  const result = new Uint8Array(bound)
  let length = 0
  let digits = 0
  let value = 0
  const flush = (bytes: number): void => {
    if (value > 0xffff_ffff) throw wrong()
    for (let index = 0; index < bytes; index += 1) result[length++] = Math.floor(value / 256 ** (3 - index)) % 256
    value = 0
    digits = 0
  }
  for (const byte of data) {
    if (byte === 0x7e) break
    if (isSpace(byte)) continue
    if (byte === 0x7a && digits === 0) length += 4
    else if (byte < 33 || byte > 117) throw wrong()
    else {
      value = value * 85 + byte - 33
      digits += 1
      if (digits === 5) flush(4)
    }
  }
  if (digits === 1) throw wrong()
  if (digits > 1) {
    const bytes = digits - 1
    for (; digits < 5; digits += 1) value = value * 85 + 84
    flush(bytes)
  }
  return result.subarray(0, length)
}

// The stream filters that structure is hidden in: Flate with predictors, ASCIIHex, ASCII85 (ISO 32000-2, 7.4).

import { inflateSync } from 'node:zlib'
import { SeglError } from '../../errors.ts'
import { inputOf, isSpace, malformed, readHexString } from './lexer.ts'
import { isArray, isDict, nameOf, type PdfDict, type PdfObject } from './object.ts'

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
      throw new SeglError('TOO_COMPLEX', `A stream inflates to more than ${limit} bytes (byte ${offset}).`, { offset })
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

/** Undoes the predictor of FlateDecode (ISO 32000-2, 7.4.4.4): 1 none, 10 to 15 PNG; 2 (TIFF) only for 8 bits. */
function unpredict(data: Uint8Array, settings: PdfDict, resolve: Resolve, offset: number): Uint8Array {
  const setting = (key: string, standard: number): number => {
    const value = resolve(settings.get(key))
    if (value === null) return standard
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 1_000_000) {
      throw malformed(`A filter has a wrong /${key}`, offset)
    }
    return value
  }
  const predictor = setting('Predictor', 1)
  if (predictor === 1) return data
  const pixel = Math.max(1, (setting('Colors', 1) * setting('BitsPerComponent', 8)) >> 3)
  const width = Math.ceil((setting('Colors', 1) * setting('BitsPerComponent', 8) * setting('Columns', 1)) / 8)
  if (predictor === 2 && setting('BitsPerComponent', 8) === 8) return unpredictTiff(data, width, pixel)
  if (predictor < 10 || predictor > 15) throw malformed(`The predictor ${predictor} cannot be read here`, offset)
  const rows = Math.ceil(data.length / (width + 1))
  const result = new Uint8Array(Math.max(0, data.length - rows))
  for (let row = 0; row < rows; row += 1) {
    const from = row * (width + 1)
    unpredictRow(data.subarray(from, from + width + 1), result, row * width, width, pixel, offset)
  }
  return result
}

function unpredictTiff(data: Uint8Array, width: number, pixel: number): Uint8Array {
  const result = Uint8Array.from(data)
  for (let index = 0; index < result.length; index += 1) {
    if (index % width >= pixel) result[index] = (result[index] ?? 0) + (result[index - pixel] ?? 0)
  }
  return result
}

function unpredictRow(
  line: Uint8Array,
  result: Uint8Array,
  start: number,
  width: number,
  pixel: number,
  offset: number,
): void {
  const type = line[0] ?? 0
  if (type > 4) throw malformed('A predictor row has an unknown type', offset)
  for (let column = 0; column < line.length - 1; column += 1) {
    const left = column >= pixel ? (result[start + column - pixel] ?? 0) : 0
    const up = start > 0 ? (result[start + column - width] ?? 0) : 0
    const corner = start > 0 && column >= pixel ? (result[start + column - width - pixel] ?? 0) : 0
    result[start + column] = (line[column + 1] ?? 0) + predicted(type, left, up, corner)
  }
}

function predicted(type: number, left: number, up: number, corner: number): number {
  if (type === 1) return left
  if (type === 2) return up
  if (type === 3) return (left + up) >> 1
  if (type === 0) return 0
  const estimate = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)]
  if (toLeft <= toUp && toLeft <= toCorner) return left
  return toUp <= toCorner ? up : corner
}

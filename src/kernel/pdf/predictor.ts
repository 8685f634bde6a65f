// The predictors of the Flate and LZW filters, undone (ISO 32000-2, 7.4.4.4).

import { malformed } from './lexer.ts'
import type { PdfDict, PdfObject } from './object.ts'

type Resolve = (value: PdfObject | undefined) => PdfObject

/** A member of /DecodeParms that is a whole number within bounds. */
export function integerSetting(
  settings: PdfDict,
  key: string,
  { standard, least, most }: { readonly standard: number; readonly least: number; readonly most: number },
  resolve: Resolve,
  offset: number,
): number {
  const value = resolve(settings.get(key))
  if (value === null) return standard
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most) {
    throw malformed(`A filter has a wrong /${key}`, offset)
  }
  return value
}

/** 1: nothing was predicted; 2: as TIFF does; 10 to 15: as PNG does, each row saying how. */
export function unpredict(data: Uint8Array, settings: PdfDict, resolve: Resolve, offset: number): Uint8Array {
  const setting = (key: string, standard: number): number =>
    integerSetting(settings, key, { standard, least: 1, most: 1_000_000 }, resolve, offset)
  const predictor = setting('Predictor', 1)
  if (predictor === 1) return data
  const [colors, bits] = [setting('Colors', 1), setting('BitsPerComponent', 8)]
  if (![1, 2, 4, 8, 16].includes(bits)) throw malformed('A filter has a wrong /BitsPerComponent', offset)
  const width = Math.ceil((colors * bits * setting('Columns', 1)) / 8)
  if (predictor === 2) return unpredictTiff(data, { width, colors, bits })
  if (predictor < 10 || predictor > 15) throw malformed(`The predictor ${predictor} does not exist`, offset)
  const pixel = Math.ceil((colors * bits) / 8)
  const rows = Math.ceil(data.length / (width + 1))
  const result = new Uint8Array(Math.max(0, data.length - rows))
  for (let row = 0; row < rows; row += 1) {
    const from = row * (width + 1)
    unpredictRow(data.subarray(from, from + width + 1), result, row * width, width, pixel, offset)
  }
  return result
}

/** Each component holds the difference from the one before it in its row. */
function unpredictTiff(
  data: Uint8Array,
  { width, colors, bits }: { readonly width: number; readonly colors: number; readonly bits: number },
): Uint8Array {
  const result = Uint8Array.from(data)
  for (let start = 0; start < result.length; start += width) {
    const row = result.subarray(start, start + width)
    if (bits === 8) for (let at = colors; at < row.length; at += 1) row[at] = (row[at] ?? 0) + (row[at - colors] ?? 0)
    else addComponents(row, colors, bits)
  }
  return result
}

function addComponents(row: Uint8Array, colors: number, bits: number): void {
  const count = Math.floor((row.length * 8) / bits)
  const mask = (1 << bits) - 1
  const read = (index: number): number => {
    const at = index * bits
    if (bits === 16) return ((row[at >> 3] ?? 0) << 8) | (row[(at >> 3) + 1] ?? 0)
    return ((row[at >> 3] ?? 0) >> (8 - bits - (at & 7))) & mask
  }
  const write = (index: number, value: number): void => {
    const [at, byte] = [index * bits, (index * bits) >> 3]
    if (bits === 16) {
      row[byte] = value >> 8
      row[byte + 1] = value & 255
      return
    }
    const shift = 8 - bits - (at & 7)
    row[byte] = ((row[byte] ?? 0) & ~(mask << shift)) | (value << shift)
  }
  for (let index = colors; index < count; index += 1) write(index, (read(index) + read(index - colors)) & mask)
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

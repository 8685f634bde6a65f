// Writes the objects of a recovered file anew, each under its own number, with a classic cross-reference (ISO 32000-2, 7.5.4).
import {
  isDict,
  newStream,
  type PdfDict,
  type PdfObject,
  serialise,
  serialiseEntries,
  withEntries,
} from '../kernel/pdf/index.ts'
import { type Candidate, isCompressed, valueIn } from './candidates.ts'
import type { Scan } from './definitions.ts'
import { largestRewritten, tooLarge } from './rewrite.ts'

export function writeRecovered(
  scanned: Scan,
  objects: ReadonlyMap<number, Candidate>,
  trailer: PdfDict,
  version: string,
): Uint8Array {
  const pieces: Uint8Array[] = []
  let size = 0
  const write = (piece: string | Uint8Array): void => {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece
    pieces.push(bytes)
    size += bytes.length
    if (size > largestRewritten) throw tooLarge()
  }
  write(`%PDF-${version}\n%\xe2\xe3\xcf\xd3\n`)
  const numbers = [...objects.keys()].sort((a, b) => a - b)
  let table = ''
  for (const number of numbers) {
    const candidate = objects.get(number)
    if (candidate === undefined) continue
    const generation = isCompressed(candidate) ? 0 : candidate.generation
    table += `${number} 1\n${String(size).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`
    write(`${number} ${generation} obj\n`)
    writeBody(scanned, candidate, write)
    write('\nendobj\n')
  }
  const startxref = size
  const entry = (key: string): [string, PdfObject][] => {
    const value = trailer.get(key)
    return value === undefined ? [] : [[key, value]]
  }
  const kept: PdfDict = new Map([
    ...entry('Root'),
    ...entry('Info'),
    ...entry('ID'),
    ['Size', (numbers.at(-1) ?? 0) + 1],
  ])
  write(`xref\n0 1\n0000000000 65535 f \n${table}trailer\n${serialise(kept)}\nstartxref\n${startxref}\n%%EOF\n`)
  return Buffer.concat(pieces, size)
}

function writeBody(scanned: Scan, candidate: Candidate, write: (piece: string | Uint8Array) => void): void {
  const value = valueIn(scanned, candidate)
  if (isCompressed(candidate) || candidate.stream === undefined || !isDict(value)) {
    write(serialise(value))
    return
  }
  const { start, length } = candidate.stream
  const { dict, data } = newStream(
    withEntries(value, { Length: length }),
    scanned.bytes.subarray(start, start + length),
  )
  write(`<<${serialiseEntries(dict)}>>\nstream\n`)
  write(data)
  write('\nendstream')
}

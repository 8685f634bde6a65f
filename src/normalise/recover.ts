// Reads a slightly damaged file where every reader comes to the same document, and writes that as one clean revision.
//
// Two readings are made: by the cross-references, as far as they can be followed, and by the order of the bytes, as readers do that
// rebuild them (the last definition of a number counts: measured with PDFium, poppler, MuPDF and qpdf). Where the two differ in
// anything that the catalog leads to, nothing is written: a file made for it could show one document to its sender and another to its
// signers. See docs/preflight.md for the rules.
import { SeglError } from '../errors.ts'
import {
  inputOf,
  isArray,
  isDict,
  isRef,
  type PdfDict,
  type PdfObject,
  type PdfRef,
  skipSpace,
  type XrefEntry,
} from '../kernel/pdf/index.ts'
import { type Candidate, type Candidates, candidatesOf, isCompressed, sameContent, valueIn } from './candidates.ts'
import { type CrossReferences, crossReferences } from './cross-references.ts'
import { flawed, type Scan, scan } from './definitions.ts'
import { refuseSignedScan } from './signed.ts'
import { writeRecovered } from './write-recovered.ts'

/** The largest file that is repaired: it is held in memory, and so is what becomes of it. */
export const largestRecovered = 64 << 20

export type Recovered = { readonly bytes: Uint8Array; readonly hybrid: boolean; readonly headerOffset: number }

/** Throws NOT_NORMALISABLE where readers could differ, ENCRYPTED, ALREADY_SIGNED, TOO_LARGE or TOO_COMPLEX. */
export function recoverPdf(bytes: Buffer): Recovered {
  const header = /%PDF-(\d\.\d)/.exec(bytes.toString('latin1', 0, 1040))
  if (header?.[1] === undefined) throw flawed('It does not begin as a PDF', 0)
  const scanned = scan(bytes)
  const references = crossReferences(scanned, header.index)
  const trailer = trailerOf(scanned, references)
  if ([...scanned.trailers, ...(references?.trailers ?? [])].some((one) => one.has('Encrypt')))
    throw new SeglError('ENCRYPTED', 'The PDF is encrypted. Upload a copy without password.', { offset: 0 })
  refuseSignedScan(scanned, trailer)
  const candidates = candidatesOf(scanned)
  const reached = reachedFrom(scanned, candidates, trailer)
  const isLost = references === undefined || leadNowhere(references, candidates)
  if (isLost) for (const found of reached.values()) refuseUnseen(found)
  else agree(scanned, references, candidates, reached)
  refuseAmbiguous(scanned, candidates, reached, isLost)
  const written = writeRecovered(scanned, reached, trailer, header[1])
  return { bytes: written, hybrid: references?.hybrid ?? false, headerOffset: header.index }
}

/** Measured, of a lost cross-reference: poppler and qpdf do not look into object streams, and PDFium wants each `endobj`. */
function refuseUnseen(found: Candidate): void {
  if (!isCompressed(found) && found.isClosed) return
  const place = isCompressed(found) ? found.container.start : found.start
  throw flawed('Its cross-reference is lost, and an object lies where some readers do not find it', place)
}

/** The trailer that counts; all must name one catalog. */
function trailerOf(scanned: Scan, references: CrossReferences | undefined): PdfDict {
  const all = [...scanned.trailers, ...(references?.trailers ?? [])]
  const named = all.filter((one) => one.has('Root'))
  const newest =
    references?.trailers.find((one) => one.has('Root')) ?? scanned.trailers.findLast((one) => one.has('Root'))
  const root = newest?.get('Root')
  if (newest === undefined || !isRef(root)) throw flawed('No trailer names its catalog', scanned.bytes.length)
  const others = named.map((one) => one.get('Root'))
  if (others.some((one) => !isRef(one) || one.number !== root.number || one.generation !== root.generation))
    throw flawed('Its trailers name different catalogs', scanned.bytes.length)
  return newest
}

/** What catalog and /Info lead to, each number with its last definition. */
function reachedFrom(scanned: Scan, candidates: Candidates, trailer: PdfDict): Map<number, Candidate> {
  const reached = new Map<number, Candidate>()
  const open: PdfObject[] = [trailer.get('Root') ?? null, trailer.get('Info') ?? null]
  const meet = ({ number, generation }: PdfRef): void => {
    if (reached.has(number)) return
    const last = candidates.get(number)?.at(-1)
    if (last === undefined) return
    if (!isCompressed(last) && last.flaw !== undefined) throw flawed(last.flaw, last.start)
    if ((isCompressed(last) ? 0 : last.generation) !== generation)
      throw flawed(
        'A reference has another generation than its object',
        isCompressed(last) ? last.container.start : last.start,
      )
    reached.set(number, last)
    const value = valueIn(scanned, last)
    // Its length is written anew.
    if (!isCompressed(last) && last.stream !== undefined && isDict(value)) {
      for (const [key, item] of value) if (key !== 'Length') open.push(item)
    } else open.push(value)
  }
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (isRef(value)) meet(value)
    else if (isArray(value)) for (const item of value) open.push(item)
    else if (isDict(value)) for (const item of value.values()) open.push(item)
  }
  return reached
}

const definitionAt = (scanned: Scan, offset: number, list: readonly Candidate[] | undefined): Candidate | undefined => {
  const input = inputOf(scanned.bytes, 0, true, offset)
  skipSpace(input)
  return list?.find((one) => !isCompressed(one) && one.start === input.position)
}

/** No entry leads to any object, as when line ends were converted: readers then rebuild the cross-reference. */
function leadNowhere(references: CrossReferences, candidates: Candidates): boolean {
  const starts = new Set([...candidates.values()].flat().flatMap((one) => (isCompressed(one) ? [] : [one.start])))
  const offsets = [...references.entries.values()].filter((one) => one.type === 'offset')
  return offsets.length > 0 && offsets.every(({ offset }) => !starts.has(offset) && !starts.has(offset + 1))
}

/** Both readings give the same object for each number that is reached. */
function agree(
  scanned: Scan,
  references: CrossReferences,
  candidates: Candidates,
  reached: ReadonlyMap<number, Candidate>,
): void {
  for (const [number, chosen] of reached) {
    const entry = references.entries.get(number)
    const place = isCompressed(chosen) ? chosen.container.start : chosen.start
    const named = namedBy(scanned, entry, candidates.get(number) ?? [])
    if (named === undefined || !sameContent(scanned, named, chosen))
      throw flawed(`The cross-reference and the order of the bytes differ about object ${number}`, place)
  }
}

function namedBy(scanned: Scan, entry: XrefEntry | undefined, list: readonly Candidate[]): Candidate | undefined {
  if (entry === undefined || entry.type === 'free') return undefined
  if (entry.type === 'compressed')
    return list.findLast((one) => isCompressed(one) && one.container.number === entry.container)
  const found = definitionAt(scanned, entry.offset, list)
  return found !== undefined && !isCompressed(found) && found.generation === entry.generation ? found : undefined
}

/** Within one revision a number has one meaning, and nothing that only looks like an object has another. */
function refuseAmbiguous(
  scanned: Scan,
  candidates: Candidates,
  reached: ReadonlyMap<number, Candidate>,
  isLost: boolean,
): void {
  // Without a cross-reference to say so, what follows the last end is no revision but what is left of one.
  const newest = isLost ? scanned.closed - 1 : scanned.closed
  const revisionOf = (one: Candidate): number => Math.min(newest, (isCompressed(one) ? one.container : one).revision)
  for (const [number, chosen] of reached) {
    for (const other of candidates.get(number) ?? []) {
      if (revisionOf(other) !== revisionOf(chosen) || sameContent(scanned, other, chosen)) continue
      const place = isCompressed(other) ? other.container.start : other.start
      throw flawed(`Object ${number} is written twice with different content`, place)
    }
  }
  for (const fake of scanned.fakes) {
    if (reached.has(fake.number)) throw flawed(`Object ${fake.number} seems to begin inside another one`, fake.start)
  }
}

// Appends one revision to a file: objects, then a cross-reference of the upload's own kind (ISO 32000-2, 7.5.6). Never frees an object.

import { SeglError } from '../../errors.ts'
import type { NewStream, PdfObject } from './object.ts'
import { type NumberOf, serialise, serialiseEntries } from './serialise.ts'

/** What has to be known of the file so far. */
export type AppendPoint = {
  readonly size: number
  readonly lineEnd: boolean
  readonly offsetBase: number
  readonly startxref: number
  readonly xrefKind: 'table' | 'stream'
  readonly nextObject: number
  /** Members of the trailer other than /Size /Prev /Type /W /Index /Length /Filter /DecodeParms /XRefStm, as they are written. */
  readonly trailer: string
}

export type Increment = {
  /** Without what belongs into the hole of a HoledBody, which all offsets count. */
  readonly bytes: Uint8Array
  /** Where in `bytes` the hole lies; undefined without one. */
  readonly holeAt: number | undefined
  readonly startxref: number
  readonly nextObject: number
  /** Offset in the file where each object begins. */
  readonly offsets: ReadonlyMap<number, number>
}

export type NewBody = PdfObject | WrittenBody | WrittenStream

export type NewObject = {
  readonly number: number
  readonly generation?: number
  readonly body: NewBody
}
/** A body that is already written, one character per byte. With a `hole`, that many bytes are missing between the two parts. */
export type WrittenBody = {
  readonly kind: 'written'
  readonly text: string
  readonly hole?: number
  readonly rest?: string
}
/** A stream whose dictionary is already written, without its brackets and /Length. */
export type WrittenStream = { readonly kind: 'written-stream'; readonly entries: string; readonly data: Uint8Array }

/** PDF/A and most judges know no integer above this; it is also the largest file that is signed. */
export const largestFile = 2 ** 31 - 1

const kindOf = (body: NewBody): string | undefined =>
  typeof body === 'object' && body !== null && 'kind' in body ? body.kind : undefined
const isNewStream = (body: NewBody): body is NewStream => kindOf(body) === 'new-stream'
const isWritten = (body: NewBody): body is WrittenBody => kindOf(body) === 'written'
const isWrittenStream = (body: NewBody): body is WrittenStream => kindOf(body) === 'written-stream'

/** Text and bytes one after the other, put into one buffer at the end. */
function output() {
  const pieces: (string | Uint8Array)[] = []
  let text = ''
  let length = 0
  const flush = (): void => {
    if (text !== '') pieces.push(text)
    text = ''
  }
  return {
    length: () => length,
    text(more: string): void {
      text += more
      length += more.length
    },
    bytes(more: Uint8Array): void {
      flush()
      pieces.push(more)
      length += more.length
    },
    finish(): Buffer {
      flush()
      const whole = Buffer.allocUnsafe(length)
      let at = 0
      for (const piece of pieces) {
        if (typeof piece === 'string') whole.write(piece, at, 'latin1')
        else whole.set(piece, at)
        at += piece.length
      }
      return whole
    },
  }
}

/** `nextObject` in `point` must already lie above every new number. At most one body has a hole. */
export function writeIncrement(point: AppendPoint, objects: readonly NewObject[], numberOf?: NumberOf): Increment {
  const out = output()
  let hole = 0
  let holeAt: number | undefined
  const place = (): number => point.size + out.length() + hole
  if (!point.lineEnd) out.text('\n')
  const offsets = new Map<number, number>()
  const entries: Entry[] = []
  for (const { number, generation = 0, body } of objects) {
    if (offsets.has(number)) throw new SeglError('INTERNAL', `Object ${number} is written twice in one revision.`)
    offsets.set(number, place())
    entries.push({ number, generation, offset: place() - point.offsetBase })
    out.text(`${number} ${generation} obj\n`)
    if (isWritten(body)) {
      out.text(body.text)
      if (body.hole !== undefined) {
        holeAt = out.length()
        hole = body.hole
      }
      out.text(body.rest ?? '')
    } else if (isNewStream(body) || isWrittenStream(body)) {
      const entries = isWrittenStream(body)
        ? body.entries
        : serialiseEntries(new Map([...body.dict].filter(([key]) => key !== 'Length')), numberOf)
      out.text(`<<${entries} /Length ${body.data.length}>>\nstream\n`)
      out.bytes(body.data)
      out.text('\nendstream')
    } else out.text(serialise(body, numberOf))
    out.text('\nendobj\n')
  }
  const startxref = place() - point.offsetBase
  let nextObject = point.nextObject
  if (point.xrefKind === 'table') out.text(xrefTable(entries, point, nextObject))
  else {
    entries.push({ number: nextObject, generation: 0, offset: startxref })
    offsets.set(nextObject, place())
    nextObject += 1
    out.bytes(xrefStream(entries, point, nextObject))
  }
  out.text(`startxref\n${startxref}\n%%EOF\n`)
  if (place() > largestFile) {
    throw new SeglError('TOO_LARGE', `A signed PDF may have at most ${largestFile} bytes.`)
  }
  return { bytes: out.finish(), holeAt, startxref, nextObject, offsets }
}

type Entry = { readonly number: number; readonly generation: number; readonly offset: number }

/** Runs of consecutive object numbers. */
function subsections(entries: readonly Entry[]): Entry[][] {
  const runs: Entry[][] = []
  for (const entry of [...entries].sort((a, b) => a.number - b.number)) {
    const run = runs.at(-1)
    if (run !== undefined && run.at(-1)?.number === entry.number - 1) run.push(entry)
    else runs.push([entry])
  }
  return runs
}

function xrefTable(entries: readonly Entry[], point: AppendPoint, size: number): string {
  let text = 'xref\n'
  for (const run of subsections(entries)) {
    text += `${run[0]?.number ?? 0} ${run.length}\n`
    for (const { offset, generation } of run) {
      text += `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`
    }
  }
  return `${text}trailer\n<<${point.trailer} /Size ${size} /Prev ${point.startxref}>>\n`
}

/** Uncompressed: a handful of entries, and every byte can be read. */
function xrefStream(entries: readonly Entry[], point: AppendPoint, size: number): Uint8Array {
  const runs = subsections(entries)
  const data = Buffer.alloc(entries.length * 7)
  let at = 0
  for (const { offset, generation } of runs.flat()) {
    data.writeUInt8(1, at)
    data.writeUInt32BE(offset, at + 1)
    data.writeUInt16BE(generation, at + 5)
    at += 7
  }
  const index = runs.map((run) => `${run[0]?.number ?? 0} ${run.length}`).join(' ')
  const head =
    `${size - 1} 0 obj\n<<${point.trailer} /Type /XRef /Size ${size} /Prev ${point.startxref} /W [1 4 2] ` +
    `/Index [${index}] /Length ${data.length}>>\nstream\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), data, Buffer.from('\nendstream\nendobj\n', 'latin1')])
}

// Writes what a file leads to as a new one: one revision, one classic cross-reference, every stream's data as it was (ISO 32000-2, 7.5).
import { createHash } from 'node:crypto'
import { SeglError } from '../errors.ts'
import {
  isArray,
  isDict,
  isNewStream,
  isRef,
  isStream,
  isString,
  type PdfDict,
  type PdfFile,
  type PdfObject,
  type PdfRef,
  ref,
  serialise,
  serialiseEntries,
} from '../kernel/pdf/index.ts'

/** Objects of a file with changes on top of them; new ones get numbers above all others. */
export type Draft = {
  readonly file: PdfFile
  get(value: PdfObject | undefined): PdfObject
  replace(reference: PdfRef, body: PdfObject): void
  add(body: PdfObject): PdfRef
}

export function draftOf(file: PdfFile): Draft {
  const changed = new Map<number, PdfObject>()
  let next = file.limits.objects + 1
  return {
    file,
    get: (value) => (isRef(value) ? (changed.get(value.number) ?? file.resolve(value)) : file.resolve(value)),
    replace: ({ number }, body) => void changed.set(number, body),
    add(body) {
      changed.set(next, body)
      next += 1
      return ref(next - 1)
    },
  }
}

/** The largest file that is rewritten: the new one is put together in memory. */
export const largestRewritten = 256 << 20

/** The same input gives the same bytes. */
export function writeDraft(draft: Draft): Uint8Array {
  const { file } = draft
  const numbers = new Map<number, number>()
  const queue: PdfRef[] = []
  // Numbers are given in the order in which the catalog leads to the objects; what nothing leads to stays behind.
  const renumber = (value: PdfObject): PdfObject => {
    if (isRef(value)) {
      let number = numbers.get(value.number)
      if (number === undefined) {
        number = numbers.size + 1
        numbers.set(value.number, number)
        queue.push(value)
      }
      return ref(number)
    }
    if (isArray(value)) return value.map(renumber)
    return isDict(value) ? renumbered(value) : value
  }
  const renumbered = (value: PdfDict): PdfDict => new Map([...value].map(([key, item]) => [key, renumber(item)]))

  const pieces: Uint8Array[] = []
  let size = 0
  const write = (piece: string | Uint8Array): void => {
    const bytes = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece
    pieces.push(bytes)
    size += bytes.length
    if (size > largestRewritten) throw tooLarge()
  }
  write(`%PDF-${file.version}\n%\xe2\xe3\xcf\xd3\n`)
  const root = renumber(file.trailer.get('Root') ?? null)
  const info = file.resolve(file.trailer.get('Info')) === null ? null : renumber(file.trailer.get('Info') ?? null)
  const offsets: number[] = []
  for (let index = 0; index < queue.length; index += 1) {
    const reference = queue[index]
    if (reference === undefined) break
    offsets.push(size)
    const body = draft.get(reference)
    write(`${index + 1} 0 obj\n`)
    if (isStream(body)) writeStream(renumbered(body.dict), file.source.read(body.start, body.length))
    else if (isNewStream(body)) writeStream(renumbered(body.dict), body.data)
    else write(serialise(renumber(body)))
    write('\nendobj\n')
  }
  function writeStream(dict: PdfDict, data: Uint8Array): void {
    write(`<<${serialiseEntries(new Map([...dict, ['Length', data.length]]))}>>\nstream\n`)
    write(data)
    write('\nendstream')
  }
  const startxref = size
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  write(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${entries.join('')}`)
  const infoText = info === null ? '' : ` /Info ${serialise(info)}`
  write(
    `trailer\n<</Size ${offsets.length + 1} /Root ${serialise(root)}${infoText} /ID ${identifier(file, pieces)}>>\n`,
  )
  write(`startxref\n${startxref}\n%%EOF\n`)
  return Buffer.concat(pieces, size)
}

export const tooLarge = (most = largestRewritten): SeglError =>
  new SeglError('TOO_LARGE', `A PDF that is to be normalised may have at most ${most} bytes.`, { offset: most })

/** The first part stays what it was (ISO 32000-2, 14.4); the second follows from the bytes. */
function identifier(file: PdfFile, pieces: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(piece)
  const own = hash.digest('hex').slice(0, 32)
  const parts = file.resolve(file.trailer.get('ID'))
  const first = isArray(parts) ? file.resolve(parts[0]) : undefined
  return `[<${isString(first) ? Buffer.from(first.bytes).toString('hex') : own}> <${own}>]`
}

// What the bench signs: documents of three sizes, each different in its bytes, prepared once and lying in the page cache as files.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { blobPath } from '../src/adapters/blobs/file-blobs.ts'
import type { FilePart } from '../src/flow/ports/pdf-work.ts'
import { prepareRevision } from '../src/kernel/pades/index.ts'
import { bytesSource } from '../src/kernel/pdf/index.ts'
import { sheetsFor } from './sheets.ts'

export type Subject = {
  /** The upload and its first increment, as the blob store keeps them. */
  readonly folder: string
  readonly parts: readonly FilePart[]
  /** The prepared file in one piece, below the same folder. */
  readonly whole: readonly FilePart[]
  /** The same file, for the limit and the rivals. */
  readonly path: string
  /** The append state as JSON. */
  readonly state: string
  readonly size: number
}

/** A PDF with one page and an uncompressed image-like stream that fills it up to about `size` bytes; `seed` makes it distinct. */
export function uploadOf(size: number, seed: number): Buffer {
  const filler = Buffer.alloc(Math.max(0, size - 700))
  // A cheap generator: contents only have to differ and not to compress.
  let word = seed * 2_654_435_761 + 1
  for (let at = 0; at + 4 <= filler.length; at += 4) {
    word = (Math.imul(word, 1_664_525) + 1_013_904_223) | 0
    filler.writeInt32LE(word, at)
  }
  const parts: Buffer[] = []
  const offsets: number[] = []
  let length = 0
  const put = (piece: Buffer | string) => {
    const bytes = Buffer.from(piece as string, 'latin1')
    parts.push(bytes)
    length += bytes.length
  }
  const object = (body: string, stream?: Buffer) => {
    offsets.push(length)
    put(`${offsets.length} 0 obj\n${body}\n`)
    if (stream !== undefined) {
      put('stream\n')
      parts.push(stream)
      length += stream.length
      put('\nendstream\n')
    }
    put('endobj\n')
  }
  put('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')
  object('<</Type /Catalog /Pages 2 0 R>>')
  object('<</Type /Pages /Kids [3 0 R] /Count 1>>')
  object('<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>> /Contents 4 0 R>>')
  object('<</Length 18>>', Buffer.from(`q 0 0 1 1 re f   Q`))
  object(`<</Length ${filler.length}>>`, filler)
  const startxref = length
  put(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n`)
  for (const offset of offsets) put(`${String(offset).padStart(10, '0')} 00000 n \n`)
  const id = seed.toString(16).padStart(32, '0')
  put(`trailer\n<</Size ${offsets.length + 1} /Root 1 0 R /ID [<${id}><${id}>]>>\nstartxref\n${startxref}\n%%EOF\n`)
  return Buffer.concat(parts)
}

/** `count` distinct documents of `size` bytes with four slots, in a folder that `close` removes. */
export async function subjectsOf(size: number, count: number): Promise<{ all: Subject[]; close(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'segl-bench-'))
  const sheets = await sheetsFor(4)
  const sheetSize = prepareRevision(bytesSource(uploadOf(1000, 1)), sheets).increment.length
  const keep = (bytes: Uint8Array): FilePart => {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const path = blobPath(folder, sha256)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    return { sha256, length: bytes.length }
  }
  const all = Array.from({ length: count }, (_, index): Subject => {
    const upload = uploadOf(size - sheetSize, index + 1)
    const { increment, state } = prepareRevision(bytesSource(upload), sheets)
    const parts = [keep(upload), keep(increment)]
    const whole = keep(Buffer.concat([upload, increment]))
    return {
      folder,
      parts,
      whole: [whole],
      path: blobPath(folder, whole.sha256),
      state: JSON.stringify(state),
      size: upload.length + increment.length,
    }
  })
  return { all, close: () => rmSync(folder, { recursive: true, force: true }) }
}

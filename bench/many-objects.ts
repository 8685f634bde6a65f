// Files of as many objects as one likes, written in pieces, with the one or the other kind of cross-reference.
import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import type { ByteSource } from '../src/kernel/pdf/index.ts'

/** Writes a file of `count` objects and about `size` bytes. */
export function writePdf(file: string, size: number, count: number, kind: 'table' | 'stream'): void {
  const descriptor = openSync(file, 'w')
  const offsets = new Float64Array(count + 6)
  let length = 0
  let pending: string[] = []
  const flush = () => {
    writeSync(descriptor, Buffer.from(pending.join(''), 'latin1'))
    pending = []
  }
  const put = (text: string) => {
    pending.push(text)
    length += text.length
    if (pending.length > 2000) flush()
  }
  put('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')
  const object = (number: number, body: string) => {
    offsets[number] = length
    put(`${number} 0 obj\n${body}\nendobj\n`)
  }
  object(1, '<</Type /Catalog /Pages 2 0 R>>')
  object(2, '<</Type /Pages /Kids [3 0 R] /Count 1>>')
  object(3, '<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>> /Contents 4 0 R>>')
  object(4, '<</Length 2>>\nstream\nq \nendstream')
  const each = Math.max(0, Math.floor(size / count) - 60)
  const text = 'x'.repeat(each)
  for (let number = 5; number < count + 5; number += 1) object(number, `<</N ${number}/T (${text})>>`)
  const startxref = length
  const last = count + 5
  if (kind === 'table') {
    put(`xref\n0 ${last}\n0000000000 65535 f \n`)
    for (let number = 1; number < last; number += 1) put(`${String(offsets[number]).padStart(10, '0')} 00000 n \n`)
    put(`trailer\n<</Size ${last} /Root 1 0 R>>\nstartxref\n${startxref}\n%%EOF\n`)
    flush()
  } else {
    offsets[last] = length
    const entries = Buffer.alloc((last + 1) * 6)
    for (let number = 1; number <= last; number += 1) {
      entries[number * 6] = 1
      entries.writeUInt32BE(offsets[number] ?? 0, number * 6 + 1)
    }
    put(`${last} 0 obj\n<</Type /XRef /W [1 4 1] /Size ${last + 1} /Root 1 0 R /Length ${entries.length}>>\nstream\n`)
    flush()
    writeSync(descriptor, entries)
    put(`\nendstream\nendobj\nstartxref\n${startxref}\n%%EOF\n`)
    flush()
  }
  closeSync(descriptor)
}

/** A file read through, with nothing kept of it. */
export function fileSource(file: string): ByteSource & { close(): void } {
  const descriptor = openSync(file, 'r')
  const { size } = fstatSync(descriptor)
  return {
    size,
    read(offset, length) {
      const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - offset)))
      readSync(descriptor, bytes, 0, bytes.length, offset)
      return bytes
    },
    close: () => closeSync(descriptor),
  }
}

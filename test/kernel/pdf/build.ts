// Writes small PDF files for tests, well-formed or wrong in exactly one place.

import { deflateSync } from 'node:zlib'

export type Parts = {
  readonly header?: string
  /** Bodies by object number. */
  readonly objects?: Readonly<Record<number, string>>
  readonly trailer?: string
  readonly prefix?: string
  readonly suffix?: string
}

export const plainObjects: Readonly<Record<number, string>> = {
  1: '<</Type /Catalog /Pages 2 0 R>>',
  2: '<</Type /Pages /Kids [3 0 R] /Count 1>>',
  3: '<</Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Resources <<>> /Contents 4 0 R>>',
  4: '<</Length 5 0 R>>\nstream\n0 0 50 50 re f\nendstream',
  5: '14',
}

const offsetText = (offset: number, type = 'n', generation = 0) =>
  `${String(offset).padStart(10, '0')} ${String(generation).padStart(5, '0')} ${type} \n`

/** A file with a classic table. Offsets count from `%PDF-`. */
export function classicPdf(parts: Parts = {}): Buffer {
  const objects = { ...plainObjects, ...parts.objects }
  let body = parts.header ?? '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n'
  const numbers = Object.keys(objects).map(Number)
  const offsets = new Map<number, number>()
  for (const number of numbers) {
    offsets.set(number, body.length)
    body += `${number} 0 obj\n${objects[number]}\nendobj\n`
  }
  const size = Math.max(...numbers) + 1
  const startxref = body.length
  body += `xref\n0 ${size}\n`
  for (let number = 0; number < size; number += 1) {
    const offset = offsets.get(number)
    body += offset === undefined ? offsetText(0, 'f', 65_535) : offsetText(offset)
  }
  body += `trailer\n<</Size ${size} /Root 1 0 R ${parts.trailer ?? ''}>>\nstartxref\n${startxref}\n%%EOF\n`
  return Buffer.from(`${parts.prefix ?? ''}${body}${parts.suffix ?? ''}`, 'latin1')
}

/**
 * A file with one signature field (objects 6 and 7) whose value covers all but its own /Contents: nothing in it is cryptography.
 * `signature`: more entries of its dictionary.
 */
export function signedPdf({
  objects = {},
  signature = '',
}: Pick<Parts, 'objects'> & { signature?: string } = {}): Buffer {
  const build = (range: string): Buffer =>
    classicPdf({
      objects: {
        1: '<</Type /Catalog /Pages 2 0 R /AcroForm <</Fields [6 0 R]>>>>',
        6: '<</FT /Sig /T (s) /V 7 0 R>>',
        7: `<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /ByteRange [${range}] /Contents <00> ${signature}>>`,
        ...objects,
      },
    })
  const width = '0 000000 000000 000000'.length
  const draft = build(' '.repeat(width))
  const at = draft.indexOf('<00>')
  const range = `0 ${String(at).padStart(6)} ${String(at + 4).padStart(6)} ${String(draft.length - at - 4).padStart(6)}`
  return build(range.padEnd(width))
}

/** The page tree as objects: one page each, with a link that is written into its list of annotations, or is an object of its own. */
export function pagesWithInline(inline: readonly boolean[]): Readonly<Record<number, string>> {
  const link = '<</Type /Annot /Subtype /Link /Rect [30 50 60 70] /Border [0 0 0]>>'
  const numbers = inline.map((_, index) => 11 + index)
  const pages = inline.map((isInline, index): [number, string] => [
    11 + index,
    `<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources <<>> /Contents 4 0 R /Annots [${isInline ? link : '10 0 R'}]>>`,
  ])
  const root = `<</Type /Pages /Kids [${numbers.map((number) => `${number} 0 R`).join(' ')}] /Count ${numbers.length}>>`
  return { 2: root, 10: link, ...Object.fromEntries(pages) }
}

/** Appends objects in a classic table, as some other program would. */
export function appendClassic(base: Buffer, objects: Readonly<Record<number, string>>, size: number, root = 1): Buffer {
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(base.toString('latin1'))?.[1] ?? '0'
  let body = ''
  let table = 'xref\n'
  for (const [number, text] of Object.entries(objects)) {
    table += `${number} 1\n${offsetText(base.length + body.length)}`
    body += `${number} 0 obj\n${text}\nendobj\n`
  }
  const startxref = base.length + body.length
  body += `${table}trailer\n<</Size ${size} /Root ${root} 0 R /Prev ${previous}>>\nstartxref\n${startxref}\n%%EOF\n`
  return Buffer.concat([base, Buffer.from(body, 'latin1')])
}

export type StreamPdf = {
  readonly objects?: Readonly<Record<number, string>>
  /** Numbers of the objects that lie in the object stream 20. */
  readonly compressed?: readonly number[]
  readonly deflate?: boolean
  /** Replaces the data of the object stream. */
  readonly container?: Buffer
  readonly indexArray?: string
}

/** A file with a cross-reference stream (object 21) and an object stream (object 20). */
export function streamPdf(parts: StreamPdf = {}): Buffer {
  const objects = { ...plainObjects, ...parts.objects }
  const compressed = parts.compressed ?? [1, 2, 3]
  let body = '%PDF-1.5\n%\xe2\xe3\xcf\xd3\n'
  const entries = new Map<number, [number, number, number]>([[0, [0, 0, 65_535]]])
  for (const [key, text] of Object.entries(objects)) {
    if (compressed.includes(Number(key))) continue
    entries.set(Number(key), [1, body.length, 0])
    body += `${key} 0 obj\n${text}\nendobj\n`
  }
  let head = ''
  let content = ''
  for (const [index, number] of compressed.entries()) {
    head += `${number} ${content.length} `
    content += `${objects[number]} `
    entries.set(number, [2, 20, index])
  }
  entries.set(20, [1, body.length, 0])
  const pack = (data: Buffer) => (parts.deflate === false ? data : deflateSync(data))
  const filter = parts.deflate === false ? '' : '/Filter /FlateDecode '
  const container = parts.container ?? pack(Buffer.from(head + content, 'latin1'))
  body += `20 0 obj\n<</Type /ObjStm /N ${compressed.length} /First ${head.length} ${filter}/Length ${container.length}>>\nstream\n${container.toString('latin1')}\nendstream\nendobj\n`
  const startxref = body.length
  entries.set(21, [1, startxref, 0])
  const table = Buffer.alloc(22 * 7)
  for (let number = 0; number < 22; number += 1) {
    const [type, second, third] = entries.get(number) ?? [0, 0, 0]
    table.writeUInt8(type, number * 7)
    table.writeUInt32BE(second, number * 7 + 1)
    table.writeUInt16BE(third, number * 7 + 5)
  }
  const data = pack(table)
  body += `21 0 obj\n<</Type /XRef /Size 22 /Root 1 0 R /W [1 4 2] ${parts.indexArray ?? ''}${filter}/Length ${data.length}>>\nstream\n${data.toString('latin1')}\nendstream\nendobj\nstartxref\n${startxref}\n%%EOF\n`
  return Buffer.from(body, 'latin1')
}

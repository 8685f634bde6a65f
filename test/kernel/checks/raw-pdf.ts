// Plain PDF files and revisions written by hand, so that an attack is exactly the bytes it says.

export type Objects = Readonly<Record<number, string>>

const stream = (content: string): string =>
  `<</Length ${Buffer.byteLength(content, 'latin1')}>>\nstream\n${content}\nendstream`

export const contentStream = (words: string): string => stream(`BT /F1 24 Tf 72 700 Td (${words}) Tj ET`)

export type RevisionOptions = {
  /** Members of the trailer besides /Size /Root /Prev /ID; replaces /Info too. */
  readonly trailer?: string
  readonly root?: string
  readonly id?: string
  /** Object numbers to mark as free. */
  readonly free?: readonly number[]
  /** Generation numbers other than 0. */
  readonly generations?: Readonly<Record<number, number>>
  /** Entries that point to an offset of the file instead of to a new object. */
  readonly redirect?: Readonly<Record<number, number>>
  /** Bytes between the last object and the cross-reference. */
  readonly loose?: string
}

export const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

export const lastStartxref = (bytes: Uint8Array): number =>
  Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(latin1(bytes))?.[1] ?? -1)

/** The last trailer's value of a key, as written. */
export function trailerValue(bytes: Uint8Array, key: string): string {
  const text = latin1(bytes)
  const trailer = text.slice(text.lastIndexOf('trailer'))
  return new RegExp(`/${key}\\s+(\\[[^\\]]*\\]|\\d+ \\d+ R|\\d+)`).exec(trailer)?.[1] ?? ''
}

/** One more revision with a classic cross-reference. */
export function appendRevision(bytes: Uint8Array, objects: Objects, options: RevisionOptions = {}): Buffer {
  const parts: string[] = []
  let at = bytes.length
  const write = (text: string): void => {
    parts.push(text)
    at += Buffer.byteLength(text, 'latin1')
  }
  const entries = new Map<number, string>()
  for (const [key, body] of Object.entries(objects)) {
    const number = Number(key)
    const generation = options.generations?.[number] ?? 0
    entries.set(number, `${String(at).padStart(10, '0')} ${String(generation).padStart(5, '0')} n \n`)
    write(`${number} ${generation} obj\n${body}\nendobj\n`)
  }
  for (const number of options.free ?? []) entries.set(number, '0000000000 00001 f \n')
  for (const [number, offset] of Object.entries(options.redirect ?? {})) {
    entries.set(Number(number), `${String(offset).padStart(10, '0')} 00000 n \n`)
  }
  if (options.loose) write(options.loose)
  const startxref = at
  write('xref\n')
  for (const [number, entry] of [...entries].sort(([a], [b]) => a - b)) write(`${number} 1\n${entry}`)
  const size = Math.max(Number(trailerValue(bytes, 'Size')), ...[...entries.keys()].map((number) => number + 1))
  const root = options.root ?? trailerValue(bytes, 'Root')
  const id = options.id ?? trailerValue(bytes, 'ID')
  const previous = lastStartxref(bytes)
  const info = trailerValue(bytes, 'Info')
  const more = options.trailer ?? (info === '' ? '' : `/Info ${info}`)
  write(
    `trailer\n<</Size ${size} /Root ${root}${id === '' ? '' : ` /ID ${id}`} /Prev ${previous} ${more}>>\nstartxref\n${startxref}\n%%EOF\n`,
  )
  return Buffer.concat([bytes, Buffer.from(parts.join(''), 'latin1')])
}

/** Object numbers of `upload()`. */
export const object = { catalog: 1, pages: 2, page1: 3, page2: 4, content1: 5, content2: 6, font: 7, info: 8 } as const

/** Two pages that inherit their boxes and resources, and nothing that pre-flight would refuse. `change` replaces objects. */
export function upload(change: Objects = {}): Buffer {
  const objects: Objects = {
    1: '<</Type /Catalog /Pages 2 0 R>>',
    2: '<</Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /MediaBox [0 0 595 842] /Resources <</Font <</F1 7 0 R>>>>>>',
    3: '<</Type /Page /Parent 2 0 R /Contents 5 0 R>>',
    4: '<</Type /Page /Parent 2 0 R /Contents 6 0 R>>',
    5: contentStream('The price is 100 kroner'),
    6: contentStream('Second page'),
    7: '<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>',
    8: '<</Title (Avtale)>>',
    ...change,
  }
  const parts = ['%PDF-1.7\n%\xe2\xe3\xcf\xd3\n']
  const offsets: string[] = []
  for (const [number, body] of Object.entries(objects)) {
    offsets.push(`${String(Buffer.byteLength(parts.join(''), 'latin1')).padStart(10, '0')} 00000 n \n`)
    parts.push(`${number} 0 obj\n${body}\nendobj\n`)
  }
  const startxref = Buffer.byteLength(parts.join(''), 'latin1')
  const id = '<00112233445566778899aabbccddeeff>'
  parts.push(
    `xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${offsets.join('')}trailer\n`,
    `<</Size ${offsets.length + 1} /Root 1 0 R /Info 8 0 R /ID [${id} ${id}]>>\nstartxref\n${startxref}\n%%EOF\n`,
  )
  return Buffer.from(parts.join(''), 'latin1')
}

/** The newest body of an object, as written between `obj` and `endobj`. */
export function bodyOf(bytes: Uint8Array, number: number): string {
  const text = latin1(bytes)
  const at = text.lastIndexOf(`\n${number} 0 obj\n`)
  const start = at + `\n${number} 0 obj\n`.length
  return at < 0 ? '' : text.slice(start, text.indexOf('\nendobj', start))
}

/** The bodies of the objects that `bytes` has more than `base`, whose last revision is then written again with changes. */
export function rewriteRevision(
  base: Uint8Array,
  bytes: Uint8Array,
  change: (objects: Record<number, string>) => Objects,
  options?: RevisionOptions,
): Buffer {
  const objects: Record<number, string> = {}
  for (const [, number, body] of latin1(bytes.subarray(base.length)).matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj\n/g)) {
    objects[Number(number)] = body ?? ''
  }
  return appendRevision(base, { ...objects, ...change(objects) }, options)
}

/** The number of the object whose newest body matches. */
export function numberOf(bytes: Uint8Array, body: RegExp): number {
  const all = [...latin1(bytes).matchAll(/(?:^|\n)(\d+) 0 obj\n([\s\S]*?)\nendobj/g)]
  return Number(all.filter(([, , text]) => body.test(text ?? '')).at(-1)?.[1] ?? -1)
}

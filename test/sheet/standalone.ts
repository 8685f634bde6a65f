// Makes a PDF of its own out of sheets and appearances, so that they can be looked at and judged without the signing kernel.
import {
  type Appearance,
  dict,
  isArray,
  isDict,
  isNewStream,
  localRef,
  name,
  newStream,
  type PdfObject,
  type Rectangle,
  type SheetObjects,
} from '../../src/kernel/pdf/index.ts'

export type Placed = { readonly appearance: Appearance; readonly page: number; readonly rect: Rectangle }

/** A classic PDF 1.7 file with the sheets as its pages and each appearance as a stamp annotation in its place. */
export function standalonePdf(sheets: SheetObjects, placed: readonly Placed[] = []): Uint8Array {
  const objects = new Map<number, PdfObject>(sheets.objects.map(({ number, body }) => [number, body]))
  let last = Math.max(...objects.keys())
  const add = (body: PdfObject): number => {
    last += 1
    objects.set(last, body)
    return last
  }
  const pagesNumber = add(null)
  for (const [index, page] of sheets.pages.entries()) {
    const body = objects.get(page.object)
    if (!isDict(body)) throw new Error('a page is not a dictionary')
    const annotations = placed
      .filter((one) => one.page === index)
      .map(({ appearance, rect }) => {
        const resources = Object.entries(appearance.resources).map(([category, names]) => [
          category,
          dict(
            Object.fromEntries(
              Object.entries(names).map(([key, resource]) => [key, localRef(sheets.resources[resource] ?? 0)]),
            ),
          ),
        ])
        const form = add(
          newStream(
            dict({
              Type: name('XObject'),
              Subtype: name('Form'),
              BBox: [...appearance.bbox],
              Resources: dict(Object.fromEntries(resources)),
            }),
            appearance.content,
          ),
        )
        const normal = dict({ N: localRef(form) })
        const entries = { Type: name('Annot'), Subtype: name('Stamp'), Rect: [...rect], F: 4, AP: normal }
        return localRef(add(dict(entries)))
      })
    objects.set(page.object, new Map([...body, ['Parent', localRef(pagesNumber)], ['Annots', annotations]]))
  }
  const kids = sheets.pages.map((page) => localRef(page.object))
  objects.set(pagesNumber, dict({ Type: name('Pages'), Kids: kids, Count: kids.length }))
  const catalog = add(dict({ Type: name('Catalog'), Pages: localRef(pagesNumber) }))

  const chunks: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')]
  let length = chunks[0]?.length ?? 0
  const places = new Map<number, number>()
  for (const [number, body] of objects) {
    places.set(number, length)
    const chunk = Buffer.concat([
      Buffer.from(`${number} 0 obj\n`, 'latin1'),
      written(body),
      Buffer.from('\nendobj\n', 'latin1'),
    ])
    chunks.push(chunk)
    length += chunk.length
  }
  const rows = Array.from({ length: last }, (_, index) => {
    const place = places.get(index + 1)
    return place === undefined ? '0000000000 65535 f \n' : `${String(place).padStart(10, '0')} 00000 n \n`
  })
  chunks.push(
    Buffer.from(
      `xref\n0 ${last + 1}\n0000000000 65535 f \n${rows.join('')}trailer\n<</Size ${last + 1}/Root ${catalog} 0 R>>\nstartxref\n${length}\n%%EOF\n`,
      'latin1',
    ),
  )
  return Buffer.concat(chunks)
}

function written(object: PdfObject): Buffer {
  if (isNewStream(object)) {
    const entries = new Map([...object.dict, ['Length', object.data.length] as const])
    return Buffer.concat([written(entries), Buffer.from('\nstream\n'), object.data, Buffer.from('\nendstream')])
  }
  return Buffer.from(plain(object), 'latin1')
}

function plain(object: PdfObject): string {
  if (object === null || typeof object === 'boolean' || typeof object === 'number') return String(object)
  if (isArray(object)) return `[${object.map(plain).join(' ')}]`
  if (isDict(object)) return `<<${[...object].map(([key, value]) => `/${key} ${plain(value)}`).join('')}>>`
  if (object.kind === 'name') return `/${object.name}`
  if (object.kind === 'string') return `<${Buffer.from(object.bytes).toString('hex')}>`
  if (object.kind === 'local') return `${object.number} 0 R`
  throw new Error(`sheets hand over no ${object.kind}`)
}

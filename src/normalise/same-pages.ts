// Looks at a rewritten file as the next reader will: its pages must be those of the file it was made from.
import { SeglError } from '../errors.ts'
import {
  isArray,
  isStream,
  type Page,
  type PdfFile,
  type PdfObject,
  type PdfRef,
  pagesOf,
  placeNear,
  serialise,
} from '../kernel/pdf/index.ts'

/** Same number, same boxes, and the content of each page as it was, with what was drawn for fields around it. */
export function samePages(before: PdfFile, after: PdfFile): void {
  const rewritten = pagesOf(after)
  for (const page of pagesOf(before)) {
    const { value: now } = rewritten.next()
    if (now === undefined || geometry(before, page) !== geometry(after, now) || !keepsContent(before, page, after, now))
      throw differs(before, page.ref)
  }
  if (!rewritten.next().done) throw differs(before)
}

const differs = (file: PdfFile, page?: PdfRef): SeglError =>
  new SeglError(
    'NOT_NORMALISABLE',
    'A page would not be the same in the rewritten file. Ask for the PDF anew from who made it.',
    {
      offset: placeNear(file, page),
    },
  )

function geometry(file: PdfFile, { effective }: Page): string {
  return ['MediaBox', 'CropBox', 'Rotate']
    .map((key) => {
      const value = file.resolve(effective.get(key))
      return serialise(isArray(value) ? value.map((item) => plain(file.resolve(item))) : plain(value))
    })
    .join(' ')
}

/** Only numbers are compared here. */
const plain = (value: PdfObject): PdfObject => (typeof value === 'number' ? value : null)

function keepsContent(before: PdfFile, page: Page, after: PdfFile, now: Page): boolean {
  const kept = contents(after, now)
  const wanted = contents(before, page)
  const first = kept.length === wanted.length ? 0 : 1
  return wanted.every((bytes, index) => {
    const found = kept[index + first]
    return found !== undefined && Buffer.compare(bytes, found) === 0
  })
}

function contents(file: PdfFile, { dict }: Page): readonly Uint8Array[] {
  const value = file.resolve(dict.get('Contents'))
  const parts = isArray(value) ? value.map((item) => file.resolve(item)) : [value]
  return parts.filter(isStream).map(({ start, length }) => file.source.read(start, length))
}

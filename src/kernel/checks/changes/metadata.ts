// Descriptions of the file, which no page shows: /Info and XMP may be brought up to date, as long as they are nothing else as well.
import { catalogOf, isDict, isRef, isStream, isString, nameOf, type PdfObject } from '../../pdf/index.ts'
import { type Account, textOfValue } from './account.ts'

export function explainInformation({ before, after, place, note, references }: Account): void {
  const [was, is] = [before.trailer.get('Info'), after.trailer.get('Info')]
  // Left out: nobody shows more for that.
  if (is === undefined) return
  const [earlier, later] = [before.resolve(was), after.resolve(is)]
  if (textOfValue(was) === textOfValue(is) && textOfValue(earlier) === textOfValue(later)) return
  // Where one object is both, the rules of the form judge it, which allow less.
  const form = catalogOf(before).get('AcroForm')
  if (isRef(form) && textOfValue(form) === textOfValue(was) && textOfValue(form) === textOfValue(is)) return
  place(was, is, '/Info')
  const odd = !isInformation(later) || (earlier !== null && !isInformation(earlier)) || references(was) > 0
  if (odd) note('/Info of the trailer is more than information')
}

/** Title, author, dates: strings, which nothing but a reader's properties window shows. */
const isInformation = (value: PdfObject): boolean =>
  isDict(value) &&
  [...value].every(([key, item]) => isString(item) || (key === 'Trapped' && nameOf(item) !== undefined))

export function explainXmp({ before, after, place, note, references }: Account): void {
  const [was, is] = [catalogOf(before).get('Metadata'), catalogOf(after).get('Metadata')]
  const [earlier, later] = [before.resolve(was), after.resolve(is)]
  if (textOfValue(was) === textOfValue(is) && textOfValue(earlier) === textOfValue(later)) return
  place(was, is, '/Metadata')
  // A stream can be XML and the content of a page at once.
  const odd = !isXmp(later) || (earlier !== null && !isXmp(earlier)) || references(was) > 1
  if (odd) note('/Metadata of the catalog is more than metadata')
}

const isXmp = (value: PdfObject): boolean =>
  isStream(value) && nameOf(value.dict.get('Type')) === 'Metadata' && nameOf(value.dict.get('Subtype')) === 'XML'

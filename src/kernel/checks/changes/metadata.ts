// Descriptions of the file, which no page shows: /Info and XMP may be brought up to date, as long as they are nothing else as well.
import { SeglError } from '../../../errors.ts'
import {
  catalogOf,
  isArray,
  isDict,
  isRef,
  isStream,
  isString,
  nameOf,
  type PdfFile,
  type PdfObject,
} from '../../pdf/index.ts'
import { type Account, textOfValue } from './account.ts'

export function explainInformation({ before, after, place, note }: Account): void {
  const [was, is] = [before.trailer.get('Info'), after.trailer.get('Info')]
  const [earlier, later] = [before.resolve(was), after.resolve(is)]
  if (textOfValue(earlier) === textOfValue(later)) return
  place(was, is, '/Info')
  const odd = !isInformation(later) || (earlier !== null && !isInformation(earlier)) || references(before, was) > 0
  if (odd) note('/Info of the trailer is more than information')
}

/** Title, author, dates: strings, which nothing but a reader's properties window shows. */
const isInformation = (value: PdfObject): boolean =>
  isDict(value) &&
  [...value].every(([key, item]) => isString(item) || (key === 'Trapped' && nameOf(item) !== undefined))

export function explainXmp({ before, after, place, note }: Account): void {
  const [was, is] = [catalogOf(before).get('Metadata'), catalogOf(after).get('Metadata')]
  const [earlier, later] = [before.resolve(was), after.resolve(is)]
  if (textOfValue(was) === textOfValue(is) && textOfValue(earlier) === textOfValue(later)) return
  place(was, is, '/Metadata')
  // A stream can be XML and the content of a page at once.
  const odd = !isXmp(later) || (earlier !== null && !isXmp(earlier)) || references(before, was) > 1
  if (odd) note('/Metadata of the catalog is more than metadata')
}

const isXmp = (value: PdfObject): boolean =>
  isStream(value) && nameOf(value.dict.get('Type')) === 'Metadata' && nameOf(value.dict.get('Subtype')) === 'XML'

/** How often objects of the file refer to that one; more than can be counted when they cannot be read. */
function references(file: PdfFile, value: PdfObject | undefined): number {
  if (!isRef(value)) return 0
  const { number: wanted } = value
  let count = 0
  const visit = (item: PdfObject): void => {
    if (isRef(item)) count += item.number === wanted ? 1 : 0
    else if (isArray(item)) for (const one of item) visit(one)
    else if (isDict(item)) for (const one of item.values()) visit(one)
    else if (isStream(item)) visit(item.dict)
  }
  try {
    file.each((_, item) => visit(item))
  } catch (error) {
    if (error instanceof SeglError) return Number.POSITIVE_INFINITY
    throw error
  }
  return count
}

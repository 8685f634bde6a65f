// Pages may list the widgets of the fields that were added, and nothing more.
import {
  changedObjects,
  type FormField,
  isArray,
  isDict,
  isRef,
  nameOf,
  type PdfArray,
  type PdfDict,
  type PdfFile,
  type PdfObject,
  type PdfRef,
  type Revision,
} from '../../pdf/index.ts'
import { type Account, differing, readable, textOfValue } from './account.ts'

export function explainPages(account: Account, revision: Revision, added: readonly FormField[]): void {
  const { before, after } = account
  const widgets = new Set(added.flatMap((field) => field.widgets.flatMap(({ ref }) => (ref ? [ref.number] : []))))
  const places = added.flatMap((field) => [field.dict, ...field.widgets.map(({ dict }) => dict)])
  const candidates = new Set(places.flatMap((dict) => numberOf(dict.get('P'))))
  for (const { number, entry } of changedObjects(revision)) if (entry.type !== 'free') candidates.add(number)
  for (const number of candidates) {
    const [was, is] = [readable(before, refTo(before, number)), readable(after, refTo(after, number))]
    if (isPage(was) && isPage(is)) explainPage(account, number, was, is, widgets)
  }
}

function explainPage(account: Account, number: number, was: PdfDict, is: PdfDict, widgets: ReadonlySet<number>): void {
  const { before, after, explain, isNew, references } = account
  const [old, now] = [was.get('Annots'), is.get('Annots')]
  const [list, longer] = [before.resolve(old), after.resolve(now)]
  const [earlier, later] = [isArray(list) ? list : [], isArray(longer) ? longer : []]
  // In which order the widgets stand among the others is the writer's own affair: the others keep theirs.
  const kept = later.filter((item) => !(isRef(item) && widgets.has(item.number)))
  if (textOfValue(earlier) !== textOfValue(kept) && !explainAnnotations(account, number, earlier, kept)) return
  const wrong = differing(was, is).some((key) => key !== 'Annots' && !isInherited(account, key, was, is))
  if (wrong) return
  if (isRef(now)) {
    // A list that something else uses as well may not grow.
    const isOwn = textOfValue(old) === textOfValue(now) && references(now) === 1
    if (!isNew(now) && !isOwn) return
    explain(now.number)
  }
  explain(number)
}

/** Where comments may come and go, the widgets of the form stay as they were. */
function explainAnnotations(account: Account, page: number, was: PdfArray, is: PdfArray): boolean {
  const { before, after, mayAnnotate, annotated, isNew, adopt } = account
  const fixed = (file: PdfFile, list: PdfArray) => list.filter((item) => !isComment(file, item))
  if (!mayAnnotate || textOfValue(fixed(before, was)) !== textOfValue(fixed(after, is))) return false
  const known = new Set(was.filter(isRef).map((item) => item.number))
  if (!is.every((item) => !isComment(after, item) || isNew(item) || known.has(item.number))) return false
  annotated.add(page)
  for (const item of is) if (isComment(after, item)) adopt(item)
  return true
}

/** An annotation that is an object of its own, no field, and does nothing. */
const isComment = (file: PdfFile, item: PdfObject): item is PdfRef => {
  const dict = isRef(item) ? readable(file, item) : undefined
  const subtype = isDict(dict) ? nameOf(dict.get('Subtype')) : undefined
  return (
    isDict(dict) && subtype !== undefined && subtype !== 'Widget' && !['A', 'AA', 'FT'].some((key) => dict.has(key))
  )
}

const inheritable = ['Resources', 'MediaBox', 'CropBox', 'Rotate']
const deepest = 200

/** OpenPDF writes into the page what it had from the nodes above it (ISO 32000-2, 7.7.3.4): it shows the same. */
function isInherited({ before, after }: Account, key: string, was: PdfDict, is: PdfDict): boolean {
  if (!inheritable.includes(key) || was.has(key)) return false
  let above = before.resolve(was.get('Parent'))
  for (let depth = 0; depth < deepest && isDict(above); depth += 1) {
    const value = above.get(key)
    if (value !== undefined) return textOfValue(before.resolve(value)) === textOfValue(after.resolve(is.get(key)))
    above = before.resolve(above.get('Parent'))
  }
  return false
}

const isPage = (value: PdfObject | undefined): value is PdfDict => isDict(value) && nameOf(value.get('Type')) === 'Page'

const numberOf = (value: PdfObject | undefined): readonly number[] => (isRef(value) ? [value.number] : [])

function refTo(file: PdfFile, number: number) {
  const entry = file.xref.get(number)
  return { kind: 'ref', number, generation: entry?.type === 'offset' ? entry.generation : 0 } as const
}

// Pages may list the widgets of the fields that were added, and nothing more.
import {
  changedObjects,
  type FormField,
  isArray,
  isDict,
  isRef,
  nameOf,
  type PdfDict,
  type PdfFile,
  type PdfObject,
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
  if (textOfValue(earlier) !== textOfValue(kept)) return
  if (differing(was, is).some((key) => key !== 'Annots')) return
  if (isRef(now)) {
    // A list that something else uses as well may not grow.
    const isOwn = textOfValue(old) === textOfValue(now) && references(now) === 1
    if (!isNew(now) && !isOwn) return
    explain(now.number)
  }
  explain(number)
}

const isPage = (value: PdfObject | undefined): value is PdfDict => isDict(value) && nameOf(value.get('Type')) === 'Page'

const numberOf = (value: PdfObject | undefined): readonly number[] => (isRef(value) ? [value.number] : [])

function refTo(file: PdfFile, number: number) {
  const entry = file.xref.get(number)
  return { kind: 'ref', number, generation: entry?.type === 'offset' ? entry.generation : 0 } as const
}

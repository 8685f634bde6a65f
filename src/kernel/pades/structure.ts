// Sheets and fields of a tagged upload become part of its structure tree, in revision 1 and never later (ISO 32000-2, 14.7 and 14.8).

import {
  dict,
  isArray,
  kidsOf,
  type NewObject,
  name,
  type PdfDict,
  type PdfFile,
  type PdfObject,
  type PdfRef,
  ref,
  type SheetObjects,
  type StructureElement,
  type StructureTree,
  serialise,
  textString,
  usesPlainHeadings,
  withEntries,
} from '../pdf/index.ts'
import type { FieldState } from './state.ts'

/** A field as its place on the sheet or page asks for it. */
export type DescribedField = {
  readonly field: FieldState
  readonly slot: number | 'seal'
  readonly description: string | undefined
}

export type Tagged = {
  readonly objects: readonly NewObject[]
  /** Members that the sheets' pages get, by object number. */
  readonly pages: ReadonlyMap<number, Readonly<Record<string, PdfObject>>>
  /** Members that the fields get, by object number, as they are written. */
  readonly fields: ReadonlyMap<number, string>
  readonly nextObject: number
}

/** Fields say what they are in every file; the rest is for tagged ones. `first`: the first free object number. */
export function tagSheets(
  file: PdfFile,
  tree: StructureTree | undefined,
  sheet: SheetObjects,
  numberOf: (local: number) => number,
  fields: readonly DescribedField[],
  first: number,
): Tagged {
  const described = ({ description }: DescribedField) =>
    description === undefined ? '' : ` /TU ${serialise(textString(description))}`
  // PDF/UA-2 (8.10.2.3) asks for /Contents where no label element names the widget, and for no /Alt of other words (8.9.4.2).
  const named = ({ description }: DescribedField) =>
    description === undefined ? '' : ` /Contents ${serialise(textString(description))}`
  if (tree === undefined) {
    const entries = fields.map((one) => [one.field.object, described(one)] as const)
    return { objects: [], pages: new Map(), fields: new Map(entries), nextObject: first }
  }
  let next = first
  let key = tree.nextKey
  const objects: NewObject[] = []
  const numbers: PdfObject[] = []
  const pages = new Map<number, Readonly<Record<string, PdfObject>>>()
  const entries = new Map<number, string>()
  const heading = usesPlainHeadings(file, tree) ? 'H' : 'H1'
  const parent = tree.document?.ref ?? tree.ref

  const addForm = (one: DescribedField, above: PdfRef): PdfRef => {
    const form = ref(next++)
    const page = ref(...one.field.page)
    const body = dict({
      Type: name('StructElem'),
      S: name('Form'),
      P: above,
      Pg: page,
      K: dict({ Type: name('OBJR'), Pg: page, Obj: ref(one.field.object) }),
    })
    objects.push({ number: form.number, body })
    entries.set(one.field.object, `${described(one)}${named(one)} /StructParent ${key}`)
    numbers.push(key, form)
    key += 1
    return form
  }
  const addElement = (
    element: StructureElement,
    above: PdfRef,
    page: PdfRef,
    marked: PdfRef[],
    top: boolean,
  ): PdfRef => {
    const own = ref(next++)
    const kids = element.kids.flatMap((kid): PdfObject[] => {
      if ('mcid' in kid) {
        marked[kid.mcid] = own
        return [kid.mcid]
      }
      if ('role' in kid) return [addElement(kid, own, page, marked, false)]
      const one = fields.find(({ slot, field }) => slot === kid.field && !entries.has(field.object))
      return one === undefined ? [] : [addForm(one, own)]
    })
    const body = dict({
      Type: name('StructElem'),
      S: name(element.role === 'H1' ? heading : element.role),
      P: above,
      Pg: page,
      Lang: top && sheet.language !== undefined ? textString(sheet.language) : undefined,
      A: element.attributes,
      K: kids,
    })
    objects.push({ number: own.number, body })
    return own
  }

  const added: PdfRef[] = []
  for (const page of sheet.pages) {
    const number = numberOf(page.object)
    const marked: PdfRef[] = []
    for (const element of page.structure ?? []) added.push(addElement(element, parent, ref(number), marked, true))
    if (marked.length > 0) {
      pages.set(number, { StructParents: key, Tabs: name('S') })
      numbers.push(key, marked)
      key += 1
    } else pages.set(number, { Tabs: name('S') })
  }
  // Fields that no sheet has a place for lie on pages of the upload.
  for (const one of fields) if (!entries.has(one.field.object)) added.push(addForm(one, parent))

  const parents = grownParents(file, tree.parentTree.dict, numbers, next)
  if (parents.object !== undefined) {
    objects.push(parents.object)
    next += 1
  }
  if (tree.parentTree.ref !== undefined) objects.push(replaced(tree.parentTree.ref, parents.tree))
  if (tree.document !== undefined) {
    const { dict: document } = tree.document
    objects.push(replaced(tree.document.ref, withEntries(document, { K: [...kidsOf(file, document), ...added] })))
  }
  // EU DSS takes a signature that it finds in the structure tree for a change of the document, unless it has come by there from
  // the parent tree first; it reads in the order of the file (measured with 6.4).
  const root = withEntries(leading(tree.root, 'ParentTree'), {
    ...(tree.document === undefined ? { K: [...kidsOf(file, tree.root), ...added] } : {}),
    ParentTree: tree.parentTree.ref ?? parents.tree,
    ParentTreeNextKey: key,
  })
  objects.push(replaced(tree.ref, root))
  return { objects, pages, fields: entries, nextObject: next }
}

/** The dictionary with one of its keys before the others. */
export const leading = (entries: PdfDict, key: string): PdfDict =>
  new Map([[key, entries.get(key) ?? null], ...[...entries].filter(([one]) => one !== key)])

const replaced = ({ number, generation }: PdfRef, body: PdfObject): NewObject => ({ number, generation, body })

/** The number tree with higher keys behind the others: in its own list, or as one more kid, which is then object `number`. */
function grownParents(
  file: PdfFile,
  tree: PdfDict,
  entries: readonly PdfObject[],
  number: number,
): { readonly tree: PdfDict; readonly object?: NewObject } {
  const kids = file.resolve(tree.get('Kids'))
  if (!isArray(kids)) {
    const numbers = file.resolve(tree.get('Nums'))
    return { tree: withEntries(tree, { Nums: [...(isArray(numbers) ? numbers : []), ...entries] }) }
  }
  const limits = [entries[0] ?? 0, entries.at(-2) ?? 0]
  const object = { number, body: dict({ Limits: limits, Nums: entries }) }
  return { tree: withEntries(tree, { Kids: [...kids, ref(number)] }), object }
}

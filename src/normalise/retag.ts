// In a tagged file, what a field showed stays where it was in the reading order: its element then holds content instead of a widget.
import {
  isArray,
  isDict,
  isRef,
  kidsOf,
  name,
  nameOf,
  type Page,
  type PdfArray,
  type PdfDict,
  type PdfFile,
  type PdfObject,
  type PdfRef,
  readableTree,
  withEntries,
} from '../kernel/pdf/index.ts'
import type { Draft } from './rewrite.ts'

export type Retagging = {
  /** Takes a widget out of the tree; returns the operators around what is drawn for it. */
  take(page: Page, annotation: PdfObject, shown: boolean): readonly [string, string]
  /** Writes the tree of parents with what was taken. */
  finish(): void
}

const artifact = ['/Artifact BMC ', 'EMC '] as const

/** Undefined for a file that is not tagged, or whose tree cannot be read (pre-flight tells that). */
export function retagging(draft: Draft): Retagging | undefined {
  const { file } = draft
  const tree = readableTree(file)
  if (tree === undefined) return undefined
  const parents = entriesOf(file, tree.parentTree.dict)
  return {
    take(page, annotation, shown) {
      const widget = file.resolve(annotation)
      const key = isDict(widget) ? file.resolve(widget.get('StructParent')) : null
      const element = typeof key === 'number' ? parents.get(key) : undefined
      const body = draft.get(element)
      if (typeof key !== 'number' || !isRef(element) || !isDict(body)) return artifact
      parents.delete(key)
      const pageKey = file.resolve(page.dict.get('StructParents'))
      const list = typeof pageKey === 'number' ? draft.get(parents.get(pageKey)) : null
      const marked: PdfArray = isArray(list) ? list : []
      const points = (kid: PdfObject) => {
        const at = file.resolve(kid)
        const object = isDict(at) ? at.get('Obj') : undefined
        return isRef(object) && isRef(annotation) && object.number === annotation.number
      }
      const others = kidsOf(file, body).filter((kid) => !points(kid))
      if (!shown || typeof pageKey !== 'number') {
        draft.replace(element, withEntries(body, { K: others }))
        return artifact
      }
      parents.set(pageKey, [...marked, element])
      // A Form element is one with a widget in it; text that is only shown is a Span.
      const role = nameOf(file.resolve(body.get('S'))) === 'Form' ? { S: name('Span') } : {}
      draft.replace(element, withEntries(body, { ...role, Pg: page.ref, K: [...others, marked.length] }))
      return [`/Span <</MCID ${marked.length}>> BDC `, 'EMC ']
    },
    finish() {
      const numbers = [...parents].sort(([a], [b]) => a - b).flat()
      const dict: PdfDict = new Map([['Nums', numbers]])
      const parentTree: PdfRef = draft.add(dict)
      draft.replace(tree.ref, withEntries(tree.root, { ParentTree: parentTree }))
    },
  }
}

/** The number tree as one map (`readableTree` has walked it, so it is bounded). */
function entriesOf(file: PdfFile, tree: PdfDict): Map<number, PdfObject> {
  const found = new Map<number, PdfObject>()
  const open: PdfObject[] = [tree]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    const node = file.resolve(value)
    if (!isDict(node)) continue
    const numbers = file.resolve(node.get('Nums'))
    const list = isArray(numbers) ? numbers : []
    for (let index = 0; index + 1 < list.length; index += 2) {
      const key = list[index]
      if (typeof key === 'number') found.set(key, list[index + 1] ?? null)
    }
    const kids = file.resolve(node.get('Kids'))
    if (isArray(kids)) open.push(...kids)
  }
  return found
}

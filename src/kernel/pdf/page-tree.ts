// Walks the page tree (ISO 32000-2, 7.7.3) without recursion: neither a hundred thousand pages nor as many levels cost any depth.

import { type PdfFile, placeNear } from './file.ts'
import { catalogOf } from './form.ts'
import { malformed } from './lexer.ts'
import { isArray, isDict, isRef, type PdfDict, type PdfObject, type PdfRef } from './object.ts'

export type Page = {
  readonly index: number
  readonly ref: PdfRef
  readonly dict: PdfDict
  /** /Resources, /MediaBox, /CropBox and /Rotate as they hold for the page, inherited or own. */
  readonly effective: PdfDict
  /** Nodes above it. */
  readonly depth: number
}

const inheritable = ['Resources', 'MediaBox', 'CropBox', 'Rotate']

/** Every page in order. MALFORMED_PDF when a node is missing, shared, or counts its pages wrongly. */
export function* pagesOf(file: PdfFile): Generator<Page> {
  const root = catalogOf(file).get('Pages')
  const seen = new Set<number>()
  const top = enter(file, root, new Map(), seen)
  if (top.isPage) throw malformed('The root of the page tree has no /Kids', offsetOf(file, top.ref))
  const open: Node[] = [top]
  let index = 0
  for (;;) {
    const node = open.at(-1)
    if (node === undefined) return
    const kid = node.kids[node.next]
    if (kid === undefined) {
      if (node.count !== index - node.first) {
        throw malformed(
          `The page tree says ${node.count} pages where there are ${index - node.first}`,
          offsetOf(file, node.ref),
        )
      }
      open.pop()
      continue
    }
    node.next += 1
    const child = enter(file, kid, node.inherited, seen)
    if (child.isPage) {
      yield { index, ref: child.ref, dict: child.dict, effective: child.inherited, depth: open.length }
      index += 1
      continue
    }
    child.first = index
    open.push(child)
  }
}

/**
 * ISO 32000-2, table 31: /Annots holds references only. pyHanko compares pages by them and refuses a signed file where one is
 * written into the list itself, once the list has grown.
 */
export function hasInlineAnnotations(file: PdfFile, { dict }: Page): boolean {
  const own = file.resolve(dict.get('Annots'))
  return isArray(own) && !own.every(isRef)
}

type Node = {
  readonly ref: PdfRef
  readonly dict: PdfDict
  readonly inherited: PdfDict
  readonly kids: readonly PdfObject[]
  readonly isPage: boolean
  readonly count: number
  next: number
  first: number
}

function enter(file: PdfFile, value: PdfObject | undefined, above: PdfDict, seen: Set<number>): Node {
  if (!isRef(value)) throw malformed('The page tree has a node that is no object of its own', placeNear(file))
  if (seen.has(value.number)) throw malformed('A node of the page tree occurs twice', offsetOf(file, value))
  seen.add(value.number)
  const node = file.get(value)
  if (!isDict(node)) throw malformed('A node of the page tree is missing', offsetOf(file, value))
  const inherited = new Map(above)
  for (const key of inheritable) {
    const own = node.get(key)
    if (own !== undefined) inherited.set(key, own)
  }
  const isPage = !node.has('Kids')
  const kids = isPage ? [] : file.resolve(node.get('Kids'))
  const count = isPage ? 0 : file.resolve(node.get('Count'))
  if (!isArray(kids) || typeof count !== 'number')
    throw malformed('A node of the page tree is wrong', offsetOf(file, value))
  return { ref: value, dict: node, inherited, kids, isPage, count, next: 0, first: 0 }
}

function offsetOf(file: PdfFile, reference: PdfRef): number {
  const entry = file.xref.get(reference.number)
  return entry?.type === 'offset' ? entry.offset : 0
}

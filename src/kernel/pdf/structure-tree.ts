// The structure tree of a tagged file (ISO 32000-2, 14.7), as far as appending to it needs: where new elements go, and their numbers.

import { isSeglError, SeglError } from '../../errors.ts'
import { type PdfFile, placeNear } from './file.ts'
import { catalogOf } from './form.ts'
import { malformed } from './lexer.ts'
import { isArray, isDict, isRef, nameOf, type PdfArray, type PdfDict, type PdfObject, type PdfRef } from './object.ts'

export type StructureTree = {
  readonly ref: PdfRef
  readonly root: PdfDict
  /** The one element under the root when it is a Document: new parts belong into it. */
  readonly document: { readonly ref: PdfRef; readonly dict: PdfDict } | undefined
  /** The number tree from /StructParent and /StructParents to elements; `ref` when it is an object of its own. */
  readonly parentTree: { readonly ref: PdfRef | undefined; readonly dict: PdfDict }
  /** The first number that neither the tree nor /ParentTreeNextKey knows; objects may use it all the same (see mentions.ts). */
  readonly nextKey: number
}

/** Keys are integers of 32 bits, and some must be left for what is appended. */
const mostKeys = 2 ** 31 - 2 ** 24

/** Undefined for a file without one. MALFORMED_PDF when it cannot be read far enough to append to it. */
export function structureTreeOf(file: PdfFile): StructureTree | undefined {
  const value = catalogOf(file).get('StructTreeRoot')
  const root = file.resolve(value)
  if (value === undefined || root === null) return undefined
  if (!isRef(value) || !isDict(root)) throw unreadable(file, value)
  const parents = root.get('ParentTree')
  const parentTree = file.resolve(parents)
  if (parentTree !== null && !isDict(parentTree)) throw unreadable(file, parents ?? value)
  const told = file.resolve(root.get('ParentTreeNextKey'))
  const dict = parentTree ?? new Map()
  const highest = highestKey(file, dict)
  if (highest >= mostKeys) throw unreadable(file, parents ?? value)
  return {
    ref: value,
    root,
    document: documentOf(file, root),
    parentTree: { ref: isRef(parents) && parentTree !== null ? parents : undefined, dict },
    nextKey: Math.max(
      typeof told === 'number' && Number.isSafeInteger(told) && told < mostKeys ? told : 0,
      highest + 1,
    ),
  }
}

/** The same for whoever goes on without a tree that cannot be read: pre-flight has refused a file whose claims need it. */
export function readableTree(file: PdfFile): StructureTree | undefined {
  try {
    return structureTreeOf(file)
  } catch (error) {
    if (isSeglError(error, 'MALFORMED_PDF', 'TOO_COMPLEX')) return undefined
    throw error
  }
}

const unreadable = (file: PdfFile, value?: PdfObject): SeglError =>
  malformed('The structure tree is not well-formed', placeNear(file, value))

/** /K as a list: one kid may stand for itself. */
export function kidsOf(file: PdfFile, element: PdfDict): PdfArray {
  const kids = element.get('K')
  const value = file.resolve(kids)
  if (kids === undefined || value === null) return []
  return isArray(value) ? value : [kids]
}

function documentOf(file: PdfFile, root: PdfDict): StructureTree['document'] {
  const [only, ...others] = kidsOf(file, root)
  const element = file.resolve(only)
  if (others.length > 0 || !isRef(only) || !isDict(element)) return undefined
  return roleOf(file, root, element) === 'Document' ? { ref: only, dict: element } : undefined
}

/** The element's type, or the standard one that /RoleMap gives for it. */
function roleOf(file: PdfFile, root: PdfDict, element: PdfDict): string | undefined {
  const map = file.resolve(root.get('RoleMap'))
  let role = nameOf(file.resolve(element.get('S')))
  for (let step = 0; step < 20 && role !== undefined && isDict(map); step += 1) {
    const next = nameOf(file.resolve(map.get(role)))
    if (next === undefined || next === role) break
    role = next
  }
  return role
}

/** Walks the number tree; -1 when it is empty. */
function highestKey(file: PdfFile, tree: PdfDict): number {
  let highest = -1
  const visited = new Set<number>()
  const open: { node: PdfDict; depth: number }[] = [{ node: tree, depth: 0 }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.depth > file.limits.treeDepth)
      throw new SeglError('TOO_COMPLEX', 'The structure tree is nested too deeply.', { offset: placeNear(file) })
    const numbers = file.resolve(next.node.get('Nums'))
    for (const [index, key] of (isArray(numbers) ? numbers : []).entries()) {
      if (index % 2 === 1) continue
      if (typeof key !== 'number' || !Number.isSafeInteger(key)) throw unreadable(file)
      highest = Math.max(highest, key)
    }
    const kids = file.resolve(next.node.get('Kids'))
    for (const kid of isArray(kids) ? kids : []) {
      if (isRef(kid) && visited.has(kid.number)) throw unreadable(file, kid)
      if (isRef(kid)) visited.add(kid.number)
      const node = file.resolve(kid)
      if (!isDict(node)) throw unreadable(file, kid)
      open.push({ node, depth: next.depth + 1 })
    }
  }
  return highest
}

/** Whether the file titles its parts by H, which PDF/UA-1 (7.4.4) does not let stand beside H1, H2 … */
export function usesPlainHeadings(file: PdfFile, tree: StructureTree): boolean {
  const visited = new Set<number>()
  const open: PdfObject[] = [...kidsOf(file, tree.root)]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (isRef(value)) {
      if (visited.has(value.number)) continue
      visited.add(value.number)
    }
    const element = file.resolve(value)
    if (!isDict(element)) continue
    if (roleOf(file, tree.root, element) === 'H') return true
    for (const kid of kidsOf(file, element)) if (typeof kid !== 'number') open.push(kid)
  }
  return false
}

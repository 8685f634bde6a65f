// Preparing a tagged upload may add elements for the sheets and fields behind those that were there, and change none of them.
import { isSeglError } from '../../../errors.ts'
import {
  catalogOf,
  isArray,
  isDict,
  isRef,
  kidsOf,
  nameOf,
  type PdfArray,
  type PdfDict,
  type PdfFile,
  type PdfObject,
  pagesOf,
  structureTreeOf,
} from '../../pdf/index.ts'
import { dictIn, differing, readable, textOfValue } from '../changes/account.ts'

export type Growth = {
  /** Objects of the upload that were replaced by longer ones. */
  readonly objects: ReadonlySet<number>
  /** What preparing may not have done, as a sentence. */
  readonly fault: string | undefined
}

const grown = (numbers: readonly (number | undefined)[] = [], fault?: string): Growth => ({
  objects: new Set(numbers.filter((number) => number !== undefined)),
  fault,
})

/** Compares the structure trees of the upload and of the prepared file. */
export function structureGrowth(before: PdfFile, after: PdfFile): Growth {
  try {
    return compare(before, after)
  } catch (error) {
    // A tree that cannot be read is not appended to; if it was, its objects count as replaced.
    if (isSeglError(error, 'MALFORMED_PDF', 'TOO_COMPLEX')) return grown()
    throw error
  }
}

function compare(before: PdfFile, after: PdfFile): Growth {
  const [was, is] = [structureTreeOf(before), structureTreeOf(after)]
  if (was === undefined || is === undefined) return grown()
  if (textOfValue(catalogOf(before).get('StructTreeRoot')) !== textOfValue(catalogOf(after).get('StructTreeRoot')))
    return grown([], 'The structure tree was exchanged when it was prepared.')
  const objects = [was.ref.number, was.document?.ref.number, was.parentTree.ref?.number]
  const wrong = (what: string): Growth => grown(objects, `${what} was changed when it was prepared.`)
  const key = differing(was.root, is.root).find((one) => !['K', 'ParentTree', 'ParentTreeNextKey'].includes(one))
  if (key !== undefined) return wrong(`/${key} of the structure tree`)
  const kids = added(kidsOf(before, was.root), kidsOf(after, is.root))
  if (kids === undefined) return wrong('An element of the structure tree')
  let document: PdfArray | undefined = []
  if (was.document !== undefined) {
    const now = dictIn(after, was.document.ref)
    const other = differing(was.document.dict, now).find((one) => one !== 'K')
    if (other !== undefined) return wrong(`/${other} of the structure’s document element`)
    document = added(kidsOf(before, was.document.dict), kidsOf(after, now))
    if (document === undefined) return wrong('An element of the structure tree')
  }
  if (was.parentTree.ref !== undefined && textOfValue(was.parentTree.ref) !== textOfValue(is.parentTree.ref))
    return wrong('The parent tree')
  const entries = grownParents(before, after, was.parentTree.dict, is.parentTree.dict)
  if (entries === undefined || entries.some((one, index) => index % 2 === 0 && !isKeyFrom(one, was.nextKey)))
    return wrong('The parent tree')
  return grown(objects, elementsFault(before, after, [...kids, ...document]))
}

const isKeyFrom = (value: PdfObject, first: number): boolean => typeof value === 'number' && value >= first

/** What stands behind the earlier items; undefined when one of them is not as it was. */
function added(was: PdfArray, is: PdfArray): PdfArray | undefined {
  const kept = textOfValue(was) === textOfValue(is.slice(0, was.length))
  return kept ? is.slice(was.length) : undefined
}

/** The new keys and values of the number tree; undefined when an earlier one was changed. */
function grownParents(before: PdfFile, after: PdfFile, was: PdfDict, is: PdfDict): PdfArray | undefined {
  if (differing(was, is).some((key) => key !== 'Nums' && key !== 'Kids')) return undefined
  const list = (file: PdfFile, tree: PdfDict, key: string): PdfArray => {
    const value = file.resolve(tree.get(key))
    return isArray(value) ? value : []
  }
  const numbers = added(list(before, was, 'Nums'), list(after, is, 'Nums'))
  const kids = added(list(before, was, 'Kids'), list(after, is, 'Kids'))
  if (numbers === undefined || kids === undefined) return undefined
  return [...numbers, ...kids.flatMap((kid) => list(after, dictIn(after, kid), 'Nums'))]
}

/** New elements speak of new pages and new fields only: none gives another meaning to what the upload shows. */
function elementsFault(before: PdfFile, after: PdfFile, elements: PdfArray): string | undefined {
  const isNew = (value: PdfObject | undefined) => isRef(value) && before.xref.get(value.number) === undefined
  const pages = new Set<number>()
  for (const { ref } of pagesOf(after)) if (isNew(ref)) pages.add(ref.number)
  const seen = new Set<number>()
  const open: PdfObject[] = [...elements]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (!isRef(value) || !isNew(value) || seen.has(value.number))
      return 'The structure tree was given an element that is no new object.'
    seen.add(value.number)
    const element = readable(after, value)
    if (!isDict(element)) return 'The structure tree was given an element that cannot be read.'
    const page = element.get('Pg')
    const onSheet = isRef(page) && pages.has(page.number)
    for (const kid of kidsOf(after, element)) {
      if (typeof kid === 'number' && onSheet) continue
      if (isRef(kid)) open.push(kid)
      else if (!isDict(kid) || nameOf(kid.get('Type')) !== 'OBJR' || !isNew(kid.get('Obj')))
        return `The structure element ${value.number} was given content that is not on a sheet.`
    }
  }
  return undefined
}

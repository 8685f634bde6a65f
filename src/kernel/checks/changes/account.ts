// Keeps account of which objects of a revision are explained, and of what could not be.
import { SeglError } from '../../../errors.ts'
import {
  isArray,
  isDict,
  isRef,
  isStream,
  type PdfDict,
  type PdfFile,
  type PdfObject,
  type PdfRef,
  serialise,
} from '../../pdf/index.ts'

export type FilledField = {
  readonly name: string
  /** Nobody who fills in the form can change it, only a program (ISO 32000-2, table 227). */
  readonly readOnly: boolean
}

export type Account = {
  readonly before: PdfFile
  readonly after: PdfFile
  readonly explained: ReadonlySet<number>
  readonly reasons: readonly string[]
  readonly doubts: readonly string[]
  /** Something that changes, or could change, what is shown. */
  readonly note: (reason: string) => void
  /** Something that shows more than was signed, without changing what was. */
  readonly doubt: (reason: string) => void
  /** Fields that are no signatures and were filled, changed or emptied. */
  readonly filled: readonly FilledField[]
  readonly fill: (field: FilledField) => void
  /** Whether a certification with P=3 lets annotations be added, changed and deleted (ISO 32000-2, table 257). */
  readonly mayAnnotate: boolean
  /** Object numbers of the pages on which that happened. */
  readonly annotated: Set<number>
  /** Whether nothing of the file before can know the object: it was not there, and nothing referred to it. */
  readonly isNew: (reference: PdfRef) => boolean
  /** How often objects of the file before referred to that one; its trailer is not counted. */
  readonly references: (value: PdfObject | undefined) => number
  /** The object may be replaced: its content is judged elsewhere. */
  readonly explain: (number: number) => void
  /** A place (/Root, /AcroForm …) must still lead to the same object or to a new one: else two things become one. */
  readonly place: (was: PdfObject | undefined, is: PdfObject | undefined, what: string) => void
  /** The value and every new object that it leads to belong to something that may be added. */
  readonly adopt: (value: PdfObject | undefined) => void
}

export function openAccount(
  before: PdfFile,
  after: PdfFile,
  isMissing: (number: number) => boolean,
  mayAnnotate: boolean,
): Account {
  const explained = new Set<number>()
  const reasons: string[] = []
  const doubts: string[] = []
  const filled: FilledField[] = []
  let counted: ReturnType<typeof countReferences> | undefined
  const count = (number: number): number => {
    counted ??= countReferences(before)
    return counted(number)
  }
  // PDFBox gives the number of an older cross-reference stream, which nothing refers to, to a new object.
  const streams = new Set(before.sections.flatMap(({ streamObject }) => streamObject ?? []))
  const isUnused = (number: number): boolean =>
    before.xref.get(number) === undefined || (streams.has(number) && count(number) === 0)
  const isNew = ({ number }: PdfRef): boolean => isUnused(number) && !isMissing(number)
  const adopt = (adopted: PdfObject | undefined): void => {
    // Without recursion: chains of new objects may be as long as the file.
    const open = [adopted]
    for (let value = open.pop(); value !== undefined; value = open.pop()) {
      if (isRef(value)) {
        if (!isNew(value) || explained.has(value.number)) continue
        explained.add(value.number)
        open.push(readable(after, value) ?? null)
      } else if (isArray(value)) for (const item of value) open.push(item)
      else if (isDict(value)) for (const item of value.values()) open.push(item)
      else if (isStream(value)) open.push(value.dict)
    }
  }
  return {
    before,
    after,
    explained,
    reasons,
    doubts,
    filled,
    isNew,
    adopt,
    note: (reason) => void reasons.push(reason),
    doubt: (reason) => void doubts.push(reason),
    mayAnnotate,
    annotated: new Set(),
    fill: (field) => void filled.push(field),
    references: (value) => (isRef(value) ? count(value.number) : 0),
    explain: (number) => void explained.add(number),
    place(was, is, what) {
      if (!isRef(is)) return
      if (isNew(is) || (isRef(was) && was.number === is.number && was.generation === is.generation)) {
        explained.add(is.number)
      } else reasons.push(`${what} leads to object ${is.number} now, which was something else`)
    },
  }
}

/** The object, or undefined when it cannot be read. */
export function readable(file: PdfFile, reference: PdfRef): PdfObject | undefined {
  try {
    return file.get(reference)
  } catch (error) {
    if (error instanceof SeglError) return undefined
    throw error
  }
}

/** A value as text, the same for the same value; streams (only indirect objects are any) by their dictionary and place. */
export const textOfValue = (value: PdfObject | undefined): string => {
  if (value === undefined) return ''
  return isStream(value) ? `${serialise(sorted(value.dict))}@${value.start}+${value.length}` : serialise(sorted(value))
}

/** Keys of a dictionary have no order (ISO 32000-2, 7.3.7): programs that write one again may write them in another. */
function sorted(value: PdfObject): PdfObject {
  if (isArray(value)) return value.map(sorted)
  if (!isDict(value)) return value
  return new Map([...value].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, item]) => [key, sorted(item)]))
}

/** Whether an object was written again just as it was. */
export function isSameObject({ source }: PdfFile, was: PdfObject | undefined, is: PdfObject | undefined): boolean {
  if (!isStream(was) || !isStream(is)) return textOfValue(was) === textOfValue(is)
  if (was.length !== is.length || textOfValue(was.dict) !== textOfValue(is.dict)) return false
  if (was.start === is.start) return true
  return Buffer.compare(source.read(was.start, was.length), source.read(is.start, is.length)) === 0
}

/** Keys whose values differ. */
export function differing(before: PdfDict, after: PdfDict): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].filter(
    (key) => textOfValue(before.get(key)) !== textOfValue(after.get(key)),
  )
}

export const emptyDict: PdfDict = new Map()

/** What a value leads to when that is a dictionary, else an empty one. */
export function dictIn(file: PdfFile, value: PdfObject | undefined): PdfDict {
  const found = file.resolve(value)
  return isDict(found) ? found : emptyDict
}

/** How often objects of a file refer to each other; when they cannot all be read, more often than can be counted. */
function countReferences(file: PdfFile): (number: number) => number {
  // A cross-reference stream holds the trailer, whose references are no further ones (ISO 32000-2, 7.5.8.2).
  const trailers = new Set(file.sections.flatMap(({ streamObject }) => streamObject ?? []))
  const counts = new Map<number, number>()
  const visit = (item: PdfObject): void => {
    if (isRef(item)) counts.set(item.number, (counts.get(item.number) ?? 0) + 1)
    else if (isArray(item)) for (const one of item) visit(one)
    else if (isDict(item)) for (const one of item.values()) visit(one)
    else if (isStream(item)) visit(item.dict)
  }
  try {
    file.each(({ number }, item) => {
      if (!trailers.has(number)) visit(item)
    })
  } catch (error) {
    if (error instanceof SeglError) return () => Number.POSITIVE_INFINITY
    throw error
  }
  return (number) => counts.get(number) ?? 0
}

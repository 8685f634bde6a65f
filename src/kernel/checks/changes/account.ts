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
  /** Whether nothing of the file before can know the object: it was not there, and nothing referred to it. */
  readonly isNew: (reference: PdfRef) => boolean
  /** The object may be replaced: its content is judged elsewhere. */
  readonly explain: (number: number) => void
  /** A place (/Root, /AcroForm …) must still lead to the same object or to a new one: else two things become one. */
  readonly place: (was: PdfObject | undefined, is: PdfObject | undefined, what: string) => void
  /** The value and every new object that it leads to belong to something that may be added. */
  readonly adopt: (value: PdfObject | undefined) => void
}

export function openAccount(before: PdfFile, after: PdfFile, isMissing: (number: number) => boolean): Account {
  const explained = new Set<number>()
  const reasons: string[] = []
  const doubts: string[] = []
  const isNew = ({ number }: PdfRef): boolean => before.xref.get(number) === undefined && !isMissing(number)
  const adopt = (value: PdfObject | undefined): void => {
    if (isRef(value)) {
      if (!isNew(value) || explained.has(value.number)) return
      explained.add(value.number)
      adopt(readable(after, value))
    } else if (isArray(value)) for (const item of value) adopt(item)
    else if (isDict(value)) for (const item of value.values()) adopt(item)
    else if (isStream(value)) adopt(value.dict)
  }
  return {
    before,
    after,
    explained,
    reasons,
    doubts,
    isNew,
    adopt,
    note: (reason) => void reasons.push(reason),
    doubt: (reason) => void doubts.push(reason),
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
  return isStream(value) ? `${serialise(value.dict)}@${value.start}+${value.length}` : serialise(value)
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

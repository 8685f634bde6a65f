// The numbers that a file mentions, wherever: of objects, also of such as do not exist, and of places in the parent tree.

import { isSeglError, SeglError } from '../../errors.ts'
import { type PdfFile, placeNear } from './file.ts'
import { firstUnused, type NumberSet, numberSet } from './number-set.ts'
import { isArray, isDict, isRef, isStream, type PdfDict, type PdfObject, type PdfRef, ref } from './object.ts'
import { fileAt, type Revision, revisions } from './revision.ts'

export type Mentions = {
  readonly objects: NumberSet
  /** The first number above every /StructParent and /StructParents (ISO 32000-2, 14.7.5.4), in the parent tree or not. */
  readonly freeKey: () => number
  /** How often the file as it stands, with its trailer, refers to the object that was to be counted. */
  readonly counted: () => number
}

export type MentionOptions = {
  /** The first number that the parent tree itself does not use. */
  readonly firstKey?: number | undefined
  /** Number of the object to count. */
  readonly counted?: number | undefined
}

export type MentionCollector = {
  readonly mentions: Mentions
  /** An object of the file as it stands. */
  visit(value: PdfObject): void
  /** All that is not among those: trailers, with the dictionaries of cross-reference streams, and what later revisions replaced. */
  rest(history?: readonly Revision[]): void
}

const structureKeysOf = ['StructParent', 'StructParents']
/** Keys beyond this many above the first free one are never given away, so they need not be remembered. */
const rememberedKeys = 1 << 23

export function collectMentions(file: PdfFile, options: MentionOptions = {}): MentionCollector {
  const { firstKey = 0, counted } = options
  let count = 0
  const objects = numberSet(file.limits.objects)
  const structureKeys = numberSet(rememberedKeys)
  const visitDict = (dict: PdfDict): void => {
    for (const key of structureKeysOf) {
      const written = dict.get(key)
      const number = written === undefined ? null : file.resolve(written)
      if (typeof number === 'number') structureKeys.add(number - firstKey)
    }
    for (const value of dict.values()) visit(value)
  }
  const visit = (value: PdfObject): void => {
    if (typeof value !== 'object' || value === null) return
    if (isRef(value)) {
      objects.add(value.number)
      if (value.number === counted) count += 1
    } else if (isArray(value)) for (const item of value) visit(item)
    else if (isDict(value)) visitDict(value)
    else if (isStream(value)) visitDict(value.dict)
  }
  return {
    mentions: {
      objects,
      counted: () => count,
      freeKey: () => firstKey + (firstUnused(structureKeys, 0, roomForKeys, rememberedKeys) ?? 0),
    },
    visit,
    rest(history = revisions(file)) {
      visit(file.trailer)
      const asItStands = count
      for (const { trailer, hiddenTrailer } of file.sections) {
        visit(trailer)
        if (hiddenTrailer !== undefined) visit(hiddenTrailer)
      }
      visitReplaced(file, history, visit)
      count = asItStands
    },
  }
}

/** All at once. What cannot be read is for pre-flight to refuse, and for the verifier to tell. */
export function mentionsIn(file: PdfFile, options?: MentionOptions): Mentions {
  const collector = collectMentions(file, options)
  collector.rest()
  ifReadable(() => file.each((_, value) => collector.visit(value)))
  return collector.mentions
}

/** Objects of earlier revisions that a later one replaced or freed: they are part of the file, and of what is signed. */
function visitReplaced(file: PdfFile, history: readonly Revision[], visit: (value: PdfObject) => void): void {
  if (history.length < 2) return
  const later = numberSet(file.limits.objects)
  for (const revision of history.toReversed()) {
    const replaced = replacedIn(revision, later)
    if (replaced.length === 0) continue
    const then = fileAt(file, revision)
    for (const reference of replaced) ifReadable(() => visit(then.get(reference)))
  }
}

/** In the order of the file, object streams one after the other, so that each is inflated once; then all of them count as later. */
function replacedIn(revision: Revision, later: NumberSet): readonly PdfRef[] {
  const found: { readonly place: number; readonly reference: PdfRef }[] = []
  for (const { entries } of revision.sections) {
    entries.each((number, entry) => {
      if (!later.has(number) || entry.type === 'free') return
      const generation = entry.type === 'offset' ? entry.generation : 0
      const place = entry.type === 'offset' ? entry.offset : 2 ** 33 + entry.container * 2 ** 26 + entry.index
      found.push({ place, reference: ref(number, generation) })
    })
  }
  for (const { entries } of revision.sections) entries.each((number) => later.add(number))
  return found.sort((a, b) => a.place - b.place).map(({ reference }) => reference)
}

function ifReadable(read: () => void): void {
  try {
    read()
  } catch (error) {
    if (!isSeglError(error, 'MALFORMED_PDF', 'TRUNCATED', 'TOO_COMPLEX')) throw error
  }
}

/** More numbers than forty signers and decades of renewals need. */
const roomForObjects = 1 << 16
const roomForKeys = 1 << 16

/**
 * The first object number for what is appended: not in the cross-reference, not below /Size, and mentioned nowhere. A reference to
 * nothing reads as null (ISO 32000-2, 7.3.10; qpdf and pyHanko agree), and no object of ours may give it a meaning. TOO_COMPLEX when
 * there is no room left below the largest object number.
 */
export function firstFreeObject(file: PdfFile, { objects }: Mentions): number {
  const highest = Math.max(0, file.xref.highest)
  const size = file.resolve(file.trailer.get('Size'))
  const told = typeof size === 'number' && Number.isInteger(size) && size <= file.limits.objects ? size : 0
  const first = firstUnused(objects, Math.max(highest + 1, told), roomForObjects, file.limits.objects)
  if (first !== undefined) return first
  const detail = `The PDF uses object numbers up to the largest there may be (${file.limits.objects}), so nothing can be appended. Export it again.`
  throw new SeglError('TOO_COMPLEX', detail, { offset: placeNear(file) })
}

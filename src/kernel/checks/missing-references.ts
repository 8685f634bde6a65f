// References to objects that do not exist (yet): whoever adds such an object later changes what earlier revisions show.
import { SeglError } from '../../errors.ts'
import {
  changedObjects,
  isArray,
  isDict,
  isRef,
  isStream,
  type PdfFile,
  type PdfObject,
  type Revision,
} from '../pdf/index.ts'

export type MissingReferences = {
  /** The first revision in which something referred to the object without its being there; undefined when nothing did. */
  readonly since: (number: number) => number | undefined
  /** Why the file's objects could not all be read; different readers may then guess differently. */
  readonly unreadable: string | undefined
}

/** Looks at every object of the first revision, and at what each later one wrote. */
export function missingReferences(
  revisions: readonly Revision[],
  fileAt: (index: number) => PdfFile | undefined,
): MissingReferences {
  const since = new Map<number, number>()
  let unreadable: string | undefined
  for (const { index } of revisions) {
    const file = fileAt(index)
    if (!file) continue
    const visit = (value: PdfObject): void => {
      if (isRef(value)) {
        if (file.xref.get(value.number) === undefined && !since.has(value.number)) since.set(value.number, index)
      } else if (isArray(value)) for (const item of value) visit(item)
      else if (isDict(value)) for (const item of value.values()) visit(item)
      else if (isStream(value)) visit(value.dict)
    }
    visit(file.trailer)
    try {
      if (index === 0) file.each((_, value) => visit(value))
      else for (const reference of writtenIn(revisions, index)) visit(file.get(reference))
    } catch (error) {
      if (!(error instanceof SeglError)) throw error
      unreadable ??= error.detail
    }
  }
  return { since: (number) => since.get(number), unreadable }
}

/** What a revision wrote, object streams one after the other, so that each is inflated once. */
function writtenIn(revisions: readonly Revision[], index: number) {
  const revision = revisions[index]
  return (revision ? changedObjects(revision) : [])
    .filter(({ entry }) => entry.type !== 'free')
    .sort((a, b) => placeOf(a.entry) - placeOf(b.entry))
    .map(({ number, entry }) => ({
      kind: 'ref' as const,
      number,
      generation: entry.type === 'offset' ? entry.generation : 0,
    }))
}

const placeOf = (entry: ReturnType<typeof changedObjects>[number]['entry']): number =>
  entry.type === 'compressed' ? entry.container * 2 ** 26 + entry.index : -1

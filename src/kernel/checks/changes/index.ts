// Explains every object and every byte that a revision adds or replaces; what is left over could change what a reader sees.
import { catalogOf, changedObjects, isRef, isStream, nameOf, type PdfObject, type Revision } from '../../pdf/index.ts'
import type { Evidence } from '../evidence.ts'
import { type Account, dictIn, differing, type FilledField, isSameObject, openAccount, readable } from './account.ts'
import { looseBytes } from './bytes.ts'
import { explainFields } from './fields.ts'
import { explainInformation, explainXmp } from './metadata.ts'
import { orphansAmong } from './orphans.ts'
import { explainStore } from './store.ts'
import { toldPlaces } from './told-places.ts'
import { explainTrailer } from './trailer.ts'

export type Change = {
  /**
   * `archiving`: validation data and invisible time-stamps only. `signing`: signatures in fields. `filling`: values in fields of the
   * form. `annotating`: comments where a certification allows them. `doubtful`: something visible was added. `other`: more than that.
   */
  readonly kind: 'archiving' | 'signing' | 'filling' | 'annotating' | 'doubtful' | 'other'
  readonly reasons: readonly string[]
  /** Fields that were filled in, whatever else was done. */
  readonly filled: readonly FilledField[]
}

const remembered = new WeakMap<Evidence, Map<number, Change>>()

/** What revision `index` does to the file before it; computed once per file. */
export function changeIn(evidence: Evidence, index: number): Change {
  const known = remembered.get(evidence) ?? new Map<number, Change>()
  remembered.set(evidence, known)
  const change = known.get(index) ?? changeOf(evidence, index)
  known.set(index, change)
  return change
}

function changeOf(evidence: Evidence, index: number): Change {
  const [before, after] = [evidence.fileAt(index - 1), evidence.fileAt(index)]
  const [previous, revision] = [evidence.revisions[index - 1], evidence.revisions[index]]
  if (!before || !after || !previous || !revision) {
    return { kind: 'other', reasons: ['there is no such revision'], filled: [] }
  }
  const isMissing = (number: number): boolean => (evidence.missing.since(number) ?? index) < index
  const account = openAccount(before, after, isMissing, mayAnnotate(evidence, index))
  if (revision.kind === 'hybrid') account.note('it has two cross-references, of which a reader may follow either')
  explainTrailer(account, index >= (evidence.origin?.prepared ?? Number.POSITIVE_INFINITY))
  explainInformation(account)
  explainCatalog(account)
  explainXmp(account)
  explainStore(account)
  const signed = explainFields(account, revision, () => toldPlaces(evidence, before))
  // Where not every object can be read, nobody knows what refers to what.
  const orphans =
    evidence.missing.unreadable === undefined ? orphansAmong(account, changedObjects(revision)) : noOrphans
  explainObjects(account, previous, revision, orphans)
  for (const reason of looseBytes(after, previous, revision)) account.note(reason)
  const { reasons, doubts, filled } = account
  if (reasons.length > 0) return { kind: 'other', reasons, filled }
  if (doubts.length > 0) return { kind: 'doubtful', reasons: doubts, filled }
  if (account.annotated.size > 0) {
    const reason = (number: number) => `annotations of the page in object ${number} were changed`
    return { kind: 'annotating', reasons: [...account.annotated].map(reason), filled }
  }
  if (filled.length > 0) {
    return { kind: 'filling', reasons: filled.map(({ name }) => `the field ${name} was filled in`), filled }
  }
  return { kind: signed ? 'signing' : 'archiving', reasons: [], filled }
}

/** Certified with P=3 before this revision, and not yet in the hands of an order of ours. */
const mayAnnotate = ({ embedded, origin }: Evidence, index: number): boolean =>
  index < (origin?.prepared ?? Number.POSITIVE_INFINITY) &&
  embedded.some(({ certification, covers }) => certification === 3 && covers !== undefined && covers < index)

const noOrphans: ReadonlySet<number> = new Set()

/** Keys of the catalog that validation data may add to or change (ISO 32000-2 12.8.4.3, EN 319 142-1 § 5.6). */
const archivingKeys = ['DSS', 'Extensions', 'Version', 'AcroForm', 'Metadata']

function explainCatalog({ before, after, place, note, explain }: Account): void {
  const [was, is] = [catalogOf(before), catalogOf(after)]
  const root = after.trailer.get('Root')
  if (isRef(root)) explain(root.number)
  for (const key of differing(was, is)) {
    if (!archivingKeys.includes(key)) note(`/${key} of the catalog was changed`)
    else if (!is.has(key)) note(`/${key} of the catalog was removed`)
    else if (key === 'Version' && after.version < before.version) note('/Version of the catalog was lowered')
  }
  place(was.get('Extensions'), is.get('Extensions'), '/Extensions')
  const [extensions, now] = [dictIn(before, was.get('Extensions')), dictIn(after, is.get('Extensions'))]
  if ([...extensions.keys()].some((key) => !now.has(key))) note('an extension of the catalog was removed')
}

/** Every object that the revision's cross-reference lists and nobody has explained must be as it was. */
function explainObjects(account: Account, previous: Revision, revision: Revision, orphans: ReadonlySet<number>): void {
  const { before, after, explained, note } = account
  const streams = new Set(before.sections.flatMap(({ streamObject }) => streamObject ?? []))
  const own = new Set(revision.sections.flatMap(({ streamObject }) => streamObject ?? []))
  const changed = changedObjects(revision)
  const containers = new Set(changed.flatMap(({ entry }) => (entry.type === 'compressed' ? [entry.container] : [])))
  for (const { number, entry } of changed) {
    const was = before.xref.get(number)
    if (number === 0) continue
    if (entry.type === 'free') {
      if (was !== undefined && was.type !== 'free') note(`object ${number} was freed`)
      continue
    }
    const generation = entry.type === 'offset' ? entry.generation : 0
    if (
      was?.type === 'offset' &&
      entry.type === 'offset' &&
      was.offset === entry.offset &&
      was.generation === generation
    )
      continue
    if (entry.type === 'offset' && (entry.offset < previous.eof || entry.offset >= revision.end)) {
      note(`object ${number} was moved to bytes of another revision`)
      continue
    }
    const isNew = account.isNew({ kind: 'ref', number, generation })
    if (own.has(number) && (isNew || streams.has(number))) continue
    const value = readable(after, { kind: 'ref', number, generation })
    if (value === undefined) note(`object ${number} cannot be read`)
    else if (containers.has(number) && isNew && isObjectStream(value)) continue
    else if (was !== undefined && was.type !== 'free' && (was.type === 'offset' ? was.generation : 0) !== generation) {
      note(`object ${number} was given another generation`)
    } else if (explained.has(number) || orphans.has(number)) continue
    else {
      const earlier = readable(before, { kind: 'ref', number, generation })
      if (was === undefined || !isSameObject(after, earlier, value)) {
        note(`object ${number} was ${was === undefined || was.type === 'free' ? 'added' : 'replaced'}`)
      }
    }
  }
}

const isObjectStream = (value: PdfObject): boolean => isStream(value) && nameOf(value.dict.get('Type')) === 'ObjStm'

// Explains every object and every byte that a revision adds or replaces; what is left over could change what a reader sees.
import {
  catalogOf,
  changedObjects,
  isArray,
  isRef,
  isStream,
  isString,
  nameOf,
  type PdfFile,
  type PdfObject,
  type Revision,
} from '../../pdf/index.ts'
import type { Evidence } from '../evidence.ts'
import { type Account, dictIn, differing, openAccount, readable, textOfValue } from './account.ts'
import { looseBytes } from './bytes.ts'
import { explainFields } from './fields.ts'
import { explainInformation, explainXmp } from './metadata.ts'
import { explainStore } from './store.ts'
import { toldPlaces } from './told-places.ts'

export type Change = {
  /** `signing`: signatures in fields. `archiving`: validation data and time-stamps only. `doubtful`: something visible was added. */
  readonly kind: 'archiving' | 'signing' | 'doubtful' | 'other'
  readonly reasons: readonly string[]
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
  if (!before || !after || !previous || !revision) return { kind: 'other', reasons: ['there is no such revision'] }
  const account = openAccount(before, after, (number) => (evidence.missing.since(number) ?? index) < index)
  if (revision.kind === 'hybrid') account.note('it has two cross-references, of which a reader may follow either')
  explainTrailer(account)
  explainInformation(account)
  explainCatalog(account)
  explainXmp(account)
  explainStore(account)
  const signed = explainFields(account, () => toldPlaces(evidence, before))
  explainObjects(account, previous, revision)
  for (const reason of looseBytes(after, previous, revision)) account.note(reason)
  if (account.reasons.length > 0) return { kind: 'other', reasons: account.reasons }
  if (account.doubts.length > 0) return { kind: 'doubtful', reasons: account.doubts }
  return { kind: signed ? 'signing' : 'archiving', reasons: [] }
}

/** Members of a trailer that belong to its own section (ISO 32000-2, tables 15 and 17), and those that have rules of their own. */
const sectionKeys = ['Size', 'Prev', 'XRefStm', 'Type', 'W', 'Index', 'Length', 'Filter', 'DecodeParms', 'DL']
const ruledKeys = ['Root', 'Info', 'ID']

function explainTrailer({ before, after, note }: Account): void {
  for (const key of differing(before.trailer, after.trailer)) {
    if (!sectionKeys.includes(key) && !ruledKeys.includes(key)) note(`/${key} of the trailer was changed`)
  }
  // Another object may not become the catalog, nor the catalog another object.
  if (textOfValue(before.trailer.get('Root')) !== textOfValue(after.trailer.get('Root')))
    note('the catalog was exchanged')
  const was = identityOf(before)
  if (was !== undefined && was !== identityOf(after)) note('the file was given another identity (/ID)')
}

/** The first part of /ID, which no revision changes (ISO 32000-2, 14.4). */
function identityOf(file: PdfFile): string | undefined {
  const parts = file.resolve(file.trailer.get('ID'))
  const first = isArray(parts) ? file.resolve(parts[0]) : undefined
  return isString(first) ? Buffer.from(first.bytes).toString('hex') : undefined
}

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
function explainObjects(account: Account, previous: Revision, revision: Revision): void {
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
    } else if (explained.has(number)) continue
    else {
      const earlier = readable(before, { kind: 'ref', number, generation })
      if (was === undefined || textOfValue(earlier) !== textOfValue(value)) {
        note(`object ${number} was ${was === undefined || was.type === 'free' ? 'added' : 'replaced'}`)
      }
    }
  }
}

const isObjectStream = (value: PdfObject): boolean => isStream(value) && nameOf(value.dict.get('Type')) === 'ObjStm'

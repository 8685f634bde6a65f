// The upload is shown as it came: preparing appended pages behind it and touched none of its own, nor has anybody since.
import {
  catalogOf,
  changedObjects,
  type FormField,
  formFields,
  isArray,
  isRef,
  nameOf,
  type Page,
  type PdfFile,
  type PdfObject,
  type PdfRef,
  pagesOf,
} from '../../pdf/index.ts'
import { dictIn, differing, readable, textOfValue } from '../changes/account.ts'
import { isInvisible } from '../changes/invisible.ts'
import { type Check, failed, passed } from '../check.ts'
import type { Evidence } from '../evidence.ts'
import { isSeglField } from '../origin.ts'
import { structureGrowth } from './structure-grown.ts'

export const uploadKept: Check = {
  id: 'UPLOAD_KEPT',
  title: 'The upload’s pages are shown unchanged',
  citation: 'Segl DESIGN “A signed PDF, revision by revision” (rev 1)',
  run({ embedded }, evidence) {
    // Only for files that Segl prepared: what was signed is then more than the upload.
    if (!isSeglField(embedded.field)) return undefined
    const prepared = evidence.origin?.prepared
    if (prepared === undefined) return failed('FORMAT_FAILURE', 'The upload is no revision of its own.')
    const preparing = evidence.origin?.sheets === true ? preparationFault(evidence, prepared) : undefined
    const reason = preparing ?? pagesFault(evidence, prepared)
    return reason === undefined ? passed() : failed('FORMAT_FAILURE', reason)
  },
}

const remembered = new WeakMap<Evidence, string | null>()

function preparationFault(evidence: Evidence, prepared: number): string | undefined {
  const known = remembered.get(evidence)
  const fault = known === undefined ? findFault(evidence, prepared) : known
  remembered.set(evidence, fault ?? null)
  return fault ?? undefined
}

/** What preparing may not have done to the upload, as a sentence. */
function findFault(evidence: Evidence, prepared: number): string | undefined {
  const [before, after, revision] = [
    evidence.fileAt(prepared - 1),
    evidence.fileAt(prepared),
    evidence.revisions[prepared],
  ]
  if (!before || !after || !revision) return 'There is no prepared revision.'
  if (textOfValue(before.trailer.get('Root')) !== textOfValue(after.trailer.get('Root')))
    return 'The catalog was exchanged.'
  const nodes = treeNodes(before)
  const form = catalogOf(before).get('AcroForm')
  // Where the form became another object, the earlier one is an object like any other.
  const sameForm = textOfValue(form) === textOfValue(catalogOf(after).get('AcroForm'))
  const structure = structureGrowth(before, after)
  // What may happen to them is judged by firstPages.
  const pages = new Set([...pagesOf(before)].map(({ ref }) => ref.number))
  if (structure.fault !== undefined) return structure.fault
  const judged = [before.trailer.get('Root'), sameForm ? form : null].flatMap((value) =>
    isRef(value) ? [value.number] : [],
  )
  for (const { number, entry } of changedObjects(revision)) {
    const since = evidence.missing.since(number)
    if (since !== undefined && since < prepared)
      return `The upload refers to object ${number}, which preparing gave a meaning.`
    const was = before.xref.get(number)
    if (number === 0 || was === undefined || was.type === 'free') continue
    if (judged.includes(number) || nodes.has(number) || structure.objects.has(number) || pages.has(number)) continue
    const [old, now] = [readable(before, refTo(number, was)), readable(after, refTo(number, entry))]
    if (entry.type === 'free' || old === undefined || textOfValue(old) !== textOfValue(now)) {
      return `Object ${number} of the upload was replaced when it was prepared.`
    }
  }
  return (
    nodesFault(before, after, nodes) ??
    catalogFault(before, after) ??
    formFault(before, after) ??
    firstPages(before, after)
  )
}

/** The same pages come first in the last revision. What was added since preparing is judged by LATER_CHANGES and AFTER_SEAL. */
function pagesFault(evidence: Evidence, prepared: number): string | undefined {
  const before = evidence.fileAt(prepared - 1)
  return before && firstPages(before, evidence.file, isTimeStampUnseen)
}

/** Programs that archive a file may list the field of their time-stamp on one of its pages; it shows nothing there. */
const isTimeStampUnseen: Admitted = (file, field) =>
  field.type === 'Sig' &&
  nameOf(dictIn(file, field.dict.get('V')).get('SubFilter')) === 'ETSI.RFC3161' &&
  isInvisible(file, field)

type Admitted = (file: PdfFile, field: FormField) => boolean

/** `admitted`: whose fields may be listed on the pages, besides those of Segl. */
function firstPages(before: PdfFile, after: PdfFile, admitted: Admitted = () => false): string | undefined {
  const now = pagesOf(after)
  const known = new Set(formFields(before).map(({ name }) => name))
  const fields = formFields(after).filter(
    (field) => !known.has(field.name) && (isSeglField(field) || admitted(after, field)),
  )
  const widgets = new Set(fields.flatMap(({ widgets: own }) => own.flatMap(({ ref }) => (ref ? [ref.number] : []))))
  const tagged = catalogOf(before).has('StructTreeRoot')
  for (const page of pagesOf(before)) {
    const { value } = now.next()
    if (!value || !samePage(page, value) || !sameEntries(before, after, page, value, widgets, tagged))
      return `Page ${page.index + 1} of the upload is not page ${page.index + 1} any more.`
  }
  return undefined
}

const samePage = (a: Page, b: Page): boolean =>
  a.ref.number === b.ref.number && textOfValue(a.effective) === textOfValue(b.effective)

/** The page's own entries: behind its annotations may come signature fields of ours, and then the order of a tagged page. */
function sameEntries(
  before: PdfFile,
  after: PdfFile,
  was: Page,
  is: Page,
  widgets: ReadonlySet<number>,
  tagged: boolean,
): boolean {
  // That what the page inherited is still the same was asked before (samePage): a page may say it itself now.
  const keys = differing(was.dict, is.dict).filter((key) => !is.effective.has(key) || was.dict.has(key))
  if (keys.length === 0) return true
  if (keys.some((key) => key !== 'Annots' && !(key === 'Tabs' && tagged && !was.dict.has('Tabs')))) return false
  const [old, now] = [before.resolve(was.dict.get('Annots')), after.resolve(is.dict.get('Annots'))]
  const [earlier, later] = [isArray(old) ? old : [], isArray(now) ? now : []]
  const added = later.slice(earlier.length)
  return (
    textOfValue(earlier) === textOfValue(later.slice(0, earlier.length)) &&
    added.length > 0 &&
    added.every((one) => isRef(one) && widgets.has(one.number))
  )
}

/** Object numbers of the nodes above the pages. */
function treeNodes(file: PdfFile): ReadonlySet<number> {
  const nodes = new Set<number>()
  const open: PdfObject[] = [catalogOf(file).get('Pages') ?? null]
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    const kids = file.resolve(dictIn(file, value).get('Kids'))
    if (!isRef(value) || nodes.has(value.number) || !isArray(kids)) continue
    nodes.add(value.number)
    for (const kid of kids) open.push(kid)
  }
  return nodes
}

/** A node of the page tree may get more kids and a higher count; what pages inherit from it stays. */
function nodesFault(before: PdfFile, after: PdfFile, nodes: ReadonlySet<number>): string | undefined {
  for (const number of nodes) {
    const [a, b] = [before, after].map((file) => dictIn(file, refTo(number, file.xref.get(number))))
    const key = a && b && differing(a, b).find((one) => one !== 'Kids' && one !== 'Count')
    if (key !== undefined) return `/${key} of the page tree was changed.`
  }
  return undefined
}

const preparedKeys = ['AcroForm', 'DSS', 'Extensions', 'Version']

function catalogFault(before: PdfFile, after: PdfFile): string | undefined {
  const [a, b] = [catalogOf(before), catalogOf(after)]
  const key = differing(a, b).find((one) => !preparedKeys.includes(one))
  if (key !== undefined) return `/${key} of the catalog was changed when it was prepared.`
  const [had, has] = [dictIn(before, a.get('Extensions')), dictIn(after, b.get('Extensions'))]
  const extension = differing(had, has).find((one) => one !== 'ESIC')
  return extension === undefined ? undefined : `The extension ${extension} was changed when it was prepared.`
}

function formFault(before: PdfFile, after: PdfFile): string | undefined {
  // It may have become an object of its own, where it was none or served as something else too: what it says counts.
  const was = dictIn(before, catalogOf(before).get('AcroForm'))
  const is = dictIn(after, catalogOf(after).get('AcroForm'))
  const [had, has] = [before.resolve(was.get('Fields')), after.resolve(is.get('Fields'))]
  const [earlier, later] = [isArray(had) ? had : [], isArray(has) ? has : []]
  if (textOfValue(earlier) !== textOfValue(later.slice(0, earlier.length)))
    return 'The form was exchanged when it was prepared.'
  const key = differing(was, is).find((one) => !['Fields', 'SigFlags', 'NeedAppearances'].includes(one))
  return key === undefined ? undefined : `/${key} of the form was changed when it was prepared.`
}

function refTo(number: number, entry: ReturnType<PdfFile['xref']['get']>): PdfRef {
  return { kind: 'ref', number, generation: entry?.type === 'offset' ? entry.generation : 0 }
}

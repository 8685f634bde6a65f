// What pre-flight finds on the pages: sizes, content that readers differ about, nothing to see, and fields outside the form.

import { type PdfFile, placeNear, placeOf } from './file.ts'
import { acroFormOf, catalogOf, type FormField } from './form.ts'
import { isArray, isDict, isRef, nameOf, type PdfDict, type PdfObject, type PdfRef, type PdfStream } from './object.ts'
import { type ContentFault, contentStreams, decodeContent, unknownFilter } from './page-content.ts'
import { shownBox, visiblePage } from './page-geometry.ts'
import { type Drawing, groupsThatAreOff, leavesMark } from './page-marks.ts'
import { hasInlineAnnotations, type Page, pagesOf } from './page-tree.ts'
import { holding, type Seen } from './preflight-objects.ts'
import { type Finding, mostSizes, type PageRange, type Preflight, refusal, warning } from './preflight-report.ts'
import type { Strictness } from './preflight-strict.ts'
import type { Rectangle } from './sheet-objects.ts'
import { strictPages } from './strict-pages.ts'

export type PagesRead = Pick<Preflight, 'pages' | 'pageSizes'> & {
  readonly findings: readonly Finding[]
  /** Pages that list annotations which are no objects of their own. */
  readonly inline: readonly PageRange[]
  /** What strict validators refuse of a page: the first of each kind. */
  readonly strict: readonly Strictness[]
}

const operationsInAll = 4_000_000
const operationsPerPage = 200_000
/** Contents (compressed) so short that they may well hold nothing. */
const shortContent = 256
/** As many pages are looked into at least, and so many compressed bytes decoded to the end of their stream; more of a file that has more to read anyway. */
const least = { looks: 1, bytes: 2 << 10 }

/** Walks the pages once. */
export function readPages(file: PdfFile, fields: readonly FormField[], seen: Seen): PagesRead {
  const ranges = { inline: rangesOfPages(), blank: rangesOfPages() }
  const sizes: { from: number; width: number; height: number }[] = []
  const judge = contentJudge(file)
  const stray = strayWidgets(file, fields, seen)
  const { look: strict, met } = strictPages(file)
  let pages = 0
  let content: Finding | undefined
  let field: Finding | undefined
  for (const page of pagesOf(file)) {
    pages += 1
    const visible = visiblePage(file, page)
    if (sizes.length <= mostSizes) {
      const { width, height } = visible ?? { width: 0, height: 0 }
      const last = sizes.at(-1)
      if (last?.width !== width || last.height !== height) sizes.push({ from: pages, width, height })
    }
    if (hasInlineAnnotations(file, page)) ranges.inline.add(pages)
    const { fault, blank } = judge(page, visible?.box ?? shownBox(file, page))
    if (blank) ranges.blank.add(pages)
    if (fault !== undefined && (content === undefined || (content.severity === 'warn' && !fault.agreed)))
      content = faultFinding(fault, pages)
    field ??= stray(page)
    strict(page)
  }
  const findings = [pages === 0 ? noPages(file) : undefined, content, blankFinding(file, ranges.blank.list), field]
  return {
    pages,
    pageSizes: sizes.length > mostSizes ? [] : sizes,
    findings: findings.filter((finding) => finding !== undefined),
    inline: ranges.inline.list,
    strict: met(),
  }
}

const noPages = (file: PdfFile): Finding => {
  const detail = 'The PDF has no page, so there is nothing to sign. Export it again.'
  return refusal('NO_PAGES', detail, placeNear(file, catalogOf(file).get('Pages')))
}

/** One range where pages follow each other; what comes after the last range that a report tells is counted to it. */
function rangesOfPages(): { readonly list: readonly PageRange[]; add(page: number): void } {
  const list: PageRange[] = []
  return {
    list,
    add(page) {
      const last = list.at(-1)
      if (last && (last.to === page - 1 || list.length === mostSizes))
        list[list.length - 1] = { from: last.from, to: page }
      else list.push({ from: page, to: page })
    },
  }
}

/** Such as `2, 4–7 and others`. */
export function pagesInWords(ranges: readonly PageRange[]): string {
  const told = ranges.slice(0, 10).map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`))
  const several = ranges.length > 1 || ranges.some(({ from, to }) => from !== to)
  return `${several ? 'Pages' : 'Page'} ${told.join(', ')}${ranges.length > told.length ? ' and others' : ''}`
}

type Judged = { readonly fault: ContentFault | undefined; readonly blank: boolean }

/** Inflating all of a long document would cost more than everything else here: the first pages and short contents are looked into. */
function contentJudge(file: PdfFile): (page: Page, box: Rectangle | undefined) => Judged {
  const groupsOff = groupsThatAreOff(file, catalogOf(file))
  let operations = operationsInAll
  let looks = least.looks + (file.xref.count >> 8)
  let bytes = least.bytes + 2 * file.xref.count
  return (page, box) => {
    const { streams, fault: odd } = contentStreams(file, page)
    const length = streams.reduce((sum, stream) => sum + stream.length, 0)
    if (length > shortContent) looks -= 1
    if (looks < 0 && length > shortContent) {
      const unknown = streams.find(({ dict }) => unknownFilter(file, dict, true))
      const fault: ContentFault | undefined = unknown && {
        kind: 'unknown-filter',
        agreed: false,
        offset: unknown.start,
      }
      return { fault: odd ?? fault, blank: box === undefined }
    }
    const drawing: Drawing = {
      file,
      budget: { operations: Math.min(operations, operationsPerPage) },
      groupsOff,
      contentOf: (form) => decodeContent(file, form, true).text,
    }
    const before = drawing.budget.operations
    const resources = page.effective.get('Resources') ?? null
    const all = length <= bytes
    if (all) bytes -= length
    const { fault, seen } = lookInto(
      file,
      streams,
      all,
      (text) => box === undefined || leavesMark(drawing, text, resources, box),
    )
    operations -= before - drawing.budget.operations
    const worst = odd ?? fault
    if (worst?.agreed === false) return { fault: worst, blank: false }
    return { fault: worst, blank: box === undefined || !(seen || showsAnnotation(file, page)) }
  }
}

/** `isMarked` is asked of what was decoded: of the beginning, and of all where that is not enough. */
function lookInto(file: PdfFile, streams: readonly PdfStream[], all: boolean, isMarked: (text: string) => boolean) {
  let fault: ContentFault | undefined
  const parts: string[] = []
  let whole = true
  for (const stream of streams) {
    const decoded = decodeContent(file, stream, all)
    if (fault === undefined || (fault.agreed && decoded.fault?.agreed === false)) fault = decoded.fault ?? fault
    if (decoded.text === undefined) return { fault, seen: true }
    // Behind a beginning nothing that follows has its place.
    if (whole) parts.push(decoded.text)
    whole &&= decoded.whole
  }
  if (isMarked(parts.join('\n'))) return { fault, seen: true }
  if (whole) return { fault, seen: false }
  const texts = streams.map((stream) => decodeContent(file, stream, true).text)
  return { fault, seen: texts.includes(undefined) || isMarked(texts.join('\n')) }
}

/** Hidden (bit 2) and NoView (bit 6) annotations show nothing, and neither do links and closed notes' windows. */
function showsAnnotation(file: PdfFile, page: Page): boolean {
  const list = file.resolve(page.dict.get('Annots'))
  return (isArray(list) ? list : []).some((item) => {
    const annotation = file.resolve(item)
    if (!isDict(annotation)) return false
    const flags = file.resolve(annotation.get('F'))
    if (typeof flags === 'number' && (flags & 0b100010) !== 0) return false
    return !['Link', 'Popup'].includes(nameOf(file.resolve(annotation.get('Subtype'))) ?? 'Popup')
  })
}

function blankFinding(file: PdfFile, ranges: readonly PageRange[]): Finding | undefined {
  const [first] = ranges
  if (first === undefined) return undefined
  const detail = `${pagesInWords(ranges)} of the PDF: nothing can be seen there. Check that this is the document that you mean.`
  return { ...warning('BLANK_PAGES', detail, placeNear(file, catalogOf(file).get('Pages'))), page: first.from }
}

const faults: Readonly<Record<ContentFault['kind'], string>> = {
  nested: 'holds its content in a list within a list, and some readers show nothing of it',
  'no-stream': 'names something as its content that is none, and some readers then show nothing of the page',
  'unknown-filter': 'has content with a filter that not every reader knows',
  damaged: 'has damaged content, of which readers show different parts',
  cut: 'has content that is cut off; readers show what comes before',
  undecodable: 'has content that no reader can decode, so none shows it',
}

function faultFinding(fault: ContentFault, page: number): Finding {
  const detail = `Page ${page} ${faults[fault.kind]}. Export the PDF again.`
  const finding = fault.agreed ? warning : refusal
  return { ...finding('CONTENT_AMBIGUOUS', detail, fault.offset ?? 0), page }
}

/** Widgets on pages that the form does not know: PDFium shows and fills them as soon as the file has a form, which signing gives it. */
function strayWidgets(
  file: PdfFile,
  fields: readonly FormField[],
  { holdings }: Seen,
): (page: Page) => Finding | undefined {
  const inForm = new Set<number>()
  for (const { ref, widgets } of fields) {
    inForm.add(ref.number)
    for (const widget of widgets) if (widget.ref !== undefined) inForm.add(widget.ref.number)
  }
  const hasForm = acroFormOf(file) !== undefined
  const isStray = (item: PdfObject): boolean => {
    // Looked at already, with all other objects.
    if (isRef(item) && (inForm.has(item.number) || ((holdings[item.number] ?? 0) & holding.WIDGET) === 0)) return false
    const widget = file.resolve(item)
    if (!isDict(widget) || nameOf(file.resolve(widget.get('Subtype'))) !== 'Widget') return false
    if (nameOf(inherited(file, widget, 'FT')) !== 'Sig') return true
    // An empty signature field shows what it showed before, where there is a form already; a signed one is judged as a signature.
    return !hasForm && widget.has('AP') && inherited(file, widget, 'V') === null
  }
  return (page) => {
    const list = file.resolve(page.dict.get('Annots'))
    if (!isArray(list)) return undefined
    const widget = list.find(isStray)
    if (widget === undefined) return undefined
    const detail =
      `Page ${page.index + 1} has a form field that the form of the PDF does not know, so readers differ in what they show. ` +
      'Flatten it first, or upload the PDF with `normalise`.'
    const offset = placeOf(file, widget) ?? placeOf(file, page.dict.get('Annots')) ?? placeNear(file, page.ref)
    return { ...refusal('FORM_FIELDS', detail, offset), page: page.index + 1 }
  }
}

/** A value of a field, or of the nearest field above it. */
function inherited(file: PdfFile, field: PdfDict, key: string): PdfObject {
  let node: PdfDict | undefined = field
  for (let level = 0; node !== undefined && level < file.limits.treeDepth; level += 1) {
    const own = file.resolve(node.get(key))
    if (own !== null) return own
    const parent: PdfRef | PdfObject = file.resolve(node.get('Parent'))
    node = isDict(parent) ? parent : undefined
  }
  return null
}

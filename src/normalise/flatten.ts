// Form fields become part of what their pages show: each widget's appearance is drawn where the widget lay (ISO 32000-2, 12.5.5).
import { SeglError } from '../errors.ts'
import {
  acroFormOf,
  catalogOf,
  dict,
  type FormField,
  formFields,
  isArray,
  isDict,
  isRef,
  isStream,
  type NewStream,
  name,
  nameOf,
  newStream,
  type Page,
  type PdfArray,
  type PdfDict,
  type PdfFile,
  type PdfObject,
  type PdfRef,
  type PdfStream,
  pagesOf,
  serialise,
  withEntries,
} from '../kernel/pdf/index.ts'
import { isColoured } from './field-box.ts'
import { type TextDrawing, textDrawing, undrawable } from './field-text.ts'
import { type FieldsOutside, fieldsOutside } from './outside-form.ts'
import { type Retagging, retagging } from './retag.ts'
import type { Draft } from './rewrite.ts'

/** Takes the form off the file and draws what it showed. Returns how many fields there were. NOT_NORMALISABLE where that would lose something. */
export async function flattenForm(draft: Draft): Promise<number> {
  const { file } = draft
  const fields = formFields(file)
  const form = acroFormOf(file)
  const byWidget = new Map<number, FormField>()
  for (const field of fields)
    for (const { ref } of field.widgets) if (ref !== undefined) byWidget.set(ref.number, field)
  const tags = retagging(draft)
  const needAppearances = file.resolve(form?.get('NeedAppearances')) === true
  const outside = fieldsOutside(file, form !== undefined)
  const context = {
    fields: byWidget,
    outside,
    fonts: fontsOf(file, form),
    needAppearances,
    text: await textDrawing(draft),
  }
  for (const page of pagesOf(file)) flattenPage(draft, page, context, tags)
  tags?.finish()
  const root = file.trailer.get('Root')
  // /Perms holds usage rights, which a rewritten file has lost; /NeedsRendering belongs to the XFA form.
  const without = { AcroForm: undefined, Perms: undefined, NeedsRendering: undefined }
  if (isRef(root)) draft.replace(root, withEntries(catalogOf(file), without))
  return fields.length
}

type Context = {
  readonly fields: ReadonlyMap<number, FormField>
  readonly outside: FieldsOutside
  /** Fonts that appearances may name without having them. */
  readonly fonts: PdfDict
  /** The file asks readers to draw the values anew, whatever appearances it holds (ISO 32000-2, table 224). */
  readonly needAppearances: boolean
  readonly text: TextDrawing
}
type Placed = { readonly form: PdfRef; readonly matrix: string }
type Drawing = { readonly key: string; readonly form: PdfRef; readonly operators: string }

function flattenPage(draft: Draft, page: Page, context: Context, tags: Retagging | undefined): void {
  const { file } = draft
  const annotations = file.resolve(page.dict.get('Annots'))
  if (!isArray(annotations)) return
  const kept: PdfObject[] = []
  const drawn: Drawing[] = []
  for (const annotation of annotations) {
    const widget = file.resolve(annotation)
    if (!isDict(widget) || nameOf(file.resolve(widget.get('Subtype'))) !== 'Widget') {
      kept.push(annotation)
      continue
    }
    const forms = isSeen(file, widget) ? formsOf(draft, widget, annotation, context) : []
    const [begin, end] = tags?.take(page, annotation, forms.length > 0) ?? ['', '']
    for (const [index, { form, matrix }] of forms.entries()) {
      const key = `SeglField${drawn.length + 1}`
      const operators = `q ${matrix} cm /${key} Do Q\n`
      const first = index === 0 ? `${begin}\n` : ''
      drawn.push({ key, form, operators: `${first}${operators}${index === forms.length - 1 ? `${end}\n` : ''}` })
    }
  }
  if (kept.length === annotations.length) return
  const own = draft.get(page.ref)
  const rest = withEntries(isDict(own) ? own : page.dict, { Annots: kept.length === 0 ? undefined : kept })
  draft.replace(page.ref, drawn.length === 0 ? rest : withDrawings(draft, page, rest, drawn))
}

/** The content of the page as it was, in a state of its own, and the fields after it. */
function withDrawings(draft: Draft, page: Page, rest: PdfDict, drawn: readonly Drawing[]): PdfDict {
  const { file } = draft
  const contents = rest.get('Contents')
  const value = file.resolve(contents)
  const streams: PdfArray = isArray(value) ? value : contents === undefined || value === null ? [] : [contents]
  const text = (operators: string) => draft.add(newStream(new Map(), Buffer.from(operators, 'latin1')))
  const resources = dictOf(file, page.effective.get('Resources'))
  const xobjects = new Map(dictOf(file, resources.get('XObject')))
  for (const { key, form } of drawn) xobjects.set(key, form)
  return withEntries(rest, {
    Resources: withEntries(resources, { XObject: xobjects }),
    Contents: [text('q\n'), ...streams, text(`\nQ\n${drawn.map(({ operators }) => operators).join('')}`)],
  })
}

const dictOf = (file: PdfFile, value: PdfObject | undefined): PdfDict => {
  const found = file.resolve(value)
  return isDict(found) ? found : new Map()
}

/** Invisible, Hidden, NoView (ISO 32000-2, table 167). */
const unseen = 1 | 2 | 32

function isSeen(file: PdfFile, widget: PdfDict): boolean {
  const flags = file.resolve(widget.get('F'))
  return typeof flags !== 'number' || (flags & unseen) === 0
}

/** What a reader shows for the widget, bottom first: its appearance, and the value where the reader has to draw that. */
function formsOf(draft: Draft, widget: PdfDict, annotation: PdfObject, context: Context): Placed[] {
  const { file } = draft
  const normal = file.resolve(dictOf(file, widget.get('AP')).get('N'))
  const state = nameOf(file.resolve(widget.get('AS'))) ?? 'Off'
  const given = isDict(normal) ? file.resolve(normal.get(state)) : normal
  const shown = isStream(given) ? given : undefined
  const inForm = isRef(annotation) ? context.fields.get(annotation.number) : undefined
  const field = inForm ?? context.outside(widget, annotation, shown)
  const hasText = field?.type === 'Tx' || field?.type === 'Ch'
  const byReader = field !== undefined && hasText && (context.needAppearances || shown === undefined)
  if (inForm !== undefined && normal === null && isColoured(file, widget)) {
    // Measured: of these PDFium, poppler and MuPDF each show something else.
    const isUnlike = !hasText || (widget.has('AP') && !context.needAppearances)
    if (isUnlike) throw undrawable(file, inForm, 'has colours that readers draw differently')
  }
  const below = byReader && shown !== undefined ? withoutValue(file, shown) : shown
  const placed: Placed[] = []
  const matrix = below === undefined ? undefined : placement(file, widget, below)
  if (below !== undefined && matrix !== undefined) {
    placed.push({ form: draft.add(asForm(file, below, widget, context.fonts)), matrix })
  }
  const rect = numbers(file, widget.get('Rect'), 4)
  if (!byReader || rect === undefined) return placed
  const [[left, right], [bottom, top]] = [span([rect[0] ?? 0, rect[2] ?? 0]), span([rect[1] ?? 0, rect[3] ?? 0])]
  if (left === right || bottom === top) return placed
  const form = context.text.draw(field, widget, { width: right - left, height: top - bottom })
  return form === undefined ? placed : [...placed, { form, matrix: `1 0 0 1 ${serialise(left)} ${serialise(bottom)}` }]
}

/** What the appearance shows besides the value, which lies between /Tx BMC and EMC (ISO 32000-2, 12.7.4.3). */
function withoutValue(file: PdfFile, shown: PdfStream): NewStream | undefined {
  const content = Buffer.from(decoded(file, shown)).toString('latin1')
  const begin = content.search(/\/Tx\s+BMC/)
  const end = content.lastIndexOf('EMC')
  if (begin < 0 || end < begin) return undefined
  const rest = withEntries(shown.dict, { Filter: undefined, DecodeParms: undefined })
  return newStream(rest, Buffer.from(`${content.slice(0, begin)}${content.slice(end + 3)}`, 'latin1'))
}

/** The matrix that maps the appearance onto the widget's rectangle (ISO 32000-2, 12.5.5, algorithm 8.1), as written. */
function placement(file: PdfFile, widget: PdfDict, shown: PdfStream | NewStream): string | undefined {
  const rect = numbers(file, widget.get('Rect'), 4)
  const box = numbers(file, shown.dict.get('BBox'), 4)
  if (rect === undefined || box === undefined) return undefined
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbers(file, shown.dict.get('Matrix'), 6) ?? []
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = box
  const corners = [x1, x2].flatMap((x) => [y1, y2].map((y) => [a * x + c * y + e, b * x + d * y + f] as const))
  const [left, right] = span(corners.map(([x]) => x))
  const [bottom, top] = span(corners.map(([, y]) => y))
  const [toLeft, toRight] = span([rect[0] ?? 0, rect[2] ?? 0])
  const [toBottom, toTop] = span([rect[1] ?? 0, rect[3] ?? 0])
  if (left === right || bottom === top || toLeft === toRight || toBottom === toTop) return undefined
  const [scaleX, scaleY] = [(toRight - toLeft) / (right - left), (toTop - toBottom) / (top - bottom)]
  return [scaleX, 0, 0, scaleY, toLeft - left * scaleX, toBottom - bottom * scaleY]
    .map((one) => serialise(one))
    .join(' ')
}

const span = (values: readonly number[]): readonly [number, number] => [Math.min(...values), Math.max(...values)]

function numbers(file: PdfFile, value: PdfObject | undefined, count: number): readonly number[] | undefined {
  const list = file.resolve(value)
  if (!isArray(list) || list.length !== count) return undefined
  const found = list.map((item) => file.resolve(item))
  return found.every((item): item is number => typeof item === 'number') ? found : undefined
}

/** Fonts that the appearances of this form may name: the form's own, and ZapfDingbats, which /DA calls ZaDb. */
function fontsOf(file: PdfFile, form: PdfDict | undefined): PdfDict {
  const shared = dictOf(file, dictOf(file, form?.get('DR')).get('Font'))
  const marks = dict({ Type: name('Font'), Subtype: name('Type1'), BaseFont: name('ZapfDingbats') })
  return new Map<string, PdfObject>([['ZaDb', marks], ...shared])
}

/** The appearance as a form XObject that stands on its own: with the fonts it names, and the layer of its widget. */
function asForm(file: PdfFile, shown: PdfStream | NewStream, widget: PdfDict, defaults: PdfDict): PdfObject {
  const own = dictOf(file, shown.dict.get('Resources'))
  const fonts = dictOf(file, own.get('Font'))
  const content = Buffer.from(isStream(shown) ? decoded(file, shown) : shown.data).toString('latin1')
  const missing = [...defaults].filter(([key]) => !fonts.has(key) && content.includes(`/${key} `))
  const resources = missing.length === 0 ? own : withEntries(own, { Font: new Map([...fonts, ...missing]) })
  const entries = withEntries(shown.dict, {
    Type: name('XObject'),
    Subtype: name('Form'),
    Resources: resources,
    OC: widget.get('OC') ?? shown.dict.get('OC'),
  })
  return { ...shown, dict: entries }
}

function decoded(file: PdfFile, stream: PdfStream): Uint8Array {
  try {
    return file.decode(stream)
  } catch (error) {
    // A filter that is not read here: the stream is drawn as it is.
    if (error instanceof SeglError) return new Uint8Array(0)
    throw error
  }
}

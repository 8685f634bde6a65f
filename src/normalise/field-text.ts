// What a text or choice field shows where the file leaves the drawing to the reader: its value, in our own typeface.
import { SeglError } from '../errors.ts'
import {
  type FormField,
  isArray,
  isDict,
  isRef,
  isString,
  nameOf,
  newStream,
  type PdfDict,
  type PdfFile,
  type PdfObject,
  type PdfRef,
  placeOf,
  ref,
  textOf,
} from '../kernel/pdf/index.ts'
import {
  breakLines,
  type Canvas,
  type Colour,
  canvas,
  drawingResources,
  face,
  sharedResources,
  textWidth,
} from '../sheet/index.ts'
import { boxOf, drawBox } from './field-box.ts'
import type { Draft } from './rewrite.ts'

/** Bits of /Ff (ISO 32000-2, tables 228, 230 and 233). */
const flag = { multiline: 1 << 12, password: 1 << 13, combo: 1 << 17, comb: 1 << 24 } as const

export type TextDrawing = {
  /** The value as a form XObject of this size; undefined when there is nothing to show. */
  draw(field: FormField, widget: PdfDict, size: { readonly width: number; readonly height: number }): PdfRef | undefined
}

/** Adds typeface and colour spaces to the draft, where they stay only if something is drawn with them. */
export async function textDrawing(draft: Draft): Promise<TextDrawing> {
  const shared = await sharedResources()
  const numbers = new Map<number, PdfRef>(shared.objects.map(({ number }) => [number, draft.add(null)]))
  const real = (value: PdfObject): PdfObject => {
    if (isArray(value)) return value.map(real)
    if (isDict(value)) return new Map([...value].map(([key, item]) => [key, real(item)]))
    if (typeof value !== 'object' || value === null || !('kind' in value)) return value
    if (value.kind === 'local') return numbers.get(value.number) ?? null
    return value.kind === 'new-stream' ? newStream(real(value.dict) as PdfDict, value.data) : value
  }
  for (const { number, body } of shared.objects) draft.replace(numbers.get(number) ?? ref(0), real(body))
  const resources: PdfDict = new Map(
    Object.entries(drawingResources()).map(([category, names]) => [
      category,
      new Map(Object.entries(names).map(([key, at]) => [key, numbers.get(shared.numbers[at] ?? 0) ?? null])),
    ]),
  )
  return {
    draw(field, widget, { width, height }) {
      const on = canvas()
      const box = boxOf(draft.file, widget)
      if (box.isUnlike) throw undrawable(draft.file, field, 'has a border that readers draw differently')
      const boxed = drawBox(box, on, width, height)
      const written = drawField(draft.file, field, widget, on, width, height)
      if (!boxed && !written) return undefined
      const members: [string, PdfObject][] = [
        ['Type', { kind: 'name', name: 'XObject' }],
        ['Subtype', { kind: 'name', name: 'Form' }],
        ['BBox', [0, 0, width, height]],
        ['Resources', resources],
      ]
      return draft.add(newStream(new Map(members), on.bytes()))
    },
  }
}

const padding = 2
const lineStep = 1.16

/** Whether anything was drawn. */
function drawField(
  file: PdfFile,
  field: FormField,
  widget: PdfDict,
  on: Canvas,
  width: number,
  height: number,
): boolean {
  const flags = Number(file.resolve(field.dict.get('Ff')) ?? 0)
  const inherited = (key: string) => inheritedFrom(file, widget, key)
  const { size: wanted, colour } = defaultAppearance(file, field, inherited('DA'))
  const isList = field.type === 'Ch' && (flags & flag.combo) === 0
  const lines = isList
    ? optionsOf(file, inherited('Opt')).map(([, shown]) => shown)
    : linesOf(file, field, inherited('Opt'))
  if (lines.every((line) => line === '')) return false
  for (const line of lines) refuseUnknown(file, field, line)
  const rotation = file.resolve(dictIn(file, widget.get('MK')).get('R'))
  if (typeof rotation === 'number' && rotation % 360 !== 0) throw undrawable(file, field, 'is turned')
  const room = width - 2 * padding
  const align = alignment(file.resolve(inherited('Q')))
  const x = align === 'left' ? padding : align === 'right' ? width - padding : width / 2
  if (isList) {
    const size = wanted === 0 ? 9 : wanted
    const chosen = new Set(linesOf(file, field, undefined))
    const first = Number(file.resolve(inherited('TI')) ?? 0)
    for (const [row, [value, shown]] of optionsOf(file, inherited('Opt')).slice(first).entries()) {
      const top = height - padding - row * size * lineStep
      if (top - size * lineStep < 0) break
      if (chosen.has(value)) on.fill(1, top - size * lineStep, width - 2, size * lineStep, [0.8, 0.86, 0.94])
      on.text(x, top - size, shown, { size, colour }, align)
    }
    return true
  }
  if ((flags & flag.multiline) !== 0) {
    const fits = (size: number) => wrapped(lines, size, room).length * size * lineStep <= height - 2 * padding
    const size = wanted === 0 ? ([12, 11, 10, 9, 8, 7, 6, 5, 4].find(fits) ?? 4) : wanted
    for (const [index, line] of wrapped(lines, size, room).entries()) {
      on.text(x, height - padding - size * (0.95 + index * lineStep), line, { size, colour }, align)
    }
    return true
  }
  const text = (flags & flag.password) === 0 ? lines.join(' ') : '*'.repeat([...lines.join('')].length)
  const most = Number(file.resolve(inherited('MaxLen')) ?? 0)
  const high = Math.min(wanted === 0 ? 12 : wanted, wanted === 0 ? height * 0.75 : wanted)
  if ((flags & flag.comb) !== 0 && most > 0) {
    for (const [index, letter] of [...text].slice(0, most).entries()) {
      const middle = ((index + 0.5) * width) / most
      on.text(middle, (height - high) / 2 + high * 0.17, letter, { size: high, colour }, 'centre')
    }
    return true
  }
  // Our typeface is a little wider than Helvetica: what fitted there must not be cut here.
  const size = Math.max(high * Math.min(1, room / Math.max(textWidth(text, { size: high }), 1)), high * 0.5)
  on.text(x, (height - size) / 2 + size * 0.17, text, { size, colour }, align)
  return true
}

const wrapped = (lines: readonly string[], size: number, room: number): readonly string[] =>
  lines.flatMap((line) => breakLines(line, { size }, room))

const alignment = (quadding: PdfObject): 'left' | 'centre' | 'right' =>
  quadding === 1 ? 'centre' : quadding === 2 ? 'right' : 'left'

const dictIn = (file: PdfFile, value: PdfObject | undefined): PdfDict => {
  const found = file.resolve(value)
  return isDict(found) ? found : new Map()
}

/** A field attribute, of the widget or of a field above it (ISO 32000-2, 12.7.4.1). */
function inheritedFrom(file: PdfFile, widget: PdfDict, key: string): PdfObject | undefined {
  let node: PdfDict = widget
  for (let depth = 0; depth < file.limits.treeDepth; depth += 1) {
    const value = node.get(key)
    if (value !== undefined) return value
    const parent = file.resolve(node.get('Parent'))
    if (!isDict(parent)) return undefined
    node = parent
  }
  return undefined
}

function linesOf(file: PdfFile, field: FormField, options: PdfObject | undefined): readonly string[] {
  const value = file.resolve(field.dict.get('V'))
  const items = isArray(value) ? value.map((item) => file.resolve(item)) : [value]
  const shown = new Map(optionsOf(file, options))
  return items
    .flatMap((item) => (isString(item) ? textOf(item).split(/\r\n|\r|\n/) : []))
    .map((text) => shown.get(text) ?? text)
}

/** Export value and what is shown for it. */
function optionsOf(file: PdfFile, value: PdfObject | undefined): readonly (readonly [string, string])[] {
  const list = file.resolve(value)
  return (isArray(list) ? list : []).map((item) => {
    const option = file.resolve(item)
    const [first, second] = (isArray(option) ? option : [option]).map((one) => file.resolve(one))
    const exported = isString(first) ? textOf(first) : ''
    return [exported, isString(second) ? textOf(second) : exported]
  })
}

/** Size and colour of /DA; 0 is a size that the reader chooses. */
function defaultAppearance(
  file: PdfFile,
  field: FormField,
  given: PdfObject | undefined,
): { size: number; colour: Colour } {
  const value = file.resolve(given ?? field.dict.get('DA'))
  const words = isString(value) ? Buffer.from(value.bytes).toString('latin1').trim().split(/\s+/) : []
  const before = (operator: string, count: number): readonly number[] | undefined => {
    const at = words.lastIndexOf(operator)
    return at < count ? undefined : words.slice(at - count, at).map(Number)
  }
  const size = before('Tf', 1)?.[0] ?? 0
  const [gray, rgb, cmyk] = [before('g', 1), before('rg', 3), before('k', 4)]
  const [c = 0, m = 0, y = 0, k = 1] = cmyk ?? []
  const [red = 0, green = 0, blue = 0] =
    rgb ??
    (gray ? [gray[0] ?? 0, gray[0] ?? 0, gray[0] ?? 0] : cmyk ? [c, m, y].map((part) => (1 - part) * (1 - k)) : [])
  const part = (value_: number) => (Number.isFinite(value_) ? Math.min(1, Math.max(0, value_)) : 0)
  return { size: Number.isFinite(size) && size > 0 ? size : 0, colour: [part(red), part(green), part(blue)] }
}

/** A character that our typeface lacks would be shown as another one. */
function refuseUnknown(file: PdfFile, field: FormField, text: string): void {
  const { glyphs } = face('regular')
  const [missing] = glyphs('\u25ca').ids
  const unknown = [...text.normalize('NFC')].find((letter) => letter !== '\u25ca' && glyphs(letter).ids[0] === missing)
  if (unknown !== undefined) throw undrawable(file, field, 'has letters that cannot be drawn here')
}

export function undrawable(file: PdfFile, field: FormField, what: string): SeglError {
  const detail =
    `The form field ${nameOf(field.dict.get('T')) ?? field.name} ${what} and has no appearance of its own. Open the form in a PDF ` +
    'reader, print it to a PDF, and upload that.'
  return new SeglError('NOT_NORMALISABLE', detail, {
    offset: placeOf(file, isRef(field.ref) ? field.ref : undefined) ?? 0,
  })
}

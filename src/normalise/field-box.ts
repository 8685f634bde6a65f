// Background and border of a field's widget that the file leaves to the reader to draw (ISO 32000-2, table 192 /MK and table 168 /BS).
import { isArray, isDict, nameOf, type PdfDict, type PdfFile, type PdfObject } from '../kernel/pdf/index.ts'
import type { Canvas, Colour } from '../sheet/index.ts'

export type Box = {
  readonly background: Colour | undefined
  readonly border: { readonly colour: Colour; readonly width: number } | undefined
  /** Beveled, inset, underlined and dashed borders, which readers draw each in its own way. */
  readonly isUnlike: boolean
}

export function boxOf(file: PdfFile, widget: PdfDict): Box {
  const look = dictIn(file, widget.get('MK'))
  const style = dictIn(file, widget.get('BS'))
  const colour = colourOf(file, look.get('BC'))
  const width = file.resolve(style.get('W'))
  const line = typeof width === 'number' ? width : legacyWidth(file, widget)
  const isBordered = colour !== undefined && line > 0
  return {
    background: colourOf(file, look.get('BG')),
    border: isBordered ? { colour, width: line } : undefined,
    isUnlike: isBordered && (nameOf(file.resolve(style.get('S'))) ?? 'S') !== 'S',
  }
}

/** Whether readers would draw a background or border of their own. */
export function isColoured(file: PdfFile, widget: PdfDict): boolean {
  const { background, border } = boxOf(file, widget)
  return background !== undefined || border !== undefined
}

/** Whether anything was drawn. */
export function drawBox({ background, border }: Box, on: Canvas, width: number, height: number): boolean {
  if (background) on.fill(0, 0, width, height, background)
  if (border) on.frame(0, 0, width, height, border.width, border.colour)
  return background !== undefined || border !== undefined
}

/** /Border [horizontal vertical width], where no /BS says it; one point when nothing does. */
function legacyWidth(file: PdfFile, widget: PdfDict): number {
  const border = file.resolve(widget.get('Border'))
  const width = isArray(border) ? file.resolve(border[2]) : 1
  return typeof width === 'number' ? width : 1
}

/** Of no, one, three or four numbers: transparent, gray, RGB, CMYK. */
function colourOf(file: PdfFile, value: PdfObject | undefined): Colour | undefined {
  const list = file.resolve(value)
  if (!isArray(list)) return undefined
  const parts = list.map((item) => file.resolve(item)).map((part) => (typeof part === 'number' ? clamped(part) : 0))
  const [first = 0, second = 0, third = 0, black = 0] = parts
  if (parts.length === 1) return [first, first, first]
  if (parts.length === 3) return [first, second, third]
  if (parts.length !== 4) return undefined
  return [(1 - first) * (1 - black), (1 - second) * (1 - black), (1 - third) * (1 - black)]
}

const clamped = (part: number): number => Math.min(1, Math.max(0, part))

function dictIn(file: PdfFile, value: PdfObject | undefined): PdfDict {
  const found = file.resolve(value)
  return isDict(found) ? found : new Map()
}

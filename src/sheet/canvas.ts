// A content stream in the making (ISO 32000-2, 8 and 9): filled shapes, lines and text by glyph number, nothing else.
// No transparency, no device colours of its own, no names but those in `drawingResources`.
import type { PdfDict, StructureElement, StructureKid } from '../kernel/pdf/index.ts'
import { face, type Weight } from './typeface.ts'

/** Red, green, blue from 0 to 1, in sRGB. */
export type Colour = readonly [number, number, number]

export type TextStyle = { readonly weight?: Weight; readonly size: number; readonly colour: Colour }

export type Canvas = {
  fill(x: number, y: number, width: number, height: number, colour: Colour): void
  /** A frame of lines of `width` points, drawn inside the rectangle. */
  frame(x: number, y: number, width: number, height: number, line: number, colour: Colour, dash?: boolean): void
  line(x1: number, y1: number, x2: number, y2: number, width: number, colour: Colour): void
  /** Closed curve of `commands` in the operators m, l, c, h; filled. */
  shape(commands: string, colour: Colour): void
  /** One line of text with its baseline at y; `align` says what x is. */
  text(x: number, y: number, text: string, style: TextStyle, align?: 'left' | 'right' | 'centre'): void
  /** What `draw` writes is a structure element of this role; text outside of any, and all lines and fills, are artifacts. */
  element(role: string, draw: () => void, attributes?: PdfDict): void
  /** The signature field of a slot, or of the seal, belongs here in the reading order. */
  field(slot: number | 'seal'): void
  /** The elements drawn so far. */
  structure(): readonly StructureElement[]
  /** The content stream, not compressed. */
  bytes(): Uint8Array
}

type OpenElement = { readonly role: string; readonly attributes?: PdfDict; readonly kids: StructureKid[] }

/** A number as PDF wants it: at most two decimals, never an exponent (ISO 32000-2, 7.3.3). */
export function real(value: number): string {
  const text = value.toFixed(2).replace(/\.?0+$/, '')
  return text === '-0' || text === '' ? '0' : text
}

/** Width of a line of text in points. */
export function textWidth(text: string, style: Pick<TextStyle, 'weight' | 'size'>): number {
  return (face(style.weight ?? 'regular').glyphs(text).width * style.size) / 1000
}

const hex = (id: number) => id.toString(16).padStart(4, '0')

/**
 * `marked`: the content of a page, whose structure elements point into it (ISO 32000-2, 14.7.5). An appearance is not marked: its
 * field is one element as a whole.
 */
export function canvas(options: { readonly marked?: boolean } = {}): Canvas {
  const { marked = false } = options
  const operators: string[] = []
  const top: OpenElement = { role: '', kids: [] }
  const open: OpenElement[] = [top]
  /** Whose marked-content sequence the operators are in: an element, the artifacts, or none. */
  let inside: OpenElement | 'artifact' | undefined
  let mcids = 0
  const endMarked = () => {
    if (inside !== undefined) operators.push('EMC')
    inside = undefined
  }
  const within = (what: OpenElement | 'artifact') => {
    if (!marked || inside === what) return
    endMarked()
    inside = what
    if (what === 'artifact') operators.push('/Artifact BMC')
    else {
      operators.push(`/${what.role} <</MCID ${mcids}>> BDC`)
      what.kids.push({ mcid: mcids })
      mcids += 1
    }
  }
  const write = (parts: readonly (string | number)[]) => {
    operators.push(parts.map((part) => (typeof part === 'number' ? real(part) : part)).join(' '))
  }
  const add = (...parts: readonly (string | number)[]) => {
    within('artifact')
    write(parts)
  }
  const rgb = (colour: Colour) => colour.map((part) => part.toFixed(3)).join(' ')
  const show = (x: number, y: number, style: TextStyle, strings: string) => {
    const element = open.at(-1) ?? top
    within(element === top ? 'artifact' : element)
    write([rgb(style.colour), 'rg'])
    write(['BT', style.weight === 'semibold' ? '/S' : '/R', style.size, 'Tf', x, y, 'Td', strings, 'ET'])
  }
  return {
    fill(x, y, width, height, colour) {
      add(rgb(colour), 'rg', x, y, width, height, 're f')
    },
    frame(x, y, width, height, line, colour, dash = false) {
      add('q', rgb(colour), 'RG', line, 'w', dash ? '[3 3] 0 d' : '')
      add(x + line / 2, y + line / 2, width - line, height - line, 're S Q')
    },
    line(x1, y1, x2, y2, width, colour) {
      add(rgb(colour), 'RG', width, 'w', x1, y1, 'm', x2, y2, 'l S')
    },
    shape(commands, colour) {
      add(rgb(colour), 'rg', commands, 'f')
    },
    text(x, y, text, style, align = 'left') {
      const { ids, width } = face(style.weight ?? 'regular').glyphs(text)
      if (ids.length === 0) return
      const shift = align === 'left' ? 0 : ((align === 'right' ? 1 : 0.5) * width * style.size) / 1000
      show(x - shift, y, style, `<${ids.map(hex).join('')}> Tj`)
    },
    element(role, draw, attributes) {
      const element: OpenElement = attributes === undefined ? { role, kids: [] } : { role, attributes, kids: [] }
      ;(open.at(-1) ?? top).kids.push(element)
      open.push(element)
      draw()
      open.pop()
    },
    field(slot) {
      ;(open.at(-1) ?? top).kids.push({ field: slot })
    },
    structure: () => top.kids.filter((kid): kid is StructureElement => 'role' in kid),
    bytes() {
      endMarked()
      return Buffer.from(`${operators.join('\n')}\n`, 'latin1')
    },
  }
}

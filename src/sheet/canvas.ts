// A content stream in the making (ISO 32000-2, 8 and 9): filled shapes, lines and text by glyph number, nothing else.
// No transparency, no device colours of its own, no names but those in `drawingResources`.
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
  /** The content stream, not compressed. */
  bytes(): Uint8Array
}

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

export function canvas(): Canvas {
  const operators: string[] = []
  const add = (...parts: readonly (string | number)[]) => {
    operators.push(parts.map((part) => (typeof part === 'number' ? real(part) : part)).join(' '))
  }
  const rgb = (colour: Colour) => colour.map((part) => part.toFixed(3)).join(' ')
  const show = (x: number, y: number, style: TextStyle, strings: string) => {
    add(rgb(style.colour), 'rg')
    add('BT', style.weight === 'semibold' ? '/S' : '/R', style.size, 'Tf', x, y, 'Td', strings, 'ET')
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
    bytes() {
      return Buffer.from(`${operators.join('\n')}\n`, 'latin1')
    },
  }
}

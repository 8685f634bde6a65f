// Reads text and its place back out of what the sheets draw, through /ToUnicode as any PDF reader does.
import { inflateSync } from 'node:zlib'
import { isArray, isDict, isNewStream, type PdfObject, type SheetObjects } from '../../src/kernel/pdf/index.ts'

export type Line = {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
}

type FontMaps = { readonly letters: ReadonlyMap<number, string>; readonly widths: ReadonlyMap<number, number> }

export type Reader = {
  /** Lines of text in a content stream; R and S are the two fonts. */
  lines(content: Uint8Array): readonly Line[]
  /** Content of a page of the bundle. */
  page(index: number): Uint8Array
}

export function reader(sheets: SheetObjects): Reader {
  const objects = new Map(sheets.objects.map(({ number, body }) => [number, body]))
  const follow = (value: PdfObject | undefined): PdfObject | undefined =>
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'local'
      ? objects.get(value.number)
      : value
  const member = (value: PdfObject | undefined, key: string) => {
    const target = follow(value)
    return isDict(target) ? follow(target.get(key)) : undefined
  }
  const bytes = (value: PdfObject | undefined): Uint8Array => {
    const stream = follow(value)
    if (!isNewStream(stream)) throw new Error('no stream')
    return stream.dict.has('Filter') ? inflateSync(stream.data) : stream.data
  }
  const font = (part: string): FontMaps => {
    const [, number] = Object.entries(sheets.resources).find(([name]) => name.includes(part)) ?? []
    if (number === undefined) throw new Error(`no font for ${part}`)
    const type0 = objects.get(number)
    const cmap = Buffer.from(bytes(member(type0, 'ToUnicode'))).toString('latin1')
    const letters = new Map<number, string>()
    for (const [, glyph = '', unicode = ''] of cmap.matchAll(/^<([0-9a-f]{4})> <([0-9a-f]+)>$/gim)) {
      const units = unicode.match(/.{4}/g) ?? []
      letters.set(Number.parseInt(glyph, 16), String.fromCharCode(...units.map((unit) => Number.parseInt(unit, 16))))
    }
    const descendants = member(type0, 'DescendantFonts')
    const cid = isArray(descendants) ? follow(descendants[0]) : undefined
    const widths = new Map<number, number>()
    const table = member(cid, 'W')
    if (!isArray(table)) throw new Error('no widths')
    for (let index = 0; index < table.length; index += 2) {
      const first = Number(table[index])
      const row = table[index + 1]
      if (isArray(row)) for (const [step, width] of row.entries()) widths.set(first + step, Number(width))
    }
    return { letters, widths }
  }
  const fonts: Readonly<Record<string, FontMaps>> = { R: font('regular'), S: font('semibold') }
  return {
    page(index) {
      return bytes(member(objects.get(sheets.pages[index]?.object ?? 0), 'Contents'))
    },
    lines(content) {
      const source = Buffer.from(content).toString('latin1')
      const pattern = /BT \/(\w+) (\S+) Tf (\S+) (\S+) Td <([0-9a-f]*)> Tj ET/g
      return [...source.matchAll(pattern)].map(([, name = '', size, x, y, hex = '']) => {
        const maps = fonts[name]
        if (maps === undefined) throw new Error(`unknown font ${name}`)
        const glyphs = (hex.match(/.{4}/g) ?? []).map((glyph) => Number.parseInt(glyph, 16))
        const thousandths = glyphs.reduce((sum, glyph) => {
          const width = maps.widths.get(glyph)
          if (width === undefined) throw new Error(`glyph ${glyph} has no width`)
          return sum + width
        }, 0)
        const text = glyphs.map((glyph) => maps.letters.get(glyph) ?? '\ufffd').join('')
        return { text, x: Number(x), y: Number(y), width: (thousandths * Number(size)) / 1000, size: Number(size) }
      })
    },
  }
}

/** Pairs of lines that touch each other: boxes from a fifth below the baseline to the height of capitals above it. */
export function overlaps(lines: readonly Line[]): readonly string[] {
  const found: string[] = []
  for (const [index, a] of lines.entries()) {
    for (const b of lines.slice(index + 1)) {
      const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
      const up = Math.min(a.y + a.size * 0.72, b.y + b.size * 0.72) - Math.max(a.y - a.size * 0.18, b.y - b.size * 0.18)
      if (across > 0.2 && up > 0.2) found.push(`"${a.text}" and "${b.text}"`)
    }
  }
  return found
}

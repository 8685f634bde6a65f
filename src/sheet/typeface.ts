// The typeface of sheets and appearances: Public Sans in two weights, whole, addressed by glyph number (Identity-H).
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from '@cantoo/fontkit'
import { SeglError } from '../errors.ts'

export type Weight = 'regular' | 'semibold'

/** A line of text as glyph numbers; `width` and `advances` in thousandths of the font size. */
export type Glyphs = { readonly ids: readonly number[]; readonly advances: readonly number[]; readonly width: number }

export type Face = {
  readonly weight: Weight
  /** PostScript name without subset tag: the font is embedded whole. */
  readonly name: string
  readonly file: Uint8Array
  /** Of the file: the beginning of its SHA-256, hex. */
  readonly version: string
  glyphs(text: string): Glyphs
}

const files: Readonly<Record<Weight, string>> = {
  regular: '@expo-google-fonts/public-sans/400Regular/PublicSans_400Regular.ttf',
  semibold: '@expo-google-fonts/public-sans/600SemiBold/PublicSans_600SemiBold.ttf',
}

/** Shown in place of a character that the font lacks: visible, and no letter. */
const replacement = '\u25ca'

const faces = new Map<Weight, Face>()

/** The face of a weight, read and parsed once per process. */
export function face(weight: Weight): Face {
  let known = faces.get(weight)
  if (known === undefined) {
    known = load(weight)
    faces.set(weight, known)
  }
  return known
}

/**
 * The name under which a document's resources hold this face. It names the version too: glyph numbers mean nothing in another
 * one, so an appearance drawn with another version finds no resource of its name instead of showing wrong letters.
 */
export function resourceName(weight: Weight): string {
  return `public-sans-${weight}-${face(weight).version}`
}

function load(weight: Weight): Face {
  const path = createRequire(import.meta.url).resolve(files[weight])
  const file = readFileSync(path)
  const font = create(file)
  if (font === null || !('glyphForCodePoint' in font)) {
    throw new SeglError('INTERNAL', 'The font of the sheets cannot be read. Install the dependencies again (npm ci).')
  }
  const version = createHash('sha256').update(file).digest('hex').slice(0, 8)
  return { weight, name: font.postscriptName ?? 'PublicSans', file, version, glyphs: glyphsOf(font) }
}

function glyphsOf(font: Font): (text: string) => Glyphs {
  const scale = 1000 / font.unitsPerEm
  const known = new Map<number, { id: number; advance: number }>()
  const glyph = (codePoint: number): { id: number; advance: number } => {
    let entry = known.get(codePoint)
    if (entry === undefined) {
      const found = font.hasGlyphForCodePoint(codePoint) ? font.glyphForCodePoint(codePoint) : null
      // Glyph 0 is .notdef, which PDF/A forbids to show (ISO 19005-2, 6.2.11.8).
      const fallback = replacement.codePointAt(0) ?? 0x3f
      entry = found !== null && found.id !== 0 ? { id: found.id, advance: found.advanceWidth * scale } : glyph(fallback)
      known.set(codePoint, entry)
    }
    return entry
  }
  return (text) => {
    const ids: number[] = []
    const advances: number[] = []
    let width = 0
    for (const character of printable(text)) {
      const { id, advance } = glyph(character.codePointAt(0) ?? 0x20)
      ids.push(id)
      advances.push(advance)
      width += advance
    }
    return { ids, advances, width }
  }
}

/** Text as it can be drawn on one line: composed letters, plain spaces, and no control or direction characters at work. */
export function printable(text: string): string {
  return (
    text
      .normalize('NFC')
      // Hyphens that differ in where a line may end, which is settled here; and what is written only for that is not drawn.
      .replace(/[\u2010\u2011\u2043\ufe63\uff0d]/gu, '-')
      .replace(/\u00ad|[\u200b-\u200d]|\u2060|\ufeff|\p{Variation_Selector}/gu, '')
      .replace(/[\s\u00a0]+/gu, (space) => (space === '\u00a0' ? space : ' '))
      .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, replacement)
  )
}

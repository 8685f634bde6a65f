// What a signer's field shows once he has signed: the name as BankID gave it, the capacity, and that it is simulated.
import type { Appearance } from '../kernel/pdf/index.ts'
import { type Language, roleName, text } from '../text/index.ts'
import { canvas, type TextStyle, textWidth } from './canvas.ts'
import { accent, ink, muted, wax } from './design.ts'
import { drawingResources } from './resources.ts'
import { slotSize } from './signature-sheets.ts'
import { breakAtMost, cut, shrink } from './typesetting.ts'

export type SignatureAppearanceInput = {
  readonly language: Language
  /** As BankID gave it. */
  readonly name: string
  readonly role: string
  readonly onBehalfOf: string | null
  readonly level?: 'substantial' | 'high' | undefined
  /** Size of the field in points; that of a slot when left out. */
  readonly size?: { readonly width: number; readonly height: number }
}

/**
 * The content of a signature field, drawn with the glyph numbers of the fonts in the sheet's resources, so that any process can
 * make it later. Never fails on a name: what the font lacks is shown as a lozenge, what is too long is cut.
 */
export function signatureAppearance(input: SignatureAppearanceInput): Appearance {
  const { language, name, onBehalfOf, role, level } = input
  const { width, height } = input.size ?? slotSize
  const words = text(language)
  const on = canvas()
  // Drawn for a slot; another size of field is filled by scaling as a whole.
  const scale = Math.min(width / slotSize.width, height / slotSize.height)
  const at = (points: number) => points * scale
  const left = at(9)
  const room = width - left - at(3)
  on.fill(at(1), at(1), at(2), height - at(2), accent)

  const full: TextStyle = { weight: 'semibold', size: at(12.5), colour: ink }
  const size = shrink(name, full, room, at(9))
  const style = { ...full, size }
  // Lowest baselines first: the lines below the name keep their places, the name takes one line or two above them.
  const small: TextStyle = { size: at(7.2), colour: muted }
  const strong: TextStyle = { weight: 'semibold', size: at(7.2), colour: wax }
  // No time: this is drawn before the person approves it, and a signature has one time only, that of its time-stamp.
  const timed =
    level === undefined ? [words.sheet.timeInStamp] : [words.sheet.level(words.levels[level]), words.sheet.timeInStamp]
  on.text(left, at(6), cut(timed.join(' · '), small, room), small)
  on.text(left, at(16), cut(words.sheet.signedWith, strong, room), strong)
  const roleText = roleName(role, language)
  const capacity = onBehalfOf === null ? roleText : `${roleText} ${words.sheet.onBehalfOf(onBehalfOf)}`
  const capacityStyle: TextStyle = { size: at(7.8), colour: ink }
  on.text(left, at(26.5), cut(capacity, capacityStyle, room), capacityStyle)
  const lines = breakAtMost(name, { ...style, size: Math.min(size, at(9)) }, room, 2)
  if (textWidth(name, style) <= room) on.text(left, at(39), name, style)
  else {
    for (const [index, line] of lines.entries()) {
      on.text(left, at(46 - index * 9.8), line, { ...style, size: at(9) })
    }
  }
  return { content: on.bytes(), bbox: [0, 0, width, height], resources: drawingResources() }
}

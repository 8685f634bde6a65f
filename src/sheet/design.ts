// How our paper looks: measures, colours, the mark, and the pieces that both kinds of sheet share.
import type { Rectangle } from '../kernel/pdf/index.ts'
import { type Canvas, type Colour, real, type TextStyle } from './canvas.ts'

/** A4 in points. */
export const paper = { width: 595.28, height: 841.89 } as const
export const margin = 51
export const column = { left: margin, right: paper.width - margin, width: paper.width - 2 * margin } as const
export const wholePage: Rectangle = [0, 0, paper.width, paper.height]

export const ink: Colour = [0.078, 0.118, 0.188]
export const muted: Colour = [0.337, 0.376, 0.447]
export const accent: Colour = [0.106, 0.243, 0.435]
export const hairline: Colour = [0.776, 0.804, 0.847]
export const tint: Colour = [0.957, 0.965, 0.976]
export const wax: Colour = [0.545, 0.118, 0.157]
export const waxTint: Colour = [0.984, 0.949, 0.945]
export const white: Colour = [1, 1, 1]

const scallops = 14

/** The mark: a wax seal with an S, centred on x and y. */
export function drawMark(on: Canvas, x: number, y: number, radius: number): void {
  const at = (angle: number, distance: number) => {
    const turn = Math.PI / 2 + angle
    return `${real(x + distance * Math.cos(turn))} ${real(y + distance * Math.sin(turn))}`
  }
  const step = (2 * Math.PI) / scallops
  const valley = radius * 0.9
  const crest = radius * 1.075
  const parts = [`${at(0, valley)} m`]
  for (let index = 0; index < scallops; index++) {
    const from = index * step
    parts.push(`${at(from + step * 0.25, crest)} ${at(from + step * 0.75, crest)} ${at(from + step, valley)} c`)
  }
  on.shape(`${parts.join(' ')} h`, wax)
  const size = radius * 1.3
  on.text(x, y - size * 0.36, 'S', { weight: 'semibold', size, colour: white }, 'centre')
}

/** Mark and name at the left, `note` at the right, a line below; returns the height used, from the top margin. */
export function drawHead(on: Canvas, note: string): number {
  const y = paper.height - 48
  drawMark(on, column.left + 9, y + 4, 9)
  on.text(column.left + 25, y, 'Segl', { weight: 'semibold', size: 12, colour: ink })
  on.text(column.right, y, note, { size: 8.5, colour: muted }, 'right')
  on.line(column.left, y - 13, column.right, y - 13, 0.75, ink)
  return y - 13
}

/** A line and two short texts at the bottom of the page. */
export function drawFoot(on: Canvas, left: string, right: string): void {
  on.line(column.left, 40, column.right, 40, 0.5, hairline)
  const style: TextStyle = { size: 7, colour: muted }
  on.text(column.left, 29, left, style)
  on.text(column.right, 29, right, style, 'right')
}

/** From one group of a hash to the next, in parts of the font size: the widest eight digits and a space. */
const groupStep = 5.75

/**
 * A hash in groups of eight digits, the groups in columns, on one line or two. Within a group the digits keep their natural
 * widths: set in cells of equal width they would be read out of the file with spaces between them.
 */
export function drawHash(on: Canvas, x: number, y: number, hash: string, style: TextStyle, lines: 1 | 2 = 2): void {
  const groups = hash.toLowerCase().match(/.{1,8}/g) ?? []
  const perLine = lines === 1 ? groups.length : 4
  for (const [index, group] of groups.entries()) {
    const column = index % perLine
    on.text(x + column * groupStep * style.size, y - Math.floor(index / perLine) * style.size * 1.45, group, style)
  }
}

/** A line across the page and a section's title below it. */
export function drawSection(on: Canvas, title: string, top: number, size: number, note = ''): void {
  on.line(column.left, top, column.right, top, 0.5, hairline)
  on.text(column.left, top - size * 1.6, title, { weight: 'semibold', size: size + 1, colour: ink })
  if (note !== '') on.text(column.right, top - size * 1.6, note, { size, colour: muted }, 'right')
}

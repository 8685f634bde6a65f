// The graphics state as far as it decides whether something can be seen (ISO 32000-2, 8.3, 8.4 and 8.10.1).

import type { Operand } from './content-tokens.ts'
import type { PdfFile } from './file.ts'
import { isArray, type PdfDict, type PdfObject } from './object.ts'
import type { Rectangle } from './sheet-objects.ts'

export type Matrix = readonly [number, number, number, number, number, number]

export type GraphicsState = {
  matrix: Matrix
  /** In the page's own space. */
  clip: Rectangle
  /** Whether the colour leaves the paper as it is. */
  fillWhite: boolean
  strokeWhite: boolean
  fillAlpha: number
  strokeAlpha: number
  font: PdfObject
  fontSize: number
  leading: number
  rendering: number
}

export const identity: Matrix = [1, 0, 0, 1, 0, 0]

export const initialState = (clip: Rectangle): GraphicsState => ({
  matrix: identity,
  clip,
  fillWhite: false,
  strokeWhite: false,
  fillAlpha: 1,
  strokeAlpha: 1,
  font: null,
  fontSize: 0,
  leading: 0,
  rendering: 0,
})

export const isMatrix = (numbers: readonly number[]): numbers is Matrix => numbers.length === 6

/** `m` first, then `n`. */
export const times = (m: Matrix, n: Matrix): Matrix => [
  m[0] * n[0] + m[1] * n[2],
  m[0] * n[1] + m[1] * n[3],
  m[2] * n[0] + m[3] * n[2],
  m[2] * n[1] + m[3] * n[3],
  m[4] * n[0] + m[5] * n[2] + n[4],
  m[4] * n[1] + m[5] * n[3] + n[5],
]

/** The upright rectangle around `box` once it is transformed. */
export function boundsOf([a, b, c, d, e, f]: Matrix, [x1, y1, x2, y2]: Rectangle): Rectangle {
  const xs = [a * x1 + c * y1, a * x2 + c * y1, a * x1 + c * y2, a * x2 + c * y2]
  const ys = [b * x1 + d * y1, b * x2 + d * y1, b * x1 + d * y2, b * x2 + d * y2]
  return [Math.min(...xs) + e, Math.min(...ys) + f, Math.max(...xs) + e, Math.max(...ys) + f]
}

export const union = (a: Rectangle | undefined, b: Rectangle): Rectangle =>
  a === undefined ? b : [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]

export const intersection = (a: Rectangle, b: Rectangle): Rectangle => [
  Math.max(a[0], b[0]),
  Math.max(a[1], b[1]),
  Math.min(a[2], b[2]),
  Math.min(a[3], b[3]),
]

/** Whether `area` shows within `clip`; what is no number counts as showing. */
export const meets = (area: Rectangle, clip: Rectangle): boolean =>
  !(
    area[0] > clip[2] ||
    area[2] < clip[0] ||
    area[1] > clip[3] ||
    area[3] < clip[1] ||
    clip[2] <= clip[0] ||
    clip[3] <= clip[1]
  )

/** White in the device spaces and in those calibrated like them; patterns and tints of other spaces count as seen. */
export function isWhite(operator: string, operands: readonly Operand[]): boolean {
  const values = operands.map(({ number }) => number)
  // One component of `sc` may be a tint of ink, of which 1 is all.
  if (values.length === 0 || (values.length === 1 && /^sc/i.test(operator))) return false
  const white = values.length === 4 ? 0 : 1
  return values.every((value) => value === white)
}

export function alphaOf(file: PdfFile, settings: PdfDict, key: 'ca' | 'CA', before: number): number {
  const value = file.resolve(settings.get(key))
  return typeof value === 'number' ? value : before
}

/** The state in which the content of a form XObject begins: its /Matrix, and its /BBox as a clip. */
export function stateInForm(file: PdfFile, form: PdfDict, state: GraphicsState): GraphicsState {
  const own = numbersOf(file, form.get('Matrix'))
  const matrix = isMatrix(own) ? times(own, state.matrix) : state.matrix
  const [a, b, c, d] = numbersOf(file, form.get('BBox'))
  if (a === undefined || b === undefined || c === undefined || d === undefined) return { ...state, matrix }
  const box: Rectangle = [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]
  return { ...state, matrix, clip: intersection(state.clip, boundsOf(matrix, box)) }
}

function numbersOf(file: PdfFile, value: PdfObject | undefined): number[] {
  const list = file.resolve(value)
  return (isArray(list) ? list : []).map((item) => file.resolve(item)).filter((item) => typeof item === 'number')
}

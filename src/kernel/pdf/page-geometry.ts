// What of a page is shown, which way up, and where a place on it lies in the page's own space (ISO 32000-2, 14.11.2 and 7.7.3.3).

import type { PdfFile } from './file.ts'
import { isArray, type PdfObject } from './object.ts'
import type { Page } from './page-tree.ts'
import type { Rectangle } from './sheet-objects.ts'

export type Rotation = 0 | 90 | 180 | 270

/** The visible part of a page. */
export type VisiblePage = {
  /** In the page's own space, lower left corner first. */
  readonly box: Rectangle
  /** Clockwise. */
  readonly rotation: Rotation
  /** Points per unit of the page's own space. */
  readonly unit: number
  /** Points, as shown. */
  readonly width: number
  readonly height: number
}

/** A place on a page as it is shown: points, counted from the upper left corner of what is visible. */
export type Place = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** What readers take where a page has no /MediaBox, which it shall have. */
const letter: Rectangle = [0, 0, 612, 792]

/** The part of a page that is shown, in its own space; undefined when that is nothing. */
export function shownBox(file: PdfFile, page: Page): Rectangle | undefined {
  const box = croppedTo(file, page, rectangle(file, page.effective.get('MediaBox')) ?? letter)
  return box[2] > box[0] && box[3] > box[1] ? box : undefined
}

function croppedTo(file: PdfFile, page: Page, media: Rectangle): Rectangle {
  const crop = rectangle(file, page.effective.get('CropBox')) ?? media
  return [
    Math.max(media[0], crop[0]),
    Math.max(media[1], crop[1]),
    Math.min(media[2], crop[2]),
    Math.min(media[3], crop[3]),
  ]
}

/** Undefined for a page without a box that shows anything. */
export function visiblePage(file: PdfFile, page: Page): VisiblePage | undefined {
  const media = rectangle(file, page.effective.get('MediaBox'))
  if (media === undefined) return undefined
  const box = croppedTo(file, page, media)
  const turned = Number(file.resolve(page.effective.get('Rotate')) ?? 0)
  const rotation = ((((Number.isFinite(turned) ? turned : 0) % 360) + 360) % 360) as Rotation
  const told = Number(file.resolve(page.dict.get('UserUnit')) ?? 1)
  const unit = told > 0 && Number.isFinite(told) ? told : 1
  const [across, up] = [(box[2] - box[0]) * unit, (box[3] - box[1]) * unit]
  if (!(across > 0) || !(up > 0) || rotation % 90 !== 0) return undefined
  const upright = rotation % 180 === 0
  return { box, rotation, unit, width: upright ? across : up, height: upright ? up : across }
}

function rectangle(file: PdfFile, value: PdfObject | undefined): Rectangle | undefined {
  const list = file.resolve(value)
  if (!isArray(list) || list.length !== 4) return undefined
  const [a, b, c, d] = list.map((item) => file.resolve(item))
  if (typeof a !== 'number' || typeof b !== 'number' || typeof c !== 'number' || typeof d !== 'number') return undefined
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)]
}

/** Rounding of what a client computed from the page's size. */
const tolerance = 0.01

export const liesOn = (page: Pick<VisiblePage, 'width' | 'height'>, { x, y, width, height }: Place): boolean =>
  x >= 0 && y >= 0 && x + width <= page.width + tolerance && y + height <= page.height + tolerance

/** The place in the page's own space. */
export function rectangleOf({ box, rotation, unit }: VisiblePage, place: Place): Rectangle {
  const [x1, y1, x2, y2] = box
  const [x, y, width, height] = [place.x, place.y, place.width, place.height].map((value) => value / unit) as [
    number,
    number,
    number,
    number,
  ]
  switch (rotation) {
    case 90:
      return rounded([x1 + y, y1 + x, x1 + y + height, y1 + x + width])
    case 180:
      return rounded([x2 - x - width, y1 + y, x2 - x, y1 + y + height])
    case 270:
      return rounded([x2 - y - height, y2 - x - width, x2 - y, y2 - x])
    default:
      return rounded([x1 + x, y2 - y - height, x1 + x + width, y2 - y])
  }
}

const rounded = ([x1, y1, x2, y2]: Rectangle): Rectangle => {
  const round = (value: number): number => Math.round(value * 1000) / 1000
  return [round(x1), round(y1), round(x2), round(y2)]
}

/** How content that stands upright as shown is turned to fill a box of this size in the page's own space: six numbers of `cm`. */
export function turn(rotation: Rotation, width: number, height: number): readonly number[] {
  if (rotation === 90) return [0, 1, -1, 0, width, 0]
  if (rotation === 180) return [-1, 0, 0, -1, width, height]
  return rotation === 270 ? [0, -1, 1, 0, 0, height] : [1, 0, 0, 1, 0, 0]
}

// The signature sheets: what the document is, what the signatures are, and one framed place per slot.
import { deflateSync } from 'node:zlib'
import {
  dict,
  localRef,
  name,
  newStream,
  type Rectangle,
  type SheetObjects,
  type SheetPage,
} from '../kernel/pdf/index.ts'
import { fileSize, type Language, organisationNumber, roleName, text, wholeNumber } from '../text/index.ts'
import { type Canvas, canvas, type TextStyle, textWidth } from './canvas.ts'
import { column, drawFoot, drawHash, drawHead, hairline, ink, muted, tint, wax, waxTint, wholePage } from './design.ts'
import { drawingResources, type LocalObject, sharedResources } from './resources.ts'
import { breakAtMost, breakLines, cut } from './typesetting.ts'

export type SheetsInput = {
  /** The order's language. */
  readonly language: Language
  readonly orderId: string
  readonly reference: string | null
  readonly organisation: { readonly number: string; readonly name: string } | null
  readonly document: {
    readonly title: string
    readonly kind: 'annualAccounts' | 'contract' | 'voucher'
    readonly pages: number
    /** Bytes of the upload. */
    readonly size: number
    /** SHA-256 of the upload, hex. */
    readonly sha256: string
  }
  /** Who is expected where; every slot from 1 on is either here or a spare one. */
  readonly signers: readonly { readonly slot: number; readonly role: string; readonly onBehalfOf: string | null }[]
  /** Slots after the signers' that are kept free; at most 40 slots in all. */
  readonly spare: number
}

/** Most slots that a document can have. */
export const mostSlots = 40

const box = { width: (column.width - 14) / 2, height: 80, gap: 14, rowGap: 12, strip: 19 } as const
const floor = 58

type Place = { readonly slot: number; readonly title: string; readonly note: string; readonly spare: boolean }

/**
 * Draws signature sheets and the (still empty) audit sheet, for the kernel to append. The same input gives the same bytes.
 * Slot rectangles lie inside the printed frames; their size is `slotSize`.
 */
export async function drawSheets(input: SheetsInput): Promise<SheetObjects> {
  const shared = await sharedResources()
  const objects: LocalObject[] = [...shared.objects]
  const pages: SheetPage[] = []
  let last = Math.max(...objects.map((object) => object.number))
  const add = (body: LocalObject['body']): number => {
    last += 1
    objects.push({ number: last, body })
    return last
  }
  const resources = add(
    dict(
      Object.fromEntries(
        Object.entries(drawingResources).map(([category, names]) => [
          category,
          dict(Object.fromEntries(Object.entries(names).map(([key, value]) => [key, localRef(shared.numbers[value])]))),
        ]),
      ),
    ),
  )
  const addPage = (content: Uint8Array, slots: SheetPage['slots'], seal?: Rectangle) => {
    const stream = newStream(dict({ Filter: name('FlateDecode') }), deflateSync(content, { level: 9 }))
    const page = add(
      dict({
        Type: name('Page'),
        MediaBox: [...wholePage],
        Resources: localRef(resources),
        Contents: localRef(add(stream)),
      }),
    )
    pages.push(seal === undefined ? { object: page, slots } : { object: page, slots, seal })
  }
  for (const sheet of signatureSheets(input)) addPage(sheet.content, sheet.slots)
  addPage(new Uint8Array(0), [], wholePage)
  return { objects, pages, resources: shared.numbers }
}

/** Width and height of every slot's rectangle, in points. */
export const slotSize = { width: round(box.width - 12), height: round(box.height - box.strip - 6) } as const

function signatureSheets(input: SheetsInput): readonly { content: Uint8Array; slots: SheetPage['slots'] }[] {
  const places = placesOf(input)
  const words = text(input.language).sheet
  const firstTop = drawFirst(canvas(), input, '')
  const laterTop = drawLater(canvas(), input, '')
  const first = rowsBelow(firstTop) * 2
  const later = rowsBelow(laterTop) * 2
  const total = 1 + Math.max(0, Math.ceil((places.length - first) / later))
  return Array.from({ length: total }, (_, index) => {
    const on = canvas()
    const note = words.sheetOf(index + 1, total)
    const top = index === 0 ? drawFirst(on, input, note) : drawLater(on, input, note)
    const from = index === 0 ? 0 : first + (index - 1) * later
    const here = places.slice(from, index === 0 ? first : from + later)
    const slots = here.map((place, position) => drawPlace(on, place, position, top))
    drawFoot(on, words.verify, text(input.language).simulated.short)
    return { content: on.bytes(), slots }
  })
}

const rowsBelow = (top: number) => Math.floor((top - floor + box.rowGap) / (box.height + box.rowGap))

function placesOf({ language, signers, spare }: SheetsInput): readonly Place[] {
  const words = text(language).sheet
  const taken = signers.map(({ slot, role, onBehalfOf }): Place => {
    const note = onBehalfOf === null ? '' : words.onBehalfOf(onBehalfOf)
    return { slot, title: roleName(role, language), note, spare: false }
  })
  const after = Math.max(0, ...signers.map((signer) => signer.slot))
  const free = Array.from({ length: spare }, (_, index): Place => {
    return { slot: after + 1 + index, title: words.spare, note: '', spare: true }
  })
  return [...taken, ...free].sort((a, b) => a.slot - b.slot)
}

/** Draws the first sheet's upper part; returns where the places begin. */
function drawFirst(on: Canvas, input: SheetsInput, note: string): number {
  const { document, language, organisation, orderId, reference } = input
  const words = text(language).sheet
  let y = drawHead(on, note) - 40
  on.text(column.left, y, words.signatures, { weight: 'semibold', size: 25, colour: ink })
  const titleStyle: TextStyle = { size: 13, colour: ink }
  y -= 22
  for (const line of breakAtMost(document.title, titleStyle, column.width, 2)) {
    on.text(column.left, y, line, titleStyle)
    y -= 17
  }
  y -= 7
  const label: TextStyle = { size: 8.5, colour: muted }
  const value: TextStyle = { size: 8.5, colour: ink }
  const indent = column.left + 84
  const row = (title: string, content: string) => {
    on.text(column.left, y, title, label)
    on.text(indent, y, cut(content, value, column.right - indent), value)
    y -= 13.5
  }
  if (organisation !== null) {
    row(
      words.organisation,
      `${organisation.name}, ${words.organisationNumber(organisationNumber(organisation.number))}`,
    )
  }
  row(words.kind, text(language).kinds[document.kind])
  const bytes = `${wholeNumber(document.size, language)} ${language === 'en' ? 'bytes' : 'byte'}`
  const size = document.size < 1000 ? bytes : `${fileSize(document.size, language)} (${bytes})`
  row(words.pages, `${words.pagesValue(document.pages)}, ${size}`)
  if (reference !== null) row(words.reference, reference)
  row(words.order, orderId)
  on.text(column.left, y, words.fingerprint, label)
  drawHash(on, indent, y, document.sha256, { weight: 'semibold', size: 8.5, colour: ink })
  on.text(column.left, y - 12.3, words.fingerprintOf, { size: 6.5, colour: muted })
  y -= 33
  const body: TextStyle = { size: 8.5, colour: ink }
  for (const line of breakLines(words.about, body, column.width)) {
    on.text(column.left, y, line, body)
    y -= 12.5
  }
  const notice = breakLines(words.simulated, body, column.width - 24)
  const height = 24 + notice.length * 12.5
  y -= height
  on.fill(column.left, y + 4, column.width, height, waxTint)
  on.fill(column.left, y + 4, 3, height, wax)
  on.text(column.left + 14, y + height - 10, words.simulatedTitle, { weight: 'semibold', size: 8.5, colour: wax })
  for (const [index, line] of notice.entries()) {
    on.text(column.left + 14, y + height - 23 - index * 12.5, line, body)
  }
  if (input.spare > 0) {
    const help: TextStyle = { size: 7, colour: muted }
    on.text(column.left, y - 12, cut(`${words.spare}: ${words.spareHelp}`, help, column.width), help)
    y -= 16
  }
  return y - 8
}

/** Draws the upper part of the sheets after the first; returns where the places begin. */
function drawLater(on: Canvas, { document, language }: SheetsInput, note: string): number {
  const words = text(language).sheet
  const y = drawHead(on, note) - 24
  const title: TextStyle = { weight: 'semibold', size: 11, colour: ink }
  on.text(column.left, y, cut(document.title, title, column.width), title)
  on.text(column.left, y - 16, words.fingerprint, { size: 7, colour: muted })
  drawHash(on, column.left + 40, y - 16, document.sha256, { size: 7, colour: ink }, 1)
  return y - 32
}

/** Draws one framed place in the two columns below `top`; returns its slot's rectangle. */
function drawPlace(on: Canvas, place: Place, position: number, top: number) {
  const x = column.left + (position % 2) * (box.width + box.gap)
  const y = top - box.height - Math.floor(position / 2) * (box.height + box.rowGap)
  on.fill(x, y + box.height - box.strip, box.width, box.strip, tint)
  on.frame(x, y, box.width, box.height, 0.6, hairline, place.spare)
  const baseline = y + box.height - 12.5
  const room = box.width - 40
  const title: TextStyle = { weight: 'semibold', size: 8.5, colour: place.spare ? muted : ink }
  const name = cut(place.title, title, place.note === '' ? room : room * 0.6)
  on.text(x + 8, baseline, name, title)
  if (place.note !== '') {
    const style: TextStyle = { size: 7.5, colour: muted }
    const start = x + 8 + textWidth(name, title) + 5
    on.text(start, baseline, cut(place.note, style, x + box.width - 26 - start), style)
  }
  on.text(x + box.width - 8, baseline, String(place.slot), { size: 8.5, colour: muted }, 'right')
  const left = round(x + 6)
  const bottom = round(y + 3)
  const rect: Rectangle = [left, bottom, round(left + slotSize.width), round(bottom + slotSize.height)]
  return { slot: place.slot, rect }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

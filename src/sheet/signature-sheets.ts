// The signature sheets: what the document is, what the signatures are, and one framed place per slot.
import { deflateSync } from 'node:zlib'
import { SeglError } from '../errors.ts'
import {
  dict,
  localRef,
  name,
  newStream,
  type PlacedSlot,
  type Rectangle,
  type SheetObjects,
  type SheetPage,
} from '../kernel/pdf/index.ts'
import { fileSize, type Language, organisationNumber, roleName, text, wholeNumber } from '../text/index.ts'
import { type Canvas, canvas, type TextStyle, textWidth } from './canvas.ts'
import { column, drawFoot, drawHash, drawHead, hairline, ink, muted, tint, wax, waxTint, wholePage } from './design.ts'
import { type LocalObject, resourceDictionary, sharedResources } from './resources.ts'
import { breakAtMost, breakLines, cut } from './typesetting.ts'

export type ShownAt = {
  readonly page: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export type SheetsInput = {
  /** The order's language. */
  readonly language: Language
  /** The document's title. */
  readonly title: string
  readonly organisation: { readonly number: string; readonly name: string } | null
  /** The sender's own reference. */
  readonly reference: string | null
  /** SHA-256 of the upload, hex. */
  readonly uploadSha256: string
  /** SHA-256 of what was sent, where that was rewritten on request: the upload is then the rewritten file. */
  readonly originalSha256?: string | undefined
  /** Who is expected where, each slot from 1 on once, at most `mostSlots`; a slot without role is a spare one. */
  readonly slots: readonly {
    readonly slot: number
    readonly role: string | null
    readonly onBehalfOf?: string | null | undefined
    /** Where on the upload the signature is shown, in points from the upper left corner of the page (from 1) as shown. */
    readonly shownAt?: ShownAt | undefined
  }[]
  readonly orderId?: string | undefined
  readonly kind?: 'annualAccounts' | 'contract' | 'voucher' | undefined
  /** Pages of the upload. */
  readonly pages?: number | undefined
  /** Bytes of the upload. */
  readonly uploadSize?: number | undefined
}

/** Most slots that a document can have. */
export const mostSlots = 40

const box = { width: (column.width - 14) / 2, height: 80, gap: 14, rowGap: 12, strip: 19 } as const
const floor = 58

type Place = {
  readonly shownAt: ShownAt | undefined
  readonly slot: number
  readonly title: string
  readonly note: string
  readonly spare: boolean
}

/**
 * Draws signature sheets and the (still empty) audit sheet, for the kernel to append. The same input gives the same bytes.
 * Slot rectangles lie inside the printed frames; their size is `slotSize`.
 */
export async function drawSheets(input: SheetsInput): Promise<SheetObjects> {
  if (input.slots.length > mostSlots) {
    throw new SeglError(
      'SIGNERS_INVALID',
      `A document has room for ${mostSlots} signatures. Split the signers over several orders.`,
    )
  }
  const shared = await sharedResources()
  const objects: LocalObject[] = [...shared.objects]
  const pages: SheetPage[] = []
  let last = Math.max(...objects.map((object) => object.number))
  const add = (body: LocalObject['body']): number => {
    last += 1
    objects.push({ number: last, body })
    return last
  }
  const resources = add(resourceDictionary(shared.numbers))
  const addPage = (content: Uint8Array, rest: Omit<SheetPage, 'object'>) => {
    const stream = newStream(dict({ Filter: name('FlateDecode') }), deflateSync(content, { level: 9 }))
    const page = add(
      dict({
        Type: name('Page'),
        MediaBox: [...wholePage],
        Resources: localRef(resources),
        Contents: localRef(add(stream)),
      }),
    )
    pages.push({ object: page, ...rest })
  }
  for (const { content, slots, structure } of signatureSheets(input)) addPage(content, { slots, structure })
  // What it shows is drawn by the seal, so its structure is the field, and the field says what it is.
  const structure = [{ role: 'Sect', kids: [{ field: 'seal' }] }] as const
  const sealDescription = text(input.language).audit.fieldDescription
  addPage(new Uint8Array(0), { slots: [], seal: wholePage, sealDescription, structure })
  return { objects, pages, placed: placedSlots(input), resources: shared.numbers, language: input.language }
}

/** The slots that lie on pages of the upload, each with what its field says of itself. */
export function placedSlots(input: SheetsInput): readonly PlacedSlot[] {
  return placesOf(input).flatMap((place) => {
    const description = describe(place, input.language)
    return place.shownAt === undefined ? [] : [{ slot: place.slot, ...place.shownAt, description }]
  })
}

/** Width and height of every slot's rectangle, in points. */
export const slotSize = { width: round(box.width - 12), height: round(box.height - box.strip - 6) } as const

type Sheet = Required<Pick<SheetPage, 'slots' | 'structure'>> & { readonly content: Uint8Array }

function signatureSheets(input: SheetsInput): readonly Sheet[] {
  const places = placesOf(input)
  const words = text(input.language).sheet
  const firstTop = drawFirst(canvas(), input, '')
  const laterTop = drawLater(canvas(), input, '')
  const first = rowsBelow(firstTop) * 2
  const later = rowsBelow(laterTop) * 2
  const total = 1 + Math.max(0, Math.ceil((places.length - first) / later))
  return Array.from({ length: total }, (_, index) => {
    const on = canvas({ marked: true })
    const note = words.sheetOf(index + 1, total)
    const top = index === 0 ? drawFirst(on, input, note) : drawLater(on, input, note)
    const from = index === 0 ? 0 : first + (index - 1) * later
    const here = places.slice(from, index === 0 ? first : from + later)
    const drawn = here.map((place, position) => drawPlace(on, place, position, top, input.language))
    const slots = drawn.filter((_, index) => here[index]?.shownAt === undefined)
    drawFoot(on, words.verify, text(input.language).simulated.short)
    return { content: on.bytes(), slots, structure: [{ role: 'Sect', kids: on.structure() }] }
  })
}

const rowsBelow = (top: number) => Math.floor((top - floor + box.rowGap) / (box.height + box.rowGap))

function placesOf({ language, slots }: SheetsInput): readonly Place[] {
  const words = text(language).sheet
  return slots
    .map(({ slot, role, onBehalfOf, shownAt }): Place => {
      if (role === null) return { shownAt, slot, title: words.spare, note: '', spare: true }
      const note = onBehalfOf ? words.onBehalfOf(onBehalfOf) : ''
      return { shownAt, slot, title: roleName(role, language), note, spare: false }
    })
    .sort((a, b) => a.slot - b.slot)
}

/** Draws the first sheet's upper part; returns where the places begin. */
function drawFirst(on: Canvas, input: SheetsInput, note: string): number {
  const { language } = input
  const words = text(language).sheet
  let y = drawHead(on, note) - 40
  on.element('H1', () => {
    on.text(column.left, y, words.signatures, { weight: 'semibold', size: 25, colour: ink })
  })
  const titleStyle: TextStyle = { size: 13, colour: ink }
  y -= 22
  on.element('P', () => {
    for (const line of breakAtMost(input.title, titleStyle, column.width, 2)) {
      on.text(column.left, y, line, titleStyle)
      y -= 17
    }
  })
  y = drawFacts(on, input, y - 8) - 8
  const body: TextStyle = { size: 8.5, colour: ink }
  const about = input.originalSha256 === undefined ? words.about : words.aboutNormalised
  on.element('P', () => {
    for (const line of breakLines(about, body, column.width)) {
      on.text(column.left, y, line, body)
      y -= 12.5
    }
  })
  y = drawNotice(on, language, y - 4)
  return y - 12
}

/** What is signed: label and value in two columns; returns the baseline below. */
function drawFacts(on: Canvas, input: SheetsInput, top: number): number {
  const { kind, language, orderId, organisation, pages, reference, uploadSha256 } = input
  const words = text(language).sheet
  const rows: [string, string][] = []
  if (organisation !== null) {
    const number = words.organisationNumber(organisationNumber(organisation.number))
    rows.push([words.organisation, `${organisation.name}, ${number}`])
  }
  if (kind !== undefined) rows.push([words.kind, text(language).kinds[kind]])
  const extent = [pages === undefined ? '' : words.pagesValue(pages), sizeText(input)].filter((part) => part !== '')
  if (extent.length > 0) rows.push([words.pages, extent.join(', ')])
  if (reference !== null) rows.push([words.reference, reference])
  if (orderId !== undefined) rows.push([words.order, orderId])
  const label: TextStyle = { size: 8.5, colour: muted }
  const value: TextStyle = { size: 8.5, colour: ink }
  const indent = column.left + 104
  let y = top
  const row = (title: () => void, content: () => void) =>
    on.element('TR', () => {
      on.element('TH', title, rowHeader)
      on.element('TD', content)
    })
  on.element('Table', () => {
    for (const [title, content] of rows) {
      row(
        () => on.text(column.left, y, title, label),
        () => on.text(indent, y, cut(content, value, column.right - indent), value),
      )
      y -= 13.5
    }
    row(
      () => {
        on.text(column.left, y, words.fingerprint, label)
        const of = input.originalSha256 === undefined ? words.fingerprintOf : words.fingerprintOfNormalised
        on.text(column.left, y - 12, of, { size: 7, colour: muted })
      },
      () => drawHash(on, indent, y, uploadSha256, { weight: 'semibold', size: 8.5, colour: ink }),
    )
    if (input.originalSha256 === undefined) return
    const { originalSha256 } = input
    y -= 27
    row(
      () => {
        on.text(column.left, y, words.uploadedFile, label)
        on.text(column.left, y - 12, words.uploadedFileNote, { size: 7, colour: muted })
      },
      () => drawHash(on, indent, y, originalSha256, { size: 8.5, colour: ink }),
    )
  })
  return y - 25
}

/** The first cell of a row says what the other one is (ISO 32000-2, table 384). */
const rowHeader = dict({ O: name('Table'), Scope: name('Row') })

function sizeText({ language, uploadSize }: SheetsInput): string {
  if (uploadSize === undefined) return ''
  const bytes = `${wholeNumber(uploadSize, language)} ${language === 'en' ? 'bytes' : 'byte'}`
  return uploadSize < 1000 ? bytes : `${fileSize(uploadSize, language)} (${bytes})`
}

/** The framed notice that the signatures are simulated; returns its lower edge. */
function drawNotice(on: Canvas, language: Language, top: number): number {
  const words = text(language).sheet
  const body: TextStyle = { size: 8.5, colour: ink }
  const lines = breakLines(words.simulated, body, column.width - 28)
  const height = 26 + lines.length * 12.5
  on.fill(column.left, top - height + 6, column.width, height, waxTint)
  on.fill(column.left, top - height + 6, 3, height, wax)
  const title: TextStyle = { weight: 'semibold', size: 8.5, colour: wax }
  on.element('P', () => on.text(column.left + 14, top - 9, words.simulatedTitle, title))
  on.element('P', () => {
    for (const [index, line] of lines.entries()) on.text(column.left + 14, top - 22.5 - index * 12.5, line, body)
  })
  return top - height + 6
}

/** Draws the upper part of the sheets after the first; returns where the places begin. */
function drawLater(on: Canvas, { language, title: documentTitle, uploadSha256 }: SheetsInput, note: string): number {
  const words = text(language).sheet
  const y = drawHead(on, note) - 24
  const title: TextStyle = { weight: 'semibold', size: 11, colour: ink }
  on.element('P', () => on.text(column.left, y, cut(documentTitle, title, column.width), title))
  on.element('P', () => {
    on.text(column.left, y - 16, words.fingerprint, { size: 7, colour: muted })
    drawHash(on, column.left + 40, y - 16, uploadSha256, { size: 7, colour: ink }, 1)
  })
  return y - 32
}

/** Draws one framed place in the two columns below `top`; returns its slot's rectangle. */
function drawPlace(on: Canvas, place: Place, position: number, top: number, language: Language) {
  const x = column.left + (position % 2) * (box.width + box.gap)
  const y = top - box.height - Math.floor(position / 2) * (box.height + box.rowGap)
  // A spare field that stays empty is no signature that is missing: nothing is printed for it.
  if (!place.spare) drawFrame(on, place, x, y, language)
  if (place.shownAt === undefined) on.field(place.slot)
  const left = round(x + 6)
  const bottom = round(y + 3)
  const rect: Rectangle = [left, bottom, round(left + slotSize.width), round(bottom + slotSize.height)]
  return { slot: place.slot, rect, description: describe(place, language) }
}

function drawFrame(on: Canvas, place: Place, x: number, y: number, language: Language): void {
  on.fill(x, y + box.height - box.strip, box.width, box.strip, tint)
  on.frame(x, y, box.width, box.height, 0.6, hairline)
  const baseline = y + box.height - 12.5
  const room = box.width - 40
  const title: TextStyle = { weight: 'semibold', size: 8.5, colour: ink }
  const shown = cut(place.title, title, place.note === '' ? room : room * 0.6)
  on.element('P', () => {
    on.text(x + 8, baseline, shown, title)
    if (place.note !== '') {
      const style: TextStyle = { size: 7.5, colour: muted }
      const start = x + 8 + textWidth(shown, title) + 5
      on.text(start, baseline, cut(place.note, style, x + box.width - 26 - start), style)
    }
    on.text(x + box.width - 8, baseline, String(place.slot), { size: 8.5, colour: muted }, 'right')
  })
  if (place.shownAt !== undefined) {
    const where = text(language).sheet.shownOnPage(place.shownAt.page)
    on.element('P', () => on.text(x + 8, y + 26, where, { size: 8.5, colour: muted }))
  }
}

const describe = ({ note, slot, title }: Place, language: Language): string =>
  text(language).sheet.fieldDescription(slot, [title, note].filter((part) => part !== '').join(' '))

function round(value: number): number {
  return Math.round(value * 100) / 100
}

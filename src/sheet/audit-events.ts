// The trail on the audit sheet: as many events as there is room for, in two columns, and how many more there are.
import { eventName, exactDateTime, type Language, text } from '../text/index.ts'
import { type Canvas, type TextStyle, textWidth } from './canvas.ts'
import { column, drawSection, ink, muted } from './design.ts'
import { cut } from './typesetting.ts'

export type AuditEvent = {
  readonly time: Date
  /** `signer.signed`, … */
  readonly type: string
  /** Whom it is about: a name that may be printed, never a number. */
  readonly person: string | null
}

const step = (size: number) => size * 1.38
const head = (size: number) => size * 3
const gutter = 18

/** Height of the whole section with `count` events set in `size`, in points. */
export function eventsHeight(count: number, size: number): number {
  return head(size) + Math.ceil(count / 2) * step(size)
}

/** Draws the section between `top` and `floor`. */
export function drawEvents(
  on: Canvas,
  events: readonly AuditEvent[],
  top: number,
  floor: number,
  size: number,
  language: Language,
): void {
  const words = text(language).audit
  drawSection(on, `${words.events} (${words.oslo})`, top, size)
  const mostRows = Math.max(1, Math.floor((top - floor - head(size)) / step(size)))
  const rows = Math.min(mostRows, Math.ceil(events.length / 2))
  const shown = events.length <= rows * 2 ? events : events.slice(0, rows * 2 - 1)
  const width = (column.width - gutter) / 2
  const time: TextStyle = { size, colour: muted }
  const what: TextStyle = { size, colour: ink }
  const indent = Math.max(...shown.map((event) => textWidth(exactDateTime(event.time, language), time)), 0) + size
  const place = (index: number) => ({
    x: column.left + Math.floor(index / rows) * (width + gutter),
    y: top - head(size) - (index % rows) * step(size),
  })
  for (const [index, event] of shown.entries()) {
    const { x, y } = place(index)
    const name = eventName(event.type, language)
    on.text(x, y, exactDateTime(event.time, language), time)
    const line = event.person === null ? name : `${name}: ${event.person}`
    on.text(x + indent, y, cut(line, what, width - indent), what)
  }
  if (shown.length < events.length) {
    const { x, y } = place(shown.length)
    on.text(x, y, cut(words.moreEvents(events.length - shown.length), time, width), time)
  }
}

// The trail on the audit sheet: as many events as there is room for, in two columns, and how many more there are.
import { clockTime, eventSentence, exactDateTime, type Language, shortDate, text } from '../text/index.ts'
import { type Canvas, type TextStyle, textWidth } from './canvas.ts'
import { column, drawSection, ink, muted } from './design.ts'
import { cut } from './typesetting.ts'

export type AuditEvent = {
  readonly time: Date
  /** `signer.signed`, … */
  readonly type: string
  /** Whom it is about: a name that may be printed, never a number. */
  readonly name: string | null
}

const step = (size: number) => size * 1.38
const head = (size: number) => size * 3.4
const gutter = 18

/** Height of the section with `count` events set in `size`, in points, in one column or in two. */
export function eventsHeight(count: number, size: number, columns: 1 | 2 = 2): number {
  return head(size) + Math.ceil(count / columns) * step(size)
}

/** Draws the section between `top` and `floor`: in one column when there is room for all, else in two. */
export function drawEvents(
  on: Canvas,
  events: readonly AuditEvent[],
  area: { readonly top: number; readonly floor: number },
  size: number,
  language: Language,
): void {
  const { floor, top } = area
  const words = text(language).audit
  // When everything happened on one day, the day is said once and leaves its room to the sentences.
  const days = new Set(events.map((event) => shortDate(event.time, language)))
  const [day] = days
  const oneDay = days.size === 1 && day !== undefined
  drawSection(on, `${words.events}${oneDay ? ` ${day}` : ''} (${words.oslo})`, top, size)
  const when = (event: AuditEvent) => (oneDay ? clockTime : exactDateTime)(event.time, language)
  const columns = eventsHeight(events.length, size, 1) <= top - floor ? 1 : 2
  const mostRows = Math.max(1, Math.floor((top - floor - head(size)) / step(size)))
  const rows = Math.min(mostRows, Math.ceil(events.length / columns))
  const shown = events.length <= rows * columns ? events : events.slice(0, rows * columns - 1)
  const width = columns === 1 ? column.width : (column.width - gutter) / 2
  const time: TextStyle = { size, colour: muted }
  const what: TextStyle = { size, colour: ink }
  const indent = Math.max(...shown.map((event) => textWidth(when(event), time)), 0) + size
  const place = (index: number) => ({
    x: column.left + Math.floor(index / rows) * (width + gutter),
    y: top - head(size) - (index % rows) * step(size),
  })
  for (const [index, event] of shown.entries()) {
    const { x, y } = place(index)
    on.text(x, y, when(event), time)
    on.text(x + indent, y, cut(eventSentence(event.type, event.name, language), what, width - indent), what)
  }
  if (shown.length < events.length) {
    const { x, y } = place(shown.length)
    on.text(x, y, cut(words.moreEvents(events.length - shown.length), time, width), time)
  }
}

// Europe/Oslo: what a date means as an instant, and when people may be disturbed. The rules of summer time are the platform's (Intl).
import { osloClock } from '../text/index.ts'

export { osloClock }

const dayMs = 24 * 3600_000

/**
 * The instant at which a clock in Oslo shows `time` (HH:MM:SS) on `date` (YYYY-MM-DD). Where the hour comes twice (October), the
 * first; where it is missing (March), as long after the change as the time lies behind it: 02:30 is 03:30 then.
 */
export function osloInstant(date: string, time: string): Date {
  const asIfUtc = Date.parse(`${date}T${time}Z`)
  const [before, after] = [offsetAt(asIfUtc - dayMs), offsetAt(asIfUtc + dayMs)]
  const shown = [before, after].map((offset) => asIfUtc - offset).filter((at) => at + offsetAt(at) === asIfUtc)
  return new Date(shown.length > 0 ? Math.min(...shown) : asIfUtc - before)
}

/** Milliseconds that Oslo is ahead of UTC at an instant. */
function offsetAt(instant: number): number {
  const { date, time } = osloClock(new Date(instant))
  return Date.parse(`${date}T${time}Z`) - Math.floor(instant / 1000) * 1000
}

/** The calendar day `days` later. */
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10)

/** The last moment of a day: a deadline given as a date lasts until then. */
export const endOfDay = (date: string): Date => new Date(osloInstant(addDays(date, 1), '00:00:00').getTime() - 1)

/** Messages go out from eight in the morning until eight in the evening. */
const morning = '08:00:00'
const evening = '20:00:00'

/** When an order that is to begin on a date does. */
export const startOfWork = (date: string): Date => osloInstant(date, morning)

/** The instant itself by day, else the next morning. */
export function byDay(instant: Date): Date {
  const { date, time } = osloClock(instant)
  if (time < morning) return osloInstant(date, morning)
  return time < evening ? instant : osloInstant(addDays(date, 1), morning)
}

/** The same time of day in Oslo, `days` later. */
export function daysLater(instant: Date, days: number): Date {
  const { date, time } = osloClock(instant)
  return osloInstant(addDays(date, days), time)
}

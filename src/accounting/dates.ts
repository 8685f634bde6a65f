// Calendar dates as ISO 8601 strings (`2025-12-31`): accounting knows days, not instants.

/**
 * The last day that anything is reckoned from: years later there is still a day that ISO 8601 writes with four digits, and an
 * instant that JavaScript and PostgreSQL have. Fiscal years end here too.
 */
export const lastDay = '2999-12-31'

/** True for a day that exists, written YYYY-MM-DD, and not after `lastDay`: deadlines and storage are counted from it. */
export const isUsableDate = (text: string): boolean => isDate(text) && text <= lastDay

/** True for a day that exists, written YYYY-MM-DD. */
export function isDate(text: string): boolean {
  const parts = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text)
  if (!parts) return false
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])]
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

/**
 * The same day `months` later (or earlier, when negative). The last day of a month stays the last day: accounting
 * deadlines are counted from the end of a year, so 31 December + 6 months is 30 June and 30 June + 1 month is 31 July.
 */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const count = year * 12 + (month - 1) + months
  const [newYear, newMonth] = [Math.floor(count / 12), (count % 12) + 1]
  const length = daysIn(newYear, newMonth)
  const newDay = day === daysIn(year, month) ? length : Math.min(day, length)
  return `${String(newYear).padStart(4, '0')}-${pad(newMonth)}-${pad(newDay)}`
}

/** Noon UTC of an ISO date: an instant that is on that day in Norway, whatever the season. */
export const noonOf = (date: string): Date => new Date(`${date}T12:00:00Z`)

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}

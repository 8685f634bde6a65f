// Dates, sizes, hashes and numbers written the way people in Norway read them; clock times are Europe/Oslo unless marked UTC.
import type { Language } from './language.ts'
import { osloClock } from './oslo-clock.ts'

const noBreak = '\u00a0'

const months: Readonly<Record<'norwegian' | 'english', readonly string[]>> = {
  norwegian: [
    'januar',
    'februar',
    'mars',
    'april',
    'mai',
    'juni',
    'juli',
    'august',
    'september',
    'oktober',
    'november',
    'desember',
  ],
  english: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
}

function inOslo(time: Date) {
  const shown = osloClock(time)
  const [year = '', month, day] = shown.date.split('-')
  const [hour = '', minute = '', second = ''] = shown.time.split(':')
  return { year, month: Number(month), day: Number(day), hour, minute, second }
}

const two = (value: number) => String(value).padStart(2, '0')

/** `22. november 2026` / `22 November 2026`, in Oslo. */
export function longDate(time: Date, language: Language): string {
  const { year, month, day } = inOslo(time)
  return language === 'en'
    ? `${day}${noBreak}${months.english[month - 1]} ${year}`
    : `${day}.${noBreak}${months.norwegian[month - 1]} ${year}`
}

/** `22. november 2026 kl. 14.03` / `22 November 2026 at 14:03`, in Oslo. */
export function longDateTime(time: Date, language: Language): string {
  const { hour, minute } = inOslo(time)
  return language === 'en'
    ? `${longDate(time, language)} at ${hour}:${minute}`
    : `${longDate(time, language)} kl.${noBreak}${hour}.${minute}`
}

/** `22.11.2026 kl. 14.03.27` / `22 Nov 2026, 14:03:27`, in Oslo: for sheets, to the second. */
export function exactDateTime(time: Date, language: Language): string {
  const date = shortDate(time, language)
  return language === 'en'
    ? `${date}, ${clockTime(time, language)}`
    : `${date} kl.${noBreak}${clockTime(time, language)}`
}

/** `22.11.2026` / `22 Nov 2026`, in Oslo. */
export function shortDate(time: Date, language: Language): string {
  const { year, month, day } = inOslo(time)
  return language === 'en'
    ? `${day}${noBreak}${months.english[month - 1]?.slice(0, 3)}${noBreak}${year}`
    : `${two(day)}.${two(month)}.${year}`
}

/** `14.03.27` / `14:03:27`, in Oslo. */
export function clockTime(time: Date, language: Language): string {
  const { hour, minute, second } = inOslo(time)
  return [hour, minute, second].join(language === 'en' ? ':' : '.')
}

/** `2026-11-22 13:03:27 UTC`, the same in every language. */
export function utcDateTime(time: Date): string {
  return `${time.toISOString().slice(0, 10)} ${time.toISOString().slice(11, 19)} UTC`
}

/** `74 kB`, `1,2 MB` (decimal units, comma in Norwegian). `bytes` below 1000 are written out. */
export function fileSize(bytes: number, language: Language): string {
  if (bytes < 1000) return `${bytes}${noBreak}${language === 'en' ? 'bytes' : 'byte'}`
  const [value, unit] =
    bytes < 999_500 ? [bytes / 1000, 'kB'] : bytes < 999_500_000 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB']
  const rounded = value < 10 && unit !== 'kB' ? value.toFixed(1) : String(Math.round(value))
  return `${language === 'en' ? rounded : rounded.replace('.', ',')}${noBreak}${unit}`
}

/** A count with thousands apart: `75 565` / `75,565`. */
export function wholeNumber(value: number, language: Language): string {
  return String(Math.trunc(value)).replace(/\B(?=(\d{3})+$)/g, language === 'en' ? ',' : noBreak)
}

/** Nine digits as `987 654 325`; anything else unchanged. */
export function organisationNumber(number: string): string {
  return /^\d{9}$/.test(number) ? number.replace(/(\d{3})(\d{3})(\d{3})/, `$1${noBreak}$2${noBreak}$3`) : number
}

/** A hash in hex, cut into groups of eight for reading aloud and comparing. */
export function hashGroups(hex: string): readonly string[] {
  return hex.toLowerCase().match(/.{1,8}/g) ?? []
}

/** `Kari`, `Kari og Ola`, `Kari, Ola og Per`. */
export function list(items: readonly string[], language: Language): string {
  const and = { nb: 'og', nn: 'og', en: 'and' }[language]
  const last = items.at(-1) ?? ''
  return items.length < 2 ? last : `${items.slice(0, -1).join(', ')} ${and} ${last}`
}

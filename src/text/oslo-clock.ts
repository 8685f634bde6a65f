// Europe/Oslo: what clocks there show at an instant.

// Only the numbers come from ICU: its sentences change between Node releases, and a sheet must come out byte for byte the same.
const clock = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Oslo',
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

/** What a clock on a wall in Oslo shows: `date` as YYYY-MM-DD, `time` as HH:MM:SS. */
export function osloClock(instant: Date): { readonly date: string; readonly time: string } {
  const parts = new Map(clock.formatToParts(instant).map(({ type, value }) => [type, value]))
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
  return {
    date: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}:${part('second')}`,
  }
}

// Days, nights and deadlines in Europe/Oslo, also on the two days of the year that have 23 and 25 hours.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { addDays, byDay, daysLater, endOfDay, osloClock, osloInstant, startOfWork } from '../../src/flow/oslo-time.ts'

// Summer time 2026 began on Sunday 29 March at 02:00 and ended on Sunday 25 October at 03:00.
const iso = (instant: Date) => instant.toISOString()

test('the clock in Oslo is an hour ahead of UTC in winter and two in summer', () => {
  assert.deepEqual(osloClock(new Date('2026-01-15T11:30:05Z')), { date: '2026-01-15', time: '12:30:05' })
  assert.deepEqual(osloClock(new Date('2026-07-15T22:30:00Z')), { date: '2026-07-16', time: '00:30:00' })
})

test('a deadline given as a date lasts until the end of that day in Oslo, however long the day is', () => {
  assert.equal(iso(endOfDay('2026-01-31')), '2026-01-31T22:59:59.999Z')
  assert.equal(iso(endOfDay('2026-06-30')), '2026-06-30T21:59:59.999Z')
  assert.equal(iso(endOfDay('2026-03-28')), '2026-03-28T22:59:59.999Z')
  assert.equal(iso(endOfDay('2026-03-29')), '2026-03-29T21:59:59.999Z')
  assert.equal(iso(endOfDay('2026-10-24')), '2026-10-24T21:59:59.999Z')
  assert.equal(iso(endOfDay('2026-10-25')), '2026-10-25T22:59:59.999Z')
  const hours = (date: string) => (endOfDay(date).getTime() - endOfDay(addDays(date, -1)).getTime()) / 3600_000
  assert.deepEqual(['2026-03-28', '2026-03-29', '2026-10-25', '2026-12-31'].map(hours), [24, 23, 25, 24])
})

test('the hour that is missing in March is told as the one after it', () => {
  assert.equal(iso(osloInstant('2026-03-29', '01:59:59')), '2026-03-29T00:59:59.000Z')
  assert.equal(iso(osloInstant('2026-03-29', '02:30:00')), '2026-03-29T01:30:00.000Z')
  assert.deepEqual(osloClock(osloInstant('2026-03-29', '02:30:00')), { date: '2026-03-29', time: '03:30:00' })
  assert.equal(iso(osloInstant('2026-03-29', '03:00:00')), '2026-03-29T01:00:00.000Z')
})

test('the hour that comes twice in October is the first of the two', () => {
  assert.equal(iso(osloInstant('2026-10-25', '02:30:00')), '2026-10-25T00:30:00.000Z')
  assert.equal(iso(osloInstant('2026-10-25', '03:00:00')), '2026-10-25T02:00:00.000Z')
})

test('an order that begins on a date begins at eight in the morning', () => {
  assert.equal(iso(startOfWork('2026-03-28')), '2026-03-28T07:00:00.000Z')
  assert.equal(iso(startOfWork('2026-03-29')), '2026-03-29T06:00:00.000Z')
})

test('nobody is disturbed at night: what is due then waits for the morning', () => {
  assert.equal(iso(byDay(new Date('2026-11-22T11:00:00Z'))), '2026-11-22T11:00:00.000Z')
  assert.equal(iso(byDay(new Date('2026-11-22T06:59:59Z'))), '2026-11-22T07:00:00.000Z')
  assert.equal(iso(byDay(new Date('2026-11-22T07:00:00Z'))), '2026-11-22T07:00:00.000Z')
  assert.equal(iso(byDay(new Date('2026-11-22T18:59:59Z'))), '2026-11-22T18:59:59.000Z')
  assert.equal(iso(byDay(new Date('2026-11-22T19:00:00Z'))), '2026-11-23T07:00:00.000Z')
  // The night of each change: eight in the morning is another hour of UTC than the day before.
  assert.equal(iso(byDay(new Date('2026-03-28T20:00:00Z'))), '2026-03-29T06:00:00.000Z')
  assert.equal(iso(byDay(new Date('2026-10-24T20:00:00Z'))), '2026-10-25T07:00:00.000Z')
})

test('a day later is the same time of day, not 24 hours', () => {
  assert.equal(iso(daysLater(new Date('2026-03-28T11:00:00Z'), 1)), '2026-03-29T10:00:00.000Z')
  assert.equal(iso(daysLater(new Date('2026-10-24T10:00:00Z'), 1)), '2026-10-25T11:00:00.000Z')
  assert.equal(iso(daysLater(new Date('2026-12-31T12:00:00Z'), 60)), '2027-03-01T12:00:00.000Z')
})

test('for any instant: the clock leads back to it or to its twin, and by day is never at night nor more than a night away', () => {
  const instants = fc.date({ min: new Date('2000-01-01'), max: new Date('2060-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(instants, (date) => {
      const instant = new Date(Math.floor(date.getTime() / 1000) * 1000)
      const { date: day, time } = osloClock(instant)
      const back = instant.getTime() - osloInstant(day, time).getTime()
      assert.ok(back === 0 || back === 3600_000, `${instant.toISOString()} ${back}`)
      const due = byDay(instant)
      const shown = osloClock(due).time
      assert.ok(shown >= '08:00:00' && shown < '20:00:00', shown)
      const wait = due.getTime() - instant.getTime()
      assert.ok(wait >= 0 && wait <= 13 * 3600_000, String(wait))
    }),
    { numRuns: 2000 },
  )
})

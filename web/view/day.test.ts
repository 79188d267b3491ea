import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { dateOf, dayOf, dayOfDate, daysOfMonth, monthOf, startOf, weekdayOf } from './day.ts'

const shanghai = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })

test('a day is the one that a calendar in Shanghai shows, to the second at midnight', () => {
  fc.assert(
    fc.property(fc.integer({ min: 757_353_600, max: 4_102_444_800 }), (seconds) => {
      expect(dateOf(dayOf(seconds))).toBe(shanghai.format(new Date(seconds * 1000)))
    }),
  )
  const midnight = Date.parse('2026-03-08T00:00:00+08:00') / 1000
  expect(dateOf(dayOf(midnight))).toBe('2026-03-08')
  expect(dateOf(dayOf(midnight - 1))).toBe('2026-03-07')
  expect(startOf(dayOf(midnight))).toBe(midnight)
})

test('dates and days are the same thing, and no other text is a date', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 40_000 }), (day) => dayOfDate(dateOf(day)) === day))
  for (const text of ['2026-02-30', '2026-13-01', '2026-1-1', '', '20260101', '2026-01-01T00:00:00Z']) {
    expect(dayOfDate(text)).toBeNull()
  }
})

test('months join without a gap, weeks begin on Monday', () => {
  const december = daysOfMonth('2025-12')
  expect(dateOf(december.from)).toBe('2025-12-01')
  expect(december.to).toBe(daysOfMonth('2026-01').from)
  expect(monthOf(december.to - 1)).toBe('2025-12')
  expect(weekdayOf(dayOfDate('2026-11-23')!)).toBe(0)
  expect(weekdayOf(dayOfDate('2026-11-22')!)).toBe(6)
})

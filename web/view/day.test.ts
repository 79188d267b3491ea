import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { byMonth, dateOf, dayOf, dayOfDate, daysOfMonth, histogram, monthOf, startOf, weekdayOf } from './day.ts'

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

test('bins of every width follow each other and lose no case', () => {
  fc.assert(
    fc.property(fc.integer({ min: 9000, max: 22_000 }), fc.array(fc.nat(50), { maxLength: 1500 }), (firstDay, days) => {
      for (const bins of [histogram(firstDay, Uint32Array.from(days)), byMonth(firstDay, Uint32Array.from(days))]) {
        expect(bins.reduce((sum, bin) => sum + bin.count, 0)).toBe(days.reduce((sum, count) => sum + count, 0))
        expect(bins[0]?.from ?? firstDay).toBe(firstDay)
        expect(bins.at(-1)?.to ?? firstDay + days.length).toBe(firstDay + days.length)
        for (const [index, bin] of bins.entries()) expect(bin.from).toBe(index === 0 ? firstDay : bins[index - 1]!.to)
      }
    }),
    { numRuns: 40 },
  )
})

test('half a year is shown by days, two years by weeks, longer by months', () => {
  const from = dayOfDate('2025-05-21')!
  expect(histogram(from, new Uint32Array(90).fill(1))).toHaveLength(90)
  const weeks = histogram(from, new Uint32Array(550).fill(1))
  expect(weeks.slice(1).every((bin) => weekdayOf(bin.from) === 0)).toBe(true)
  expect(weeks[1]!.count).toBe(7)
  const months = histogram(from, new Uint32Array(2000).fill(1))
  expect(dateOf(months[1]!.from)).toBe('2025-06-01')
  expect(months[1]!.count).toBe(30)
})

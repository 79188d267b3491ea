import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { dateOf, dayOfDate, weekdayOf } from './day.ts'
import { byMonth, histogram } from './histogram.ts'

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

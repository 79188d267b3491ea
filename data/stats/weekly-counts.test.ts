import { expect, test } from 'vitest'
import { countWeeks, totalsOf } from './weekly-counts.ts'

const shape = { areas: 2, types: 2, weeks: 2, firstDay: 100 }

test('incidents are counted by week, area and type', () => {
  const incidents = {
    area: [0, 0, 1, 1, -1, 0, 0],
    type: [1, 1, 0, 1, 0, 0, 0],
    day: [100, 106, 107, 113, 101, 99, 114],
  }
  const series = countWeeks(incidents, shape)
  expect(Array.from(series.counts)).toEqual([0, 2, 0, 0, 0, 0, 1, 1])
  expect([...totalsOf(series)]).toEqual([2, 0, 0, 2])
  expect(() => countWeeks({ area: [2], type: [0], day: [100] }, shape)).toThrow(RangeError)
})

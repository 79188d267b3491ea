import { assert, double, property } from 'fast-check'
import { expect, test } from 'vitest'
import { classBreaks } from './class-breaks.ts'

test('limits are round numbers and the peak lies in the last class', () => {
  expect(classBreaks(8.2, 7)).toEqual([1.5, 3, 4.5, 6, 7.5])
  expect(classBreaks(0.42, 7)).toEqual([0.06, 0.12, 0.18, 0.24, 0.3, 0.36, 0.42])
  expect(classBreaks(203, 7)).toEqual([30, 60, 90, 120, 150, 180])
})

test('no data, no classes', () => {
  expect(classBreaks(0, 7)).toEqual([])
  expect(classBreaks(Number.NaN, 7)).toEqual([])
})

test('whatever the peak, there are at least half and at most all of the classes', () => {
  assert(
    property(double({ min: 1e-6, max: 1e9, noNaN: true }), (peak) => {
      const breaks = classBreaks(peak, 7)
      expect(breaks.length).toBeGreaterThanOrEqual(4)
      expect(breaks.length).toBeLessThanOrEqual(7)
      expect(breaks.at(-1)!).toBeLessThanOrEqual(peak * (1 + 1e-5))
      expect(breaks.at(-1)! + breaks[0]!).toBeGreaterThan(peak * (1 - 1e-5))
    }),
    { seed: 20261121 },
  )
})

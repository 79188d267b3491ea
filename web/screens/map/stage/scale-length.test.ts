import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { metresPerPixel, roundLength } from './scale-length.ts'

test('a pixel at zoom 0 on the equator is a 512th of the way round, and half of that a zoom step nearer', () => {
  expect(metresPerPixel(0, 0)).toBeCloseTo(78_271.517, 2)
  expect(metresPerPixel(60, 1)).toBeCloseTo(78_271.517 / 4, 2)
})

test('the bar is round, and neither longer than the space for it nor shorter than two fifths of it', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 10_000, noNaN: true }), (perPixel) => {
      const length = roundLength(perPixel, 100)
      expect(length / perPixel).toBeLessThanOrEqual(100.0001)
      expect(length / perPixel).toBeGreaterThan(39.9)
    }),
  )
})

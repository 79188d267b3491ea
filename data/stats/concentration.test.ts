import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { concentrationCurve, concentrationOf } from './concentration.ts'
import { Random } from './random.ts'

test('Gini and its adjusted form at both ends and in a case worked by hand', () => {
  // All the same: nothing is concentrated.
  expect(concentrationOf([3, 3, 3, 3])).toMatchObject({ gini: 0, adjustedGini: 0, placesWithHalf: 0.5 })
  // Five incidents at 100 places, one each: as even as they can be (Bernasco & Steenbeek 2017).
  const sparse = concentrationOf([1, 1, 1, 1, 1, ...Array.from({ length: 95 }, () => 0)])
  expect(sparse.gini).toBeCloseTo(0.95, 12)
  expect(sparse.adjustedGini).toBeCloseTo(0, 12)
  expect(sparse.topShare).toBe(1)
  // All at one place: 1 − 1/c.
  expect(concentrationOf([5, ...Array.from({ length: 99 }, () => 0)]).adjustedGini).toBeCloseTo(1 - 1 / 5, 12)
  // 1, 2, 3, 4: (2 · 30 / 10 − 5) / 4.
  expect(concentrationOf([4, 1, 3, 2]).gini).toBeCloseTo(0.25, 12)
})

test('Gini is twice the area between the curve and the diagonal', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { minLength: 1, maxLength: 60 }), (counts) => {
      const { gini, incidents } = concentrationOf(counts)
      const curve = concentrationCurve(counts)
      fc.pre(incidents > 0)
      let area = 0
      for (let k = 1; k < curve.places.length; k++)
        area += ((curve.incidents[k]! + curve.incidents[k - 1]!) / 2) * (curve.places[k]! - curve.places[k - 1]!)
      expect(2 * area - 1).toBeCloseTo(gini, 10)
      expect(curve.places.at(-1)).toBeCloseTo(1, 12)
      expect(curve.incidents.at(-1)).toBeCloseTo(1, 12)
    }),
  )
})

test('incidents that fell at random are not concentrated, though the top 5 % have several times their share', () => {
  const random = new Random(1, 'even')
  const counts = Array.from({ length: 20_000 }, () => random.poisson(0.4))
  const even = concentrationOf(counts)
  expect(even.topShare).toBeGreaterThan(0.2)
  expect(even.topShareByChance).toBeCloseTo(even.topShare, 2)
  expect(even.topShareOfRates).toBeLessThan(0.08)
})

test('the share of the rates is found behind small counts', () => {
  // Exponential rates: the 5 % above −ln 0.05 have 0.05 (1 − ln 0.05) = 19.98 % of all.
  const random = new Random(2, 'rates')
  const counts = Array.from({ length: 20_000 }, () => random.poisson(Math.min(29, random.exponential(0.8))))
  const found = concentrationOf(counts)
  expect(found.topShare).toBeGreaterThan(0.24)
  expect(found.topShareOfRates).toBeGreaterThan(0.185)
  expect(found.topShareOfRates).toBeLessThan(0.215)
})

test('without incidents there is nothing to say, and a count is a whole number', () => {
  expect(concentrationOf([0, 0]).gini).toBeNaN()
  expect(concentrationOf([]).topShareOfRates).toBeNaN()
  expect(concentrationCurve([0, 0]).places).toHaveLength(0)
  expect(() => concentrationOf([1.5])).toThrow(RangeError)
  expect(() => concentrationCurve([-1])).toThrow(RangeError)
})

import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { robustnessOf, type Alternative } from './robustness.ts'

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i)
const ones = range(0, 100).map(() => 1)
const bandwidth = (name: string, places: number[]): Alternative => ({ varied: 'bandwidth', name, places })
const unit = (name: string, places: number[]): Alternative => ({ varied: 'unit', name, places })

test('one that every alternative finds again is robust, one that none finds is fragile', () => {
  const alternatives = [
    bandwidth('200 m', range(0, 12)),
    bandwidth('400 m', range(2, 20)),
    unit('hexagons', range(1, 9)),
  ]
  const [found, lost] = robustnessOf([range(0, 10), range(50, 60)], ones, alternatives)
  expect(found).toEqual({
    survived: { bandwidth: { of: 2, count: 2 }, unit: { of: 1, count: 1 } },
    alternatives: [
      { covered: 1, survives: true },
      { covered: 0.8, survives: true },
      { covered: 0.8, survives: true },
    ],
    badge: 'robust',
  })
  expect(lost?.badge).toBe('fragile')
  expect(lost?.survived).toEqual({ bandwidth: { of: 2, count: 0 }, unit: { of: 1, count: 0 } })
})

test('the kind of variation that does worse decides', () => {
  const here = range(0, 10)
  const alternatives = [
    ...['200 m', '300 m', '400 m', '500 m'].map((name) => bandwidth(name, here)),
    unit('squares', here),
    unit('hexagons', range(70, 80)),
  ]
  expect(robustnessOf([here], ones, alternatives)[0]?.badge).toBe('partial')
  expect(robustnessOf([here], ones, alternatives.slice(0, 5))[0]?.badge).toBe('robust')
  expect(robustnessOf([here], ones, alternatives.slice(0, 2))[0]?.badge).toBeNull()
})

test('an alternative that marks nearly everything confirms nothing', () => {
  const everything = robustnessOf([range(0, 10)], ones, [bandwidth('3000 m', range(0, 90))])[0]
  expect(everything?.alternatives).toEqual([{ covered: 1, survives: false }])
})

test('incidents are counted, not places', () => {
  const weights = range(0, 100).map((place) => (place === 0 ? 30 : 1))
  expect(robustnessOf([range(0, 10)], weights, [unit('squares', [0])])[0]?.alternatives[0]?.covered).toBeCloseTo(
    30 / 39,
  )
  expect(() => robustnessOf([[100]], ones, [])).toThrow(RangeError)
})

test('what covers more of a hot spot and nothing else cannot make it less robust', () => {
  fc.assert(
    fc.property(fc.subarray(range(0, 10)), fc.subarray(range(0, 10)), (some, others) => {
      const covered = (places: number[]) =>
        robustnessOf([range(0, 10)], ones, [unit('squares', places)])[0]!.alternatives[0]!
      const [few, more] = [covered(some), covered([...new Set([...some, ...others])])]
      expect(more.covered).toBeGreaterThanOrEqual(few.covered)
      expect(Number(more.survives)).toBeGreaterThanOrEqual(Number(few.survives))
    }),
  )
})

import { expect, test } from 'vitest'
import { accuracyOf, hitRateAt, perGround, plainMethods, plainScores } from './backtest.ts'
import { Random } from './random.ts'

const middles = { x: Float64Array.of(0, 100, 5000), y: new Float64Array(3) }
/** Three areas, one type. */
const seriesOf = (weeks: number[][]) => ({ areas: 3, types: 1, weeks: weeks.length, counts: weeks.flat() })
const last = (scores: Float64Array) => Array.from(scores.slice(-3))

test('the plain methods count what their names say', () => {
  const weeks = Array.from({ length: 60 }, (_, week) => [1, week === 7 ? 5 : 0, week >= 56 ? 2 : 0])
  const series = seriesOf(weeks)
  expect(last(plainScores(series, 'last4Weeks', middles))).toEqual([4, 0, 8])
  expect(last(plainScores(series, 'lastYear', middles))).toEqual([52, 0, 8])
  expect(last(plainScores(series, 'last4WeeksRise', middles))).toEqual([0, 0, (2 - 1.5) / Math.sqrt(2.5)])
  // Week 7 is the same week of the year before: 5 in five weeks.
  expect(last(plainScores(series, 'lastYearRise', middles))).toEqual([0, -1 / Math.sqrt(2), 2])
  const [near, beside, far] = last(plainScores(series, 'density', middles))
  expect(near).toBeGreaterThan(beside!)
  expect(beside).toBeGreaterThan(far!)
  // 3 / (π h²) at the middle, per km².
  expect(far).toBeCloseTo((8 * 3) / (Math.PI * 0.3 ** 2), 8)
})

test('no method knows anything of later weeks', () => {
  const random = new Random(3, 'later')
  const weeks = Array.from({ length: 70 }, () => [random.poisson(2), random.poisson(1), random.poisson(4)])
  for (const method of plainMethods) {
    const whole = plainScores(seriesOf(weeks), method, middles)
    const cut = plainScores(seriesOf(weeks.slice(0, 60)), method, middles)
    expect(whole.slice(0, cut.length), method).toEqual(cut)
  }
})

test('accuracy: who knows the next week is as efficient as can be, who chooses blindly is no better than chance', () => {
  const random = new Random(4, 'next')
  const areas = 40
  const rates = Array.from({ length: areas }, () => random.exponential(2))
  const weeks = Array.from({ length: 130 }, () => rates.map((rate) => random.poisson(Math.min(rate, 25))))
  const series = { areas, types: 1, weeks: weeks.length, counts: weeks.flat() }
  const sizes = rates.map(() => 2)
  const at = { from: 30, share: 0.1 }
  const next = Float64Array.from([...weeks.slice(1), weeks[0]!].flat())
  const clairvoyant = accuracyOf(series, perGround(next, sizes), sizes, at)
  expect(clairvoyant.efficiencyIndex).toBe(1)
  expect(clairvoyant.accuracyIndex).toBeCloseTo(clairvoyant.hitRate / 0.1, 12)
  expect(clairvoyant.weeks).toBe(99)
  const blind = accuracyOf(
    series,
    Float64Array.from(weeks.flat(), () => random.next()),
    sizes,
    at,
  )
  expect(blind.accuracyIndex).toBeGreaterThan(0.8)
  expect(blind.accuracyIndex).toBeLessThan(1.2)
  // Half of an area that was chosen for the last bit of ground counts half.
  const half = accuracyOf(
    { areas: 2, types: 1, weeks: 28, counts: Array.from({ length: 56 }, (_, i) => (i % 2 === 0 ? 4 : 0)) },
    Float64Array.from({ length: 56 }, (_, i) => 1 - (i % 2)),
    [1, 1],
    { from: 26, share: 0.25 },
  )
  expect(half.hitRate).toBe(0.5)
})

test('the hit rate at a rate of false alarms, with ties shared on both sides', () => {
  const truth = [...Array(10).fill(0), 1, 1, 1, 2] as number[]
  const scores = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10.5, 9.5, 0, 99]
  expect(hitRateAt(scores, truth, 0.1)).toBeCloseTo(2 / 3, 12)
  expect(hitRateAt(scores, truth, 0.05)).toBeCloseTo(1 / 3, 12)
  // All scores alike: as many hits as false alarms.
  expect(hitRateAt(Array(14).fill(1) as number[], truth, 0.3)).toBeCloseTo(0.3, 12)
  expect(() => hitRateAt([1, 2], [1, 1], 0.1)).toThrow(RangeError)
})

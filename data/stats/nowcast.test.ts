import { expect, test } from 'vitest'
import { completenessOf, nowcastOf, reportingDelay } from './nowcast.ts'
import { Random } from './random.ts'

/** Incidents of 250 days, so many a day; known after a geometric number of days. */
function simulated(seed: number, perDay: number, stays: number) {
  const random = new Random(seed, 'delays')
  const happened: number[] = []
  const known: number[] = []
  for (let day = 0; day < 250; day++)
    for (let i = random.poisson(perDay); i > 0; i--) {
      happened.push(day)
      known.push(day + Math.floor(Math.log(1 - random.next()) / Math.log(stays)))
    }
  return { happened, known }
}
const asOf = 249
const soFar = ({ happened, known }: ReturnType<typeof simulated>) => {
  const seen = happened.map((_, i) => i).filter((i) => known[i]! <= asOf)
  return { happened: seen.map((i) => happened[i]!), known: seen.map((i) => known[i]!), asOf }
}
const inWeek = ({ happened }: { happened: number[] }, firstDay: number) =>
  happened.filter((day) => day >= firstDay && day < firstDay + 7).length

test('the triangle worked by hand: what is still to come does not make delays look short', () => {
  // Day 0: 6 at once, 3 after one day, 1 after two. Day 1: 6, 3. Day 2: 6.
  const delaysOf = [
    [0, 0, 0, 0, 0, 0, 1, 1, 1, 2],
    [0, 0, 0, 0, 0, 0, 1, 1, 1],
    [0, 0, 0, 0, 0, 0],
  ]
  const delays = delaysOf.flat()
  const happened = delaysOf.flatMap((these, day) => these.map(() => day))
  const known = happened.map((day, i) => day + delays[i]!)
  const { share, incidents } = reportingDelay({ happened, known, asOf: 2 }, { longest: 2 })
  expect(incidents).toBe(25)
  // g₂ = 1/10, g₁ = 6/18.
  expect([...share]).toEqual([0.9 * (1 - 6 / 18), 0.9, 1])
})

test('the delays that incidents were drawn with are found, and a young week is known to be incomplete', () => {
  const delay = reportingDelay(soFar(simulated(1, 20, 0.8)))
  for (const days of [0, 3, 7, 14]) expect(delay.share[days]).toBeCloseTo(1 - 0.8 ** (days + 1), 1)
  expect(completenessOf(delay, 243, asOf)).toBeCloseTo(
    [0, 1, 2, 3, 4, 5, 6].reduce((sum, age) => sum + 1 - 0.8 ** (age + 1), 0) / 7,
    1,
  )
  expect(completenessOf(delay, 243, asOf)).toBeLessThan(0.95)
  expect(completenessOf(delay, 222, asOf)).toBeGreaterThan(0.95)
  expect(completenessOf(delay, 250, asOf)).toBe(0)
  expect(() => nowcastOf(delay, 0, 250, asOf)).toThrow(RangeError)
})

test('the interval holds the whole number as often as it says, and the expectation is right on average', () => {
  let [inside, all, expected, truth] = [0, 0, 0, 0]
  for (let seed = 0; seed < 150; seed++) {
    const whole = simulated(seed, 1.5, 0.85)
    const seen = soFar(whole)
    const delay = reportingDelay(seen)
    for (const firstDay of [243, 236, 229]) {
      const nowcast = nowcastOf(delay, inWeek(seen, firstDay), firstDay, asOf)
      const count = inWeek(whole, firstDay)
      inside += Number(count >= nowcast.low && count <= nowcast.high)
      expected += nowcast.expected
      truth += count
      all++
    }
  }
  expect(inside / all).toBeGreaterThan(0.92)
  expect(inside / all).toBeLessThanOrEqual(1)
  expect(expected / truth).toBeGreaterThan(0.95)
  expect(expected / truth).toBeLessThan(1.08)
})

test('what came in at once is complete, and without incidents there is no delay', () => {
  const days = Array.from({ length: 100 }, (_, day) => day)
  const delay = reportingDelay({ happened: days, known: days, asOf: 99 })
  expect(nowcastOf(delay, 7, 93, 99)).toEqual({ seen: 7, completeness: 1, expected: 7, low: 7, high: 7 })
  expect(() => reportingDelay({ happened: [5], known: [9], asOf: 6 })).toThrow(RangeError)
})

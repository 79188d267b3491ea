import { expect, test } from 'vitest'
import { leastHistory, reasonOf, warnEarly, warningThreshold } from './early-warning.ts'
import { neighboursFromLists } from './neighbours.ts'
import { Random } from './random.ts'
import type { WeeklyCounts } from './weekly-counts.ts'

/** A street of 6 × 5 areas with 8 types; areas that share a side or a corner are neighbours. */
const [columns, rows, types] = [6, 5, 8]
const areas = columns * rows
const neighbours = neighboursFromLists(
  Array.from({ length: areas }, (_, area) =>
    Array.from({ length: areas }, (_, other) => other).filter(
      (other) =>
        other !== area &&
        Math.abs((other % columns) - (area % columns)) <= 1 &&
        Math.abs(Math.floor(other / columns) - Math.floor(area / columns)) <= 1,
    ),
  ),
)

type Rise = { area: number; type: number; from: number; to: number; more: number }

/** Poisson counts: each area and type has a rate of its own, each week a level of the whole street. */
function street(seed: number, weeks: number, rises: Rise[] = [], level: (week: number) => number = () => 1) {
  const random = new Random(seed, 'street')
  const rates = Array.from({ length: areas * types }, () => random.exponential(0.25))
  const counts = new Uint16Array(weeks * areas * types)
  for (let week = 0; week < weeks; week++)
    for (const [cell, rate] of rates.entries())
      counts[week * areas * types + cell] = new Random(seed, 'count', week, cell).poisson(rate * level(week))
  for (const { area, type, from, to, more } of rises)
    for (let week = from; week < to; week++)
      counts[(week * areas + area) * types + type]! += new Random(seed, 'rise', week, area).poisson(more)
  return { areas, types, weeks, counts } satisfies WeeklyCounts
}

test('in a calm street the share of warnings is the stated one, and bounds are kept', () => {
  let [warned, exceeded, all] = [0, 0, 0]
  for (let seed = 1; seed <= 6; seed++) {
    const series = street(seed, 130)
    const warning = warnEarly(series, neighbours, { from: 78 })
    const threshold = warningThreshold(warning, neighbours, { rate: 0.02 })
    warned += warning.score.filter((score) => score >= threshold).length
    exceeded += warning.exceedance.filter((value) => value > 1).length
    all += warning.score.length
  }
  expect(warned / all).toBeGreaterThan(0.01)
  expect(warned / all).toBeLessThan(0.03)
  expect(exceeded / all).toBeLessThan(0.012)
})

test('expected are as many as come', () => {
  const series = street(7, 130)
  const warning = warnEarly(series, neighbours, { from: 78 })
  const expected = warning.expected.reduce((sum, value) => sum + value, 0)
  const seen = series.counts.slice(78 * areas * types).reduce((sum, count) => sum + count, 0)
  expect(expected / seen).toBeGreaterThan(0.96)
  expect(expected / seen).toBeLessThan(1.04)
})

test('a rise of one type is warned about at once, with its reason, and its neighbours are named', () => {
  const rises = [
    { area: 14, type: 3, from: 100, to: 106, more: 6 },
    { area: 15, type: 3, from: 100, to: 106, more: 4 },
  ]
  const series = street(2, 106, rises)
  const warning = warnEarly(series, neighbours, { from: 80 })
  const threshold = warningThreshold(warning, neighbours)
  const warned = (week: number) =>
    Array.from({ length: areas }, (_, area) => area).filter(
      (area) => warning.score[(week - 80) * areas + area]! >= threshold,
    )
  expect(warned(99)).not.toContain(14)
  expect(warned(99)).not.toContain(15)
  for (const week of [101, 105]) expect(warned(week)).toEqual(expect.arrayContaining([14, 15]))
  const reason = reasonOf(series, warning, neighbours, 105, 14)
  expect(reason.types[0]).toMatchObject({ type: 3, observed: series.counts[(105 * areas + 14) * types + 3] })
  expect(reason.weeks).toBe(6)
  expect(reason.observed).toBeGreaterThan(reason.bound)
  expect(reason.bound).toBeGreaterThan(reason.expected)
  expect(reason.neighbours.observed).toBeGreaterThan(3 * reason.neighbours.expected)
})

test('a season of the whole street is expected, and no warning', () => {
  let [warned, all] = [0, 0]
  for (let seed = 1; seed <= 5; seed++) {
    const series = street(seed, 120, [], (week) => (week >= 116 ? 2.5 : 1))
    const warning = warnEarly(series, neighbours, { from: 94 })
    const threshold = warningThreshold(warning, neighbours)
    const season = warning.score.subarray(22 * areas)
    warned += season.filter((score) => score >= threshold).length
    all += season.length
  }
  expect(warned / all).toBeLessThan(0.05)
})

test('a rise does not become the norm', () => {
  const calm = warnEarly(street(4, 110), neighbours, { from: 109 })
  const risen = warnEarly(street(4, 110, [{ area: 8, type: 1, from: 90, to: 108, more: 8 }]), neighbours, { from: 109 })
  expect(risen.expected[8]! / calm.expected[8]!).toBeLessThan(1.8)
})

test('weeks are judged by what came before them alone', () => {
  const rises = [{ area: 3, type: 0, from: 70, to: 75, more: 5 }]
  const long = warnEarly(street(5, 100, rises), neighbours, { from: 40 })
  const short = warnEarly(street(5, 72, rises), neighbours, { from: 40 })
  for (const part of ['expected', 'bound', 'exceedance', 'score', 'judged'] as const)
    expect([...long[part].subarray(0, short[part].length)], part).toEqual([...short[part]])
})

test('nothing is said of a week before 95 % of it has come in, nor without half a year before it', () => {
  const series = street(6, 60)
  const complete = Array.from({ length: 60 }, () => 1)
  const at = (share: number) => warnEarly(series, neighbours, { from: 0, completeness: complete.with(59, share) })
  const cell = 59 * areas
  expect([...at(0.94).judged.subarray(cell)]).toEqual(Array(areas).fill(0))
  expect(at(0.94).score[cell]).toBeNaN()
  expect([...at(0.95).judged.subarray(cell)]).toEqual(Array(areas).fill(1))
  // Of what is expected of the whole week, 96 % are expected by now.
  const whole = at(1)
    .expected.subarray(cell)
    .reduce((sum, value) => sum + value, 0)
  const part = at(0.96)
    .expected.subarray(cell)
    .reduce((sum, value) => sum + value, 0)
  expect(part / whole).toBeGreaterThan(0.94)
  expect(part / whole).toBeLessThan(1.01)
  const judged = at(1).judged
  expect(judged[(leastHistory - 1) * areas]).toBe(0)
  expect(judged[leastHistory * areas]).toBe(1)
})

test('what cannot be computed is refused', () => {
  const series = street(1, 30)
  expect(() => warnEarly({ ...series, weeks: 31 }, neighbours)).toThrow(RangeError)
  expect(() => warnEarly(series, neighboursFromLists([[]]))).toThrow(RangeError)
  expect(() => warnEarly(series, neighbours, { tail: 0 })).toThrow(RangeError)
  const warning = warnEarly(street(1, 20), neighbours)
  expect(() => warningThreshold(warning, neighbours)).toThrow('too little history')
  expect(() => reasonOf(series, warning, neighbours, 19, 0)).toThrow('not judged')
})

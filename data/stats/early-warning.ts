import { AreaExpectation } from './area-expectation.ts'
import { ExcessScore } from './excess-score.ts'
import type { Neighbours } from './neighbours.ts'
import { quantile } from './negative-binomial.ts'
import { Random } from './random.ts'
import type { WeeklyCounts } from './weekly-counts.ts'

/** No week is warned about before so much of it has come in. */
export const leastComplete = 0.95
/** Weeks that must have been seen before anything is expected. */
export const leastHistory = 26

/** What was expected and seen in each area, for the weeks from `from` on: `[(week - from) * areas + area]`. */
export type EarlyWarning = {
  areas: number
  types: number
  weeks: number
  from: number
  /** Incidents that were expected. */
  expected: Float64Array
  /** As many incidents as come in `1 − tail` of all such weeks at most. */
  bound: Float64Array
  /** (observed − expected) / (bound − expected): above 1 the bound is exceeded. */
  exceedance: Float64Array
  /** How far the week, with those before it, exceeds what was expected in the types that exceed it most. */
  score: Float64Array
  /** 0 where the four above are NaN: too little history, or less than `leastComplete` of the week has come in. */
  judged: Uint8Array
  /** Expected incidents by type: `[((week - from) * areas + area) * types + type]`. */
  expectedByType: Float32Array
  /** Size of the negative binomial distribution of an area's week. */
  size: Float64Array
  /** Share of incidents that another of the same type follows, by all that was learned. */
  repeats: number
  /** Types that make up the score, most affected first, of each area and week. */
  excessTypes: number[][]
}

type Options = {
  /** First week that is asked for; the weeks before it are learned from. The last 26 by default. */
  from?: number
  /** How often the bound may be exceeded by chance. */
  tail?: number
  /** For each week, the share of it that has come in (`completenessOf` in `nowcast.ts`); all by default. */
  completeness?: ArrayLike<number>
}

/**
 * Which areas have more incidents than their own history, the rest of the street, their neighbours and their mix of types
 * lead one to expect, week by week. Each week is judged by the weeks before it alone (and by the same week elsewhere), so
 * that the results of past weeks are what would have been said then.
 *
 * The counts are small, 0 to 5 a week: they are compared with a negative binomial distribution whose mean is estimated with
 * shrinkage (`AreaExpectation`), not with quantiles of the few weeks that a grid has. The score is `ExcessScore`; what
 * score is a warning follows from `warningThreshold`.
 *
 * @throws RangeError for counts of another shape, or an unusable `from` or `tail`
 *
 * O(weeks · areas · types · log types).
 */
export function warnEarly(
  series: WeeklyCounts,
  neighbours: Neighbours,
  { from = Math.max(0, series.weeks - 26), tail = 0.01, completeness }: Options = {},
): EarlyWarning {
  const { areas, types, weeks, counts } = series
  if (counts.length !== areas * types * weeks)
    throw new RangeError(`${counts.length} counts for ${areas} areas, ${types} types and ${weeks} weeks`)
  if (!(from >= 0 && from <= weeks)) throw new RangeError(`week ${from} is none of ${weeks}`)
  if (!(tail > 0 && tail < 1)) throw new RangeError(`a tail is in (0, 1), not ${tail}`)
  const cells = (weeks - from) * areas
  const result: EarlyWarning = {
    areas,
    types,
    weeks,
    from,
    repeats: 0,
    excessTypes: Array.from({ length: cells }, () => []),
    expected: new Float64Array(cells).fill(Number.NaN),
    bound: new Float64Array(cells).fill(Number.NaN),
    exceedance: new Float64Array(cells).fill(Number.NaN),
    score: new Float64Array(cells).fill(Number.NaN),
    judged: new Uint8Array(cells),
    expectedByType: new Float32Array(cells * types),
    size: new Float64Array(cells),
  }
  const expectation = new AreaExpectation(series, neighbours)
  const scores = new ExcessScore(areas, types, neighbours)
  const scaled = new Float64Array(areas * types)
  for (let week = 0; week < weeks; week++) {
    const begin = week * areas * types
    const seen = Array.from({ length: areas * types }, (_, i) => counts[begin + i]!)
    const complete = completeness?.[week] ?? 1
    if (complete < leastComplete) continue
    // Of a week that is not complete, only that share is expected by now.
    expectation.expect(complete === 1 ? seen : seen.map((count) => count / complete))
    for (let i = 0; i < scaled.length; i++) scaled[i] = expectation.expected[i]! * complete
    scores.add(seen, scaled)
    if (week >= from && week >= leastHistory) judge(result, week, seen, complete, expectation, scores, tail)
    expectation.learn(complete === 1 ? seen : seen.map((count) => count / complete))
  }
  result.repeats = expectation.repeats
  return result
}

function judge(
  result: EarlyWarning,
  week: number,
  seen: readonly number[],
  complete: number,
  expectation: AreaExpectation,
  scores: ExcessScore,
  tail: number,
): void {
  const { types } = result
  for (const [area, excess] of scores.ofAreas().entries()) {
    const { mean, size } = expectation.distributionOf(area)
    const cell = (week - result.from) * result.areas + area
    const expected = mean * complete
    const bound = quantile(1 - tail, { mean: expected, size })
    let observed = 0
    for (let type = 0; type < types; type++) {
      observed += seen[area * types + type]!
      result.expectedByType[cell * types + type] = expectation.expected[area * types + type]! * complete
    }
    result.judged[cell] = 1
    result.expected[cell] = expected
    result.size[cell] = size
    result.bound[cell] = bound
    // The bound of a quiet area may lie below its mean.
    result.exceedance[cell] = (observed - expected) / Math.max(bound - expected, 0.5)
    result.score[cell] = excess.score
    result.excessTypes[cell] = excess.types
  }
}

/**
 * The score from which on an area is warned about, so that a share `rate` of the weeks of areas in which nothing happens
 * would be: that quantile of the scores of weeks drawn from what was expected in the judged weeks, several times over. It
 * holds for the street as a whole; busy areas get a little more than their share.
 *
 * @throws RangeError when no week was judged, or the rate is none
 *
 * O(rounds · weeks · areas · types · log types).
 */
export function warningThreshold(
  warning: EarlyWarning,
  neighbours: Neighbours,
  { rate = 0.01, seed = 1, rounds = 8 }: { rate?: number; seed?: number; rounds?: number } = {},
): number {
  if (!(rate > 0 && rate < 1)) throw new RangeError(`a rate of false alarms is in (0, 1), not ${rate}`)
  const { areas, types, weeks, from, expectedByType } = warning
  const scores: number[] = []
  const following = new Uint16Array(areas * types)
  for (let round = 0; round < rounds; round++) {
    const score = new ExcessScore(areas, types, neighbours)
    for (let week = 0; week < weeks - from; week++) {
      if (warning.judged[week * areas] === 0) continue
      const random = new Random(seed, 'early warning', round, week)
      const means = expectedByType.subarray(week * areas * types, (week + 1) * areas * types)
      score.add(drawWeek(warning, week, means, following, random), means)
      for (const excess of score.ofAreas()) scores.push(excess.score)
    }
  }
  if (scores.length === 0) throw new RangeError('no week was judged: there is too little history')
  scores.sort((a, b) => b - a)
  return scores[Math.floor(rate * scores.length)]!
}

/**
 * Counts of a week in which nothing happens: an area's number of incidents, then the type of each, and those that follow
 * from them, half of them a week later.
 * @param following those that follow from the week before; receives those of the next week
 */
function drawWeek(
  { areas, types, size, repeats }: EarlyWarning,
  week: number,
  means: Float32Array,
  following: Uint16Array,
  random: Random,
): Uint16Array {
  const counts = following.slice()
  following.fill(0)
  for (let area = 0; area < areas; area++) {
    const sums = new Float64Array(types)
    let sum = 0
    for (let type = 0; type < types; type++) sums[type] = sum += means[area * types + type]!
    const first = quantile(random.next(), { mean: sum / (1 + repeats), size: size[week * areas + area]! })
    for (let i = 0; i < first; i++) {
      const at = area * types + random.cumulative(sums)
      counts[at]!++
      if (random.chance(repeats)) (random.chance(0.5) ? counts : following)[at]!++
    }
  }
  return counts
}

/** Why an area is warned about, in numbers that a sentence can be made of. */
export type WarningReason = {
  observed: number
  expected: number
  bound: number
  /** The types that make up the excess, most affected first. */
  types: { type: number; observed: number; expected: number }[]
  /** For how many weeks, this one included, more of these types came in than expected; at most back to `from`. */
  weeks: number
  /** What the neighbouring areas have of these types, together. */
  neighbours: { observed: number; expected: number }
}

/**
 * The reason for the score of an area in a week.
 * @throws RangeError when that week was not judged
 */
export function reasonOf(
  series: WeeklyCounts,
  warning: EarlyWarning,
  { offsets, indices }: Neighbours,
  week: number,
  area: number,
): WarningReason {
  const { areas, types, from } = warning
  const cellOf = (inWeek: number, inArea: number) => (inWeek - from) * areas + inArea
  const cell = cellOf(week, area)
  if (warning.judged[cell] !== 1) throw new RangeError(`week ${week} of area ${area} was not judged`)
  const seen = (inWeek: number, inArea: number, type: number) =>
    series.counts[(inWeek * areas + inArea) * types + type]!
  const expected = (inWeek: number, inArea: number, type: number) =>
    warning.expectedByType[cellOf(inWeek, inArea) * types + type]!
  const excess = warning.excessTypes[cell]!
  const sum = (value: (type: number) => number) => excess.reduce((all, type) => all + value(type), 0)
  let weeks = 0
  for (let at = week; at >= from && warning.judged[cellOf(at, area)] === 1; at--) {
    if (sum((type) => seen(at, area, type)) <= sum((type) => expected(at, area, type))) break
    weeks++
  }
  const beside = [...indices.subarray(offsets[area], offsets[area + 1])]
  return {
    observed: Array.from({ length: types }, (_, type) => seen(week, area, type)).reduce((a, b) => a + b, 0),
    expected: warning.expected[cell]!,
    bound: warning.bound[cell]!,
    types: excess.map((type) => ({ type, observed: seen(week, area, type), expected: expected(week, area, type) })),
    weeks,
    neighbours: {
      observed: beside.reduce((all, other) => all + sum((type) => seen(week, other, type)), 0),
      expected: beside.reduce((all, other) => all + sum((type) => expected(week, other, type)), 0),
    },
  }
}

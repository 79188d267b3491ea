import { leastHistory, type EarlyWarning } from './early-warning.ts'
import { totalsOf, type WeeklyCounts } from './weekly-counts.ts'

/** Scores of a method, `[week * areas + area]`, from the counts up to and including that week. Higher is worse. */
export type Scores = Float64Array

/** The simple methods that a warning is compared with. */
export const plainMethods = ['last4Weeks', 'last4WeeksRise', 'lastYear', 'lastYearRise', 'density'] as const
export type PlainMethod = (typeof plainMethods)[number]

/** Middles of areas in metres, for the density. */
type Middles = { x: Float64Array; y: Float64Array }

const weeksOfYear = 52

/**
 * What is commonly done instead of a model, each with the week itself among what it counts:
 *
 * - `last4Weeks`, `lastYear`: incidents of the last 4 and 52 weeks;
 * - `last4WeeksRise`, `lastYearRise`: this week against the mean of the four weeks before, and of the five weeks around the
 *   same week last year, in standard deviations of a Poisson count: (y − m) / √(m + 1);
 * - `density`: kernel density (quartic) of the incidents of the last 52 weeks at the middle of the area, per km².
 *
 * Weeks before the first have no incidents. O(weeks · areas), and O(weeks · areas²) for the density.
 */
export function plainScores(series: WeeklyCounts, method: PlainMethod, { x, y }: Middles, bandwidth = 300): Scores {
  const { areas, weeks } = series
  const totals = totalsOf(series)
  const scores = new Float64Array(weeks * areas)
  const sum = (area: number, first: number, past: number) => {
    let all = 0
    for (let week = Math.max(0, first); week < past; week++) all += totals[week * areas + area]!
    return all
  }
  const rise = (seen: number, mean: number) => (seen - mean) / Math.sqrt(mean + 1)
  const kernel = method === 'density' ? kernelBetween(x, y, bandwidth) : null
  for (let week = 0; week < weeks; week++) {
    const year = Float64Array.from({ length: areas }, (_, area) => sum(area, week + 1 - weeksOfYear, week + 1))
    for (let area = 0; area < areas; area++) {
      const at = week * areas + area
      if (method === 'last4Weeks') scores[at] = sum(area, week - 3, week + 1)
      else if (method === 'last4WeeksRise') scores[at] = rise(totals[at]!, sum(area, week - 4, week) / 4)
      else if (method === 'lastYear') scores[at] = year[area]!
      else if (method === 'lastYearRise')
        scores[at] = rise(totals[at]!, sum(area, week - weeksOfYear - 2, week - weeksOfYear + 3) / 5)
      else for (let other = 0; other < areas; other++) scores[at]! += kernel![area * areas + other]! * year[other]!
    }
  }
  return scores
}

/** Quartic kernel per km² between the middles of areas. */
function kernelBetween(x: Float64Array, y: Float64Array, bandwidth: number): Float64Array {
  const kernel = new Float64Array(x.length * x.length)
  for (let a = 0; a < x.length; a++)
    for (let b = 0; b < x.length; b++) {
      const rest = 1 - ((x[a]! - x[b]!) ** 2 + (y[a]! - y[b]!) ** 2) / bandwidth ** 2
      if (rest > 0) kernel[a * x.length + b] = (3e6 / (Math.PI * bandwidth ** 2)) * rest ** 2
    }
  return kernel
}

/**
 * What the early warning forecasts for the week after each: what is expected, and of what the last weeks had beyond it, as
 * much as usually remains (weights 0.6ʲ over the weeks j before). NaN where a week was not judged.
 */
export function forecastOf(series: WeeklyCounts, warning: EarlyWarning): Scores {
  const { areas, from } = warning
  const totals = totalsOf(series)
  const forecast = new Float64Array(series.weeks * areas).fill(Number.NaN)
  const beyond = new Float64Array(areas)
  for (let week = from; week < series.weeks; week++)
    for (let area = 0; area < areas; area++) {
      const cell = (week - from) * areas + area
      if (warning.judged[cell] === 0) continue
      const expected = warning.expected[cell]!
      beyond[area] = 0.6 * beyond[area]! + 0.4 * (totals[week * areas + area]! - expected)
      forecast[week * areas + area] = expected + Math.max(0, beyond[area]!)
    }
  return forecast
}

/** Scores that are numbers of incidents, per unit of ground. */
export function perGround(scores: Scores, sizes: ArrayLike<number>): Scores {
  return scores.map((score, i) => score / sizes[i % sizes.length]!)
}

/** How well places chosen by a score were where the next week's incidents came. */
export type Accuracy = {
  /** Share of the incidents that came in the chosen areas. */
  hitRate: number
  /** Predictive accuracy index: the hit rate divided by the share of the ground that was chosen; 1 is no better than chance. */
  accuracyIndex: number
  /** Prediction efficiency index: incidents in the chosen areas divided by those in the best areas of the same size. */
  efficiencyIndex: number
  /** Weeks that were forecast, and their incidents. */
  weeks: number
  incidents: number
}

/**
 * Rolling origin: at the end of each week the areas with the highest scores are chosen, until they cover `share` of the
 * ground (of the last area as much as is left), and the incidents of the week after are counted.
 *
 * PAI = (n / N) / (a / A) (Chainey, Tompson & Uhlig 2008, Security Journal 21, 4–28); PEI = n / n* (Hunt 2016, RAND), n* what
 * the same ground could have held at most. Both of all weeks together.
 *
 * @param scores higher ones are chosen first: counts should be divided by the ground (`perGround`)
 * @param sizes ground of each area, in any unit
 * @param from first origin; its score and all earlier ones are not judged before `leastHistory`
 * @throws RangeError when the share is none
 *
 * O(weeks · areas · log areas).
 */
export function accuracyOf(
  series: WeeklyCounts,
  scores: Scores,
  sizes: ArrayLike<number>,
  { from, share = 0.05 }: { from: number; share?: number },
): Accuracy {
  if (!(share > 0 && share < 1)) throw new RangeError(`a share of the ground is in (0, 1), not ${share}`)
  const { areas, weeks } = series
  const totals = totalsOf(series)
  const ground = Array.from(sizes).reduce((sum, size) => sum + size, 0)
  let [hits, most, all, forecast] = [0, 0, 0, 0]
  for (let week = Math.max(from, leastHistory); week + 1 < weeks; week++) {
    const score = scores.subarray(week * areas, (week + 1) * areas)
    if (score.some(Number.isNaN)) continue
    const next = totals.subarray((week + 1) * areas, (week + 2) * areas)
    const best = next.map((count, area) => count / sizes[area]!)
    hits += chosen(score, next, sizes, share * ground)
    most += chosen(best, next, sizes, share * ground)
    all += next.reduce((sum, count) => sum + count, 0)
    forecast++
  }
  return {
    hitRate: hits / all,
    accuracyIndex: hits / all / share,
    efficiencyIndex: hits / most,
    weeks: forecast,
    incidents: all,
  }
}

/** Incidents in the areas of the highest scores that make up so much ground. Areas of equal scores in their order. */
function chosen(scores: Float64Array, incidents: Float64Array, sizes: ArrayLike<number>, ground: number): number {
  const order = [...scores.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b)
  let rest = ground
  let sum = 0
  for (const area of order) {
    if (rest <= 0) break
    sum += incidents[area]! * Math.min(1, rest / sizes[area]!)
    rest -= sizes[area]!
  }
  return sum
}

/** What is known to have happened in a week of an area, where it is known: something, nothing, or too little to say. */
export const truths = { nothing: 0, something: 1, unclear: 2 } as const

/**
 * Share of the weeks of areas in which something happened that have a score above the threshold at which a share `rate` of
 * those in which nothing happened have one too. Of equal scores at the threshold the same share counts on both sides, so
 * that methods whose scores are whole numbers are compared fairly.
 *
 * @param truth one of `truths` for each score; scores that are NaN are left out
 * @throws RangeError when there is nothing to compare
 *
 * O(scores · log scores).
 */
export function hitRateAt(scores: ArrayLike<number>, truth: ArrayLike<number>, rate: number): number {
  const where = (wanted: number) =>
    Array.from({ length: scores.length }, (_, i) => i)
      .filter((i) => truth[i] === wanted && !Number.isNaN(scores[i]!))
      .map((i) => scores[i]!)
  const [calm, events] = [where(truths.nothing), where(truths.something)]
  if (calm.length === 0 || events.length === 0 || !(rate > 0 && rate < 1))
    throw new RangeError(`nothing to compare: ${calm.length} calm weeks, ${events.length} others, rate ${rate}`)
  const allowed = rate * calm.length
  const threshold = calm.toSorted((a, b) => b - a)[Math.floor(allowed)]!
  const count = (values: number[], test: (value: number) => boolean) => values.filter(test).length
  const above = count(calm, (value) => value > threshold)
  const part = (allowed - above) / count(calm, (value) => value === threshold)
  return (
    (count(events, (value) => value > threshold) + part * count(events, (value) => value === threshold)) / events.length
  )
}

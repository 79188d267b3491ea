import { quantile } from './negative-binomial.ts'

/** How long it takes until incidents that have happened are known. */
export type ReportingDelay = {
  /** Share that has come in after so many days: `share[0]` on the day itself, the last entry is 1. */
  share: Float64Array
  /** Variance of ln share because it is only estimated. */
  variance: Float64Array
  /** Incidents that the estimate rests on. */
  incidents: number
}

export type Incidence = {
  /** Day on which each happened, and on which it became known (reported or imported), both as day numbers. */
  happened: ArrayLike<number>
  known: ArrayLike<number>
  /** Last day that is known whole. */
  asOf: number
}

/** Days after which nothing more is expected, and days before `asOf` whose incidents are looked at. */
const limits = { longest: 84, window: 365 } as const

/**
 * The distribution of delays from happening to being known, estimated although the latest days are not complete: by the
 * hazard in reverse time, which what is still to come does not distort (Lawless 1994, Canadian Journal of Statistics 22,
 * 15–31; the chain ladder of insurers: Mack 1993),
 *
 *   g_d = N(delay = d) / N(delay ≤ d) over the days old enough to have seen the delay d,  F(d) = ∏_{j > d} (1 − g_j),
 *
 * with Var ln F(d) = Σ_{j > d} g_j / ((1 − g_j) N_j). Delays of more than `longest` days are left out of it: what comes in
 * later is not reckoned with. Incidents whose day of happening is unknown must be left out by the caller.
 *
 * Two things it cannot know: that delays have just changed, and that an import is yet to come.
 *
 * @throws RangeError when no incident can be used
 * O(incidents + longest).
 */
export function reportingDelay(
  { happened, known, asOf }: Incidence,
  { longest = limits.longest, window = limits.window }: { longest?: number; window?: number } = {},
): ReportingDelay {
  // By delay: incidents that came in after exactly so many days, and of those happened at least so many days ago.
  const exactly = new Float64Array(longest + 1)
  const byAge = Array.from({ length: longest + 1 }, () => new Float64Array(longest + 1))
  let incidents = 0
  for (let i = 0; i < happened.length; i++) {
    const delay = Math.max(0, known[i]! - happened[i]!)
    const age = asOf - happened[i]!
    if (age < 0 || age > window + longest || known[i]! > asOf || delay > longest) continue
    exactly[delay]!++
    byAge[Math.min(age, longest)]![delay]!++
    incidents++
  }
  if (incidents === 0) throw new RangeError('there are no incidents whose delay is known')
  const share = new Float64Array(longest + 1).fill(1)
  const variance = new Float64Array(longest + 1)
  for (let delay = longest; delay > 0; delay--) {
    let [these, upTo] = [0, 0]
    for (let age = delay; age <= longest; age++)
      for (let within = 0; within <= delay; within++) {
        upTo += byAge[age]![within]!
        if (within === delay) these += byAge[age]![within]!
      }
    // Where no earlier one is known the hazard cannot be estimated: the share before it stays as it is.
    const hazard = upTo > these ? these / upTo : 0
    share[delay - 1] = share[delay]! * (1 - hazard)
    variance[delay - 1] = variance[delay]! + (hazard > 0 ? hazard / ((1 - hazard) * upTo) : 0)
  }
  return { share, variance, incidents }
}

/**
 * Share of the incidents of a week that has come in by the end of the day `asOf`, the days of the week alike; days that
 * have not been count as 0.
 * @param firstDay day number of its first day
 */
export function completenessOf({ share }: ReportingDelay, firstDay: number, asOf: number): number {
  let sum = 0
  for (let day = firstDay; day < firstDay + 7; day++)
    if (day <= asOf) sum += share[Math.min(asOf - day, share.length - 1)]!
  return sum / 7
}

/** What a week will have when everything has come in. */
export type Nowcast = {
  seen: number
  completeness: number
  expected: number
  /** Prediction interval of the whole number. */
  low: number
  high: number
}

/**
 * The whole number of incidents of a week of which a part has come in. What is missing is negative binomial: after n of a
 * share F are seen, the mean is (n + ½) (1 − F) / F under Jeffreys' prior for the rate, and the variance
 * (n + ½) (1 − F) / F² + ((n + ½) / F)² Var ln F, the second term because F is estimated.
 *
 * @param seen incidents of the week known by the end of `asOf`
 * @param level of the interval, 0.95 by default
 * @throws RangeError when nothing of the week can have come in yet
 */
export function nowcastOf(delay: ReportingDelay, seen: number, firstDay: number, asOf: number, level = 0.95): Nowcast {
  const completeness = completenessOf(delay, firstDay, asOf)
  if (completeness === 0) throw new RangeError(`the week from day ${firstDay} has not begun on day ${asOf}`)
  if (completeness === 1) return { seen, completeness, expected: seen, low: seen, high: seen }
  const rate = (seen + 0.5) / completeness
  const mean = rate * (1 - completeness)
  const lastDay = Math.min(asOf, firstDay + 6)
  const spread = delay.variance[Math.min(asOf - lastDay, delay.variance.length - 1)]!
  const variance = mean / completeness + rate * rate * spread
  const missing = { mean, size: (mean * mean) / (variance - mean) }
  return {
    seen,
    completeness,
    expected: seen + mean,
    low: seen + quantile((1 - level) / 2, missing),
    high: seen + quantile((1 + level) / 2, missing),
  }
}

import { binomialDensity, binomialLowerTail, binomialUpperTail } from './binomial.ts'
import { chiSquareUpperTail } from './chi-square.ts'
import { type FalseDiscoveryControl, falseDiscoveryRates } from './false-discovery.ts'

/**
 * Two periods compared: counts that follow Poisson distributions, each with its exposure. Conditional on the sum of both,
 * the first is binomial with odds = rate ratio × exposure / exposure, which gives exact limits without any assumption
 * about the rate itself (Przyborowski & Wilenski 1940, Biometrika 31; Clopper & Pearson 1934, Biometrika 26; `poisson.test`
 * of R).
 */
export type RateRatio = {
  /** Rate of the first by rate of the second; infinite when the second is 0, not a number when both are. */
  ratio: number
  lower: number
  upper: number
  /** Two-sided, that both rates are equal; below 1 − `level` exactly where 1 is outside the limits. NaN without cases. */
  p: number
}

export type RateRatioOptions = {
  /** Probability of the interval, 0.95 by default. */
  level?: number
  /**
   * `exact`: limits of Clopper & Pearson, and twice the smaller tail: never wrong more often than the level says, and
   * with few cases much less often. `mid-p`: half of the observed outcome counts as more extreme (Lancaster 1961, JASA
   * 56): wrong as often as the level says on the average. The p of R's `poisson.test` adds up all outcomes that are less
   * likely instead, which may contradict the interval that it prints.
   */
  method?: 'exact' | 'mid-p'
}

type Counted = { cases: number; exposure: number }

/**
 * @param first, second cases, and what they were at risk for: days, person-days, households × weeks …
 * @throws RangeError when cases are no whole numbers or an exposure is not positive
 */
export function rateRatio(first: Counted, second: Counted, options: RateRatioOptions = {}): RateRatio {
  const { level = 0.95, method = 'exact' } = options
  for (const { cases, exposure } of [first, second]) {
    if (!(Number.isInteger(cases) && cases >= 0)) throw new RangeError(`${cases} cases`)
    if (!(exposure > 0 && exposure < Infinity)) throw new RangeError(`an exposure of ${exposure}`)
  }
  if (!(level > 0 && level < 1)) throw new RangeError(`a level of ${level}`)
  const [k, n] = [first.cases, first.cases + second.cases]
  if (n === 0) return { ratio: Number.NaN, lower: 0, upper: Infinity, p: Number.NaN }
  const even = first.exposure / second.exposure
  const half = method === 'mid-p' ? 0.5 : 0
  const share = even / (1 + even)
  const tails = [
    binomialUpperTail(k, n, share) - half * binomialDensity(k, n, share),
    binomialLowerTail(k, n, share) - half * binomialDensity(k, n, share),
  ]
  const tail = (1 - level) / 2
  const oddsBelow = limitOdds(k, n, tail, half)
  // The limit above is that of the other period below.
  const oddsAbove = 1 / limitOdds(n - k, n, tail, half)
  return {
    ratio: first.cases / first.exposure / (second.cases / second.exposure),
    lower: oddsBelow / even,
    upper: oddsAbove / even,
    p: Math.min(1, 2 * Math.min(...tails)),
  }
}

/**
 * Odds at which k cases of n or more have the given probability, 0 for k = 0. Newton's method for the logarithm of the
 * tail over the logarithm of the odds, where it is nearly straight; within limits, so that it cannot leave.
 */
function limitOdds(k: number, n: number, tail: number, half: number): number {
  if (k === 0) return 0
  let [low, high] = [-745, 700]
  let logOdds = Math.log(Math.max(0.5, k - 1) / (n - k + 1))
  for (let round = 0; round < 200; round++) {
    const p = 1 / (1 + Math.exp(-logOdds))
    const density = binomialDensity(k, n, p)
    const value = binomialUpperTail(k, n, p) - half * density
    const off = Math.log(value / tail)
    if (off > 0) high = logOdds
    else low = logOdds
    // d/dp P(X ≥ k) = k / p · P(X = k), and dp = p (1 − p) d ln odds.
    const slope = (k * (1 - p) - half * (k - n * p)) * density
    const step = (off * value) / slope
    const next = logOdds - step
    const inside = next > low && next < high
    logOdds = inside ? next : (low + high) / 2
    if (inside && Math.abs(step) < 1e-14 * Math.max(1, Math.abs(logOdds))) break
    if (high - low < 1e-15 * Math.max(1, Math.abs(low))) break
  }
  return Math.exp(logOdds)
}

export type RateComparison = {
  /** Of each unit; q is p with the control of false discoveries over all units that have cases. */
  units: (RateRatio & { q: number })[]
  /** Of all units added up. */
  overall: RateRatio
  homogeneity: Homogeneity
}

/**
 * Each unit's change, with its q; that of all together; and whether all changed alike.
 * @param first, second cases of each unit; `firstExposure`, `secondExposure` what they were at risk for
 * @throws RangeError as `rateRatio` does, and when the arrays differ in length
 *
 * O(units · √cases).
 */
export function compareRates(
  first: Uint32Array,
  second: Uint32Array,
  firstExposure: Float64Array,
  secondExposure: Float64Array,
  options: RateRatioOptions & { control?: FalseDiscoveryControl } = {},
): RateComparison {
  const homogeneity = rateRatioHomogeneity(first, second, firstExposure, secondExposure)
  const units = Array.from(first, (cases, unit) =>
    rateRatio(
      { cases, exposure: firstExposure[unit]! },
      { cases: second[unit]!, exposure: secondExposure[unit]! },
      options,
    ),
  )
  const q = falseDiscoveryRates(
    Float64Array.from(units, ({ p }) => p),
    options.control ?? 'benjamini-hochberg',
  )
  const overall = rateRatio(
    { cases: sumOf(first), exposure: sumOf(firstExposure) },
    { cases: sumOf(second), exposure: sumOf(secondExposure) },
    options,
  )
  return { units: units.map((unit, i) => ({ ...unit, q: q[i]! })), overall, homogeneity }
}

export type Homogeneity = {
  /** The one ratio that fits all units best. */
  ratio: number
  /** Pearson's χ² of the counts around it, its degrees of freedom, and p that all units have this ratio. */
  chiSquare: number
  freedom: number
  p: number
  /** Smallest expected count. The χ² distribution is an approximation, and a poor one where many are below 1. */
  leastExpected: number
}

/**
 * Whether the change is the same in all units: Pearson's χ² of a logistic model with one ratio, as `glm(cbind(a, b) ~ 1 +
 * offset(log(e1 / e2)), binomial)` of R has it. Units without cases are left out.
 * @param first, second cases of each unit; `firstExposure`, `secondExposure` of each unit
 * @throws RangeError when the arrays differ in length
 *
 * p and χ² are not a number when fewer than two units have cases, or one period has none.
 */
export function rateRatioHomogeneity(
  first: Uint32Array,
  second: Uint32Array,
  firstExposure: Float64Array,
  secondExposure: Float64Array,
): Homogeneity {
  const units = first.length
  for (const { length } of [second, firstExposure, secondExposure])
    if (length !== units) throw new RangeError(`${length} values for ${units} units`)
  const [a, b] = [sumOf(first), sumOf(second)]
  const withCases = [...first.keys()].filter((unit) => first[unit]! + second[unit]! > 0)
  const none = { chiSquare: Number.NaN, freedom: Math.max(0, withCases.length - 1), p: Number.NaN }
  const shareOf = (unit: number, ratio: number) =>
    (ratio * firstExposure[unit]!) / (ratio * firstExposure[unit]! + secondExposure[unit]!)
  if (a === 0 || b === 0) return { ...none, ratio: a === b ? Number.NaN : a === 0 ? 0 : Infinity, leastExpected: 0 }

  // The likelihood is greatest where the expected counts add up to those observed; their sum grows with the ratio.
  let logRatio = 0
  let [low, high] = [-700, 700]
  for (let round = 0; round < 200; round++) {
    let [expected, slope] = [0, 0]
    for (const unit of withCases) {
      const [n, share] = [first[unit]! + second[unit]!, shareOf(unit, Math.exp(logRatio))]
      expected += n * share
      slope += n * share * (1 - share)
    }
    if (expected > a) high = logRatio
    else low = logRatio
    const next = logRatio - (expected - a) / slope
    const previous = logRatio
    logRatio = next > low && next < high ? next : (low + high) / 2
    if (Math.abs(logRatio - previous) < 1e-14) break
  }
  const ratio = Math.exp(logRatio)
  let [chiSquare, leastExpected] = [0, Infinity]
  for (const unit of withCases) {
    const [n, share] = [first[unit]! + second[unit]!, shareOf(unit, ratio)]
    chiSquare += (first[unit]! - n * share) ** 2 / (n * share * (1 - share))
    leastExpected = Math.min(leastExpected, n * share, n * (1 - share))
  }
  if (withCases.length < 2) return { ...none, ratio, leastExpected }
  return { ratio, chiSquare, freedom: none.freedom, p: chiSquareUpperTail(chiSquare, none.freedom), leastExpected }
}

function sumOf(values: Uint32Array | Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

import { twoSidedP } from './normal.ts'

/** A monotone trend, and whether it may be chance. */
export type Trend = {
  /** Pairs that rise less pairs that fall. */
  s: number
  /** Kendall's τ-b, which counts ties: −1 to 1; NaN where all values are equal. */
  tau: number
  /** (S ∓ 1) / √Var S: with continuity correction; 0 where S is 0. */
  z: number
  /** Two-sided, from the normal distribution: good from ten values on. NaN where all values are equal. */
  p: number
}

/**
 * Mann's test against a trend (Mann 1945, Econometrica 13; Kendall 1975, “Rank Correlation Methods”), with
 * Var S = (n (n − 1) (2n + 5) − Σ t (t − 1) (2t + 5)) / 18 over groups of t equal values. It supposes that the values
 * of a series are independent of each other: values that follow those before them find a trend more often.
 *
 * @param values in the order of time; NaN is a missing value and is left out
 *
 * O(n²).
 */
export function mannKendall(values: ArrayLike<number>): Trend {
  const series: number[] = []
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i]!)) series.push(values[i]!)
  const n = series.length
  let s = 0
  for (let i = 1; i < n; i++) for (let j = 0; j < i; j++) s += Math.sign(series[i]! - series[j]!)
  const groups = new Map<number, number>()
  for (const value of series) groups.set(value, (groups.get(value) ?? 0) + 1)
  let [tied, tiedPairs] = [0, 0]
  for (const t of groups.values()) {
    tied += t * (t - 1) * (2 * t + 5)
    tiedPairs += (t * (t - 1)) / 2
  }
  const pairs = (n * (n - 1)) / 2
  const variance = (n * (n - 1) * (2 * n + 5) - tied) / 18
  if (pairs === tiedPairs) return { s, tau: Number.NaN, z: 0, p: Number.NaN }
  const z = (s - Math.sign(s)) / Math.sqrt(variance)
  return { s, tau: s / Math.sqrt(pairs * (pairs - tiedPairs)), z, p: twoSidedP(z) }
}

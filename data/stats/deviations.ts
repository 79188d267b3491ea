/** Values relative to their mean, and the sums of their powers: what the statistics of autocorrelation start from. */
export type Deviations = {
  /** Value minus mean; all exactly 0 when all values are equal. */
  z: Float64Array<ArrayBuffer>
  mean: number
  /** Σ z², Σ z⁴ */
  sum2: number
  sum4: number
}

export function deviationsOf(values: Float64Array): Deviations {
  const n = values.length
  const z = new Float64Array(n)
  let sum = 0
  let [least, most] = [Infinity, -Infinity]
  for (let i = 0; i < n; i++) {
    const value = values[i]!
    sum += value
    if (value < least) least = value
    if (value > most) most = value
  }
  if (!(least < most)) return { z, mean: least, sum2: 0, sum4: 0 }
  // A second pass takes away what rounding left of the mean.
  let mean = sum / n
  let rest = 0
  for (let i = 0; i < n; i++) rest += values[i]! - mean
  mean += rest / n
  let [sum2, sum4] = [0, 0]
  for (let i = 0; i < n; i++) {
    const deviation = values[i]! - mean
    z[i] = deviation
    sum2 += deviation * deviation
    sum4 += deviation ** 4
  }
  return { z, mean, sum2, sum4 }
}

/**
 * Sum of squares of all values but one around their own mean, which lies −zᵢ/(n−1) from the mean of all:
 * Σ z² − zᵢ² n/(n−1). Exactly 0 where only rounding is left.
 */
export function sum2Without(zi: number, sum2: number, n: number): number {
  const rest = sum2 - (zi * zi * n) / (n - 1)
  return rest > sum2 * 1e-12 ? rest : 0
}

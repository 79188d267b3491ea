/**
 * Standard normal distribution. Tails are computed as themselves and not as 1 − the other one, so that a z of 30 has a
 * p of 4.9·10⁻¹⁹⁸ and not 0.
 */

const rootTwoPi = 2.5066282746310007

/** φ(z), relative error below 10⁻¹⁵ until it underflows at |z| = 38. */
export function normalDensity(z: number): number {
  // z² = high + low exactly (Dekker 1971): its rounding alone would cost 10⁻¹³ at z = 30.
  const split = z * 134217729
  const head = split - (split - z)
  const tail = z - head
  const high = z * z
  const low = head * head - high + 2 * head * tail + tail * tail
  return Number.isFinite(high) ? (Math.exp(-high / 2) * (1 - low / 2)) / rootTwoPi : Number.isNaN(z) ? z : 0
}

/**
 * P(Z > z), relative error below 2·10⁻¹⁵; NaN for NaN.
 *
 * Below 1 the series Φ(z) = ½ + φ(z) (z + z³/3 + z⁵/(3·5) + …) (DLMF 7.6.2), above it Laplace's continued fraction
 * φ(z) / (z + 1/(z + 2/(z + 3/(z + …)))) (DLMF 7.9.1), which converges the faster the larger z is: 600 steps are enough
 * for 1, 10 for 10.
 */
export function upperTail(z: number): number {
  if (z < 0) return 1 - upperTail(-z)
  if (!(z >= 1)) {
    let term = z
    let sum = z
    for (let odd = 3; Math.abs(term) > sum * 1e-17; odd += 2) sum += term *= (z * z) / odd
    return 0.5 - normalDensity(z) * sum
  }
  if (z > 40) return 0
  let fraction = z
  for (let step = Math.ceil(10 + 590 / (z * z)); step > 0; step--) fraction = z + step / fraction
  return normalDensity(z) / fraction
}

/** P(|Z| > |z|): the p of a z that may be high or low. */
export function twoSidedP(z: number): number {
  return 2 * upperTail(Math.abs(z))
}

/**
 * The z that is exceeded with probability p, by Halley's iteration on the tail from the approximation 26.2.23 of
 * Abramowitz & Stegun; ±Infinity for 0 and 1, NaN outside.
 */
export function upperQuantile(p: number): number {
  if (p > 0.5) return p < 1 ? -lowerHalfQuantile(1 - p) : p === 1 ? -Infinity : Number.NaN
  return p > 0 ? lowerHalfQuantile(p) : p === 0 ? Infinity : Number.NaN
}

function lowerHalfQuantile(p: number): number {
  const t = Math.sqrt(-2 * Math.log(p))
  let z = t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)))
  for (let round = 0; round < 3; round++) {
    const step = (upperTail(z) - p) / normalDensity(z)
    z += step / (1 + (z * step) / 2)
  }
  return z
}

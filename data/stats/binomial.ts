/**
 * Probabilities of the binomial distribution to about 1e-13 relative, the far tails included.
 *
 * Density: the saddle point form of Loader 2000, “Fast and accurate computation of binomial probabilities”, which loses no
 * digits where products of factorials would. Tails: the continued fraction of the incomplete beta function, DLMF 8.17.22.
 */

/** P(X = k) of n trials with probability p each. */
export function binomialDensity(k: number, n: number, p: number): number {
  if (k < 0 || k > n) return 0
  if (p <= 0) return k === 0 ? 1 : 0
  if (p >= 1) return k === n ? 1 : 0
  if (k === 0) return Math.exp(n * Math.log1p(-p))
  if (k === n) return Math.exp(n * Math.log(p))
  const exponent =
    stirlingError(n) - stirlingError(k) - stirlingError(n - k) - deviance(k, n * p) - deviance(n - k, n * (1 - p))
  return Math.exp(exponent) * Math.sqrt(n / (2 * Math.PI * k * (n - k)))
}

/** P(X ≥ k). */
export function binomialUpperTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1
  if (k > n || p <= 0) return 0
  if (p >= 1) return 1
  // The fraction converges fast on one side of the mean; the other side is the rest of 1.
  return p < k / (n + 1) ? tailBeyond(k, n, p) : 1 - tailBeyond(n - k + 1, n, 1 - p)
}

/** P(X ≤ k). */
export function binomialLowerTail(k: number, n: number, p: number): number {
  return binomialUpperTail(n - k, n, 1 - p)
}

/** I_p(k, n − k + 1) where p lies below the mean of that beta distribution or near it. */
function tailBeyond(k: number, n: number, p: number): number {
  const [a, b] = [k, n - k + 1]
  // p^a (1 − p)^b / (a B(a, b)), by the density, whose precision it keeps.
  const front = binomialDensity(k, n, p) * (1 - p)
  return front * continuedFraction(a, b, p)
}

/** DLMF 8.17.22 by the method of Lentz; some √max(a, b) terms. */
function continuedFraction(a: number, b: number, x: number): number {
  const tiny = 1e-300
  const away = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m < 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return fraction
}

/** ln n! less Stirling's formula. */
function stirlingError(n: number): number {
  if (n <= 15) {
    let factorial = 1
    for (let i = 2; i <= n; i++) factorial *= i
    return Math.log(factorial) - (n + 0.5) * Math.log(n) + n - 0.5 * Math.log(2 * Math.PI)
  }
  const square = n * n
  // Five terms: below 1e-16 from 16 on.
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - 1 / 1188 / square) / square) / square) / square) / n
}

/** k ln(k / mean) + mean − k, without the loss of digits where both are near. */
function deviance(k: number, mean: number): number {
  if (Math.abs(k - mean) >= 0.1 * (k + mean)) return k * Math.log(k / mean) + mean - k
  const v = (k - mean) / (k + mean)
  let sum = (k - mean) * v
  let power = 2 * k * v
  for (let j = 1; j < 1000; j++) {
    power *= v * v
    const next = sum + power / (2 * j + 1)
    if (next === sum) break
    sum = next
  }
  return sum
}

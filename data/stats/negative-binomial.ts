/** Coefficients of Lanczos' approximation with g = 7 and 9 terms (Godfrey 2001): relative error below 1e-14. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  // Below a half the approximation is poor: Γ(x) = Γ(x + 1) / x.
  if (x < 0.5) return logGamma(x + 1) - Math.log(x)
  const at = x - 1
  let sum = lanczos[0]!
  for (let term = 1; term < lanczos.length; term++) sum += lanczos[term]! / (at + term)
  const t = at + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(t) - t + Math.log(sum)
}

/**
 * P(shape, x), the regularised lower incomplete gamma function: the share of a gamma distribution of scale 1 that lies
 * below x. By its series below shape + 1, by a continued fraction above (Abramowitz & Stegun 6.5.29 and 6.5.31; the
 * fraction evaluated as by Lentz 1976). Error below 1e-12.
 */
export function gammaBelow(shape: number, x: number): number {
  if (!(x > 0)) return 0
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape))
  if (x < shape + 1) {
    let term = 1 / shape
    let sum = term
    for (let n = 1; n < 1000 && term > sum * 1e-16; n++) sum += term *= x / (shape + n)
    return Math.min(1, front * sum)
  }
  let b = x + 1 - shape
  let c = 1e300
  let d = 1 / b
  let fraction = d
  for (let n = 1; n < 1000; n++) {
    const a = -n * (n - shape)
    b += 2
    d = 1 / (a * d + b)
    c = b + a / c
    const factor = c * d
    fraction *= factor
    if (Math.abs(factor - 1) < 1e-15) break
  }
  return Math.max(0, 1 - front * fraction)
}

/**
 * A negative binomial distribution by its mean and size: variance = mean + mean² / size. Counts whose Poisson rate varies by
 * a gamma distribution of this shape have it; an infinite size is Poisson.
 */
export type NegativeBinomial = { mean: number; size: number }

/** ln P(Y = count). A mean of 0 gives 0 for the count 0 and −∞ for all others. */
export function logProbability(count: number, { mean, size }: NegativeBinomial): number {
  if (mean === 0) return count === 0 ? 0 : -Infinity
  if (size === Infinity) return count * Math.log(mean) - mean - logGamma(count + 1)
  return (
    logGamma(count + size) -
    logGamma(size) -
    logGamma(count + 1) -
    size * Math.log1p(mean / size) +
    count * (Math.log(mean) - Math.log(mean + size))
  )
}

/** P(Y ≥ count), by summing what lies below. O(count). */
export function upperTail(count: number, distribution: NegativeBinomial): number {
  let below = 0
  walk(distribution, (at, probability) => {
    if (at >= count) return false
    below += probability
    return true
  })
  return Math.max(0, 1 - below)
}

/**
 * The least count c with P(Y ≤ c) ≥ probability, as `qnbinom` of R. O(c).
 * @throws RangeError when the probability is not in [0, 1)
 */
export function quantile(probability: number, distribution: NegativeBinomial): number {
  if (!(probability >= 0 && probability < 1)) throw new RangeError(`a probability is in [0, 1), not ${probability}`)
  let sum = 0
  let least = 0
  walk(distribution, (at, share) => {
    sum += share
    least = at
    // What summing loses must not keep it from ending.
    return sum < probability * (1 - 1e-14)
  })
  return least
}

/** Calls `visit` with 0, 1, 2 … and their probabilities until it returns false. */
function walk({ mean, size }: NegativeBinomial, visit: (count: number, probability: number) => boolean): void {
  const poisson = size === Infinity
  const odds = poisson ? mean : mean / (mean + size)
  let log = poisson ? -mean : -size * Math.log1p(mean / size)
  const last = mean + 60 * Math.sqrt(mean + (poisson ? 0 : (mean * mean) / size)) + 100
  for (let count = 0; count <= last; count++) {
    if (!visit(count, Math.exp(log))) return
    log += Math.log(poisson ? odds / (count + 1) : (odds * (count + size)) / (count + 1))
  }
}

/** Sizes that are told apart; from the largest on a distribution cannot be distinguished from Poisson. */
const sizes = { least: 0.02, most: 500 } as const

/**
 * The size under which counts of these means are most likely (maximum likelihood by golden section on ln size: the
 * likelihood has one maximum where the counts vary more than Poisson). Infinity where they vary no more than Poisson.
 *
 * @param means one for each count, above 0 where the count is
 * O(counts).
 */
export function fitSize(counts: ArrayLike<number>, means: ArrayLike<number>): number {
  const likelihood = (size: number) => {
    let sum = 0
    for (let i = 0; i < counts.length; i++) {
      const [count, mean] = [counts[i]!, means[i]!]
      // What does not depend on the size is left out.
      if (mean > 0) sum += count > 0 ? logGamma(count + size) - logGamma(size) - count * Math.log(mean + size) : 0
      sum -= size * Math.log1p(mean / size)
    }
    return sum
  }
  const golden = (Math.sqrt(5) - 1) / 2
  let [low, high] = [Math.log(sizes.least), Math.log(sizes.most)]
  let [a, b] = [high - golden * (high - low), low + golden * (high - low)]
  let [atA, atB] = [likelihood(Math.exp(a)), likelihood(Math.exp(b))]
  while (high - low > 1e-4)
    if (atA > atB) {
      high = b
      ;[b, atB] = [a, atA]
      a = high - golden * (high - low)
      atA = likelihood(Math.exp(a))
    } else {
      low = a
      ;[a, atA] = [b, atB]
      b = low + golden * (high - low)
      atB = likelihood(Math.exp(b))
    }
  const size = Math.exp((low + high) / 2)
  return size > sizes.most * 0.99 ? Infinity : size
}

import { deviationsOf } from './deviations.ts'
import { areaCount } from './neighbours.ts'
import { twoSidedP } from './normal.ts'
import { Random } from './random.ts'
import { expectOneValueAnArea, spatialLag, type Weights } from './weights.ts'

/**
 * One figure for a whole map. Islands (areas with no neighbour in either direction) take no part in it: they have
 * nothing to be like. Where all values are equal, everything but the expectation is NaN.
 */
export type GlobalStatistic = {
  value: number
  expected: number
  variance: number
  /** Standard deviate; positive where near areas are more alike (Moran, Geary), or high values lie together (G). */
  z: number
  /** Two-sided, from the normal distribution. */
  p: number
  /** Areas that took part. */
  areas: number
}

/**
 * What is random under the null hypothesis: the values were drawn from one normal distribution, or these values
 * were dealt to the areas in any order. Counts and rates are not normal: randomisation is the usual choice.
 */
export type Assumption = 'randomisation' | 'normality'

/**
 * Moran's I (Moran 1950; moments of Cliff & Ord 1981, Spatial Processes, ch. 2; `moran.test` of spdep):
 *
 *   I = (n / S₀) Σᵢ Σⱼ wᵢⱼ zᵢ zⱼ / Σ zᵢ²,  E = −1/(n − 1)
 *
 * @throws RangeError when there is not one finite value for each area, or weights include the area itself
 * O(areas + neighbours · log neighbours of one area).
 */
export function moranI(
  values: Float64Array,
  weights: Weights,
  assumption: Assumption = 'randomisation',
): GlobalStatistic {
  const { x, w } = withoutIslands(values, weights)
  const n = x.length
  const { s0, s1, s2 } = sumsOf(w)
  const { z, sum2, sum4 } = deviationsOf(x)
  const value = ((n / s0) * dot(z, spatialLag(z, w))) / sum2
  const expected = -1 / (n - 1)
  const square =
    assumption === 'normality'
      ? (n * n * s1 - n * s2 + 3 * s0 * s0) / ((n * n - 1) * s0 * s0)
      : (n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0) -
          kurtosis(sum2, sum4, n) * ((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)) /
        ((n - 1) * (n - 2) * (n - 3) * s0 * s0)
  return statistic(value, expected, square - expected * expected, n)
}

/**
 * Geary's C (Geary 1954; moments of Cliff & Ord 1981; `geary.test` of spdep): below 1 where near areas are alike.
 *
 *   C = (n − 1) Σᵢ Σⱼ wᵢⱼ (xᵢ − xⱼ)² / (2 S₀ Σ zᵢ²),  E = 1
 *
 * Its z is (1 − C) / √variance, so that it has the sign of Moran's.
 */
export function gearyC(
  values: Float64Array,
  weights: Weights,
  assumption: Assumption = 'randomisation',
): GlobalStatistic {
  const { x, w } = withoutIslands(values, weights)
  const n = x.length
  const { s0, s1, s2 } = sumsOf(w)
  const { z, sum2, sum4 } = deviationsOf(x)
  const { offsets, indices } = w.neighbours
  let squares = 0
  for (let area = 0; area < n; area++)
    for (let at = offsets[area]!; at < offsets[area + 1]!; at++)
      squares += w.values[at]! * (z[area]! - z[indices[at]!]!) ** 2
  const value = ((n - 1) * squares) / (2 * s0 * sum2)
  const k = kurtosis(sum2, sum4, n)
  const variance =
    assumption === 'normality'
      ? ((2 * s1 + s2) * (n - 1) - 4 * s0 * s0) / (2 * (n + 1) * s0 * s0)
      : ((n - 1) * s1 * (n * n - 3 * n + 3 - (n - 1) * k) -
          ((n - 1) * s2 * (n * n + 3 * n - 6 - (n * n - n + 2) * k)) / 4 +
          s0 * s0 * (n * n - 3 - (n - 1) ** 2 * k)) /
        (n * (n - 2) * (n - 3) * s0 * s0)
  const { z: against, ...rest } = statistic(value, 1, variance, n)
  return { ...rest, z: -against }
}

/**
 * General G (Getis & Ord 1992, Geographical Analysis 24(3), eq. 9 to 15; `globalG.test` of spdep): whether it is high
 * or low values that lie together. For binary weights and values that are not negative.
 *
 *   G = Σᵢ Σⱼ wᵢⱼ xᵢ xⱼ / Σᵢ Σⱼ≠ᵢ xᵢ xⱼ,  E = S₀ / (n (n − 1))
 *
 * @throws RangeError for a negative value, besides what `moranI` refuses
 */
export function generalG(values: Float64Array, weights: Weights): GlobalStatistic {
  const negative = values.findIndex((value) => value < 0)
  if (negative !== -1) throw new RangeError(`the value of area ${negative} is negative: ${values[negative]}`)
  const { x, w } = withoutIslands(values, weights)
  const n = x.length
  const { s0, s1, s2 } = sumsOf(w)
  // Powers of values relative to the largest: their size cancels, and large counts keep their digits.
  const largest = x.reduce((most, value) => Math.max(most, value), 0)
  let [m1, m2, m3, m4] = [0, 0, 0, 0]
  for (const value of x) {
    const share = value / largest
    m1 += share
    m2 += share ** 2
    m3 += share ** 3
    m4 += share ** 4
  }
  const pairs = m1 * m1 - m2
  const value = dot(x, spatialLag(x, w)) / (largest * largest) / pairs
  const expected = s0 / (n * (n - 1))
  const b0 = (n * n - 3 * n + 3) * s1 - n * s2 + 3 * s0 * s0
  const b1 = -((n * n - n) * s1 - 2 * n * s2 + 6 * s0 * s0)
  const b2 = -(2 * n * s1 - (n + 3) * s2 + 6 * s0 * s0)
  const b3 = 4 * (n - 1) * s1 - 2 * (n + 1) * s2 + 8 * s0 * s0
  const b4 = s1 - s2 + s0 * s0
  const square =
    (b0 * m2 * m2 + b1 * m4 + b2 * m1 * m1 * m2 + b3 * m1 * m3 + b4 * m1 ** 4) /
    (pairs * pairs * n * (n - 1) * (n - 2) * (n - 3))
  const differs = x.some((value) => value !== x[0])
  return statistic(differs ? value : Number.NaN, expected, differs ? square - expected * expected : Number.NaN, n)
}

/**
 * Moran's I of as many random orders of the values: how often it is at least, and at most, what it is. `permutationP`
 * makes a p of it. For rates of small populations, whose moments the formulas above do not know
 * (Assunção & Reis 1999), and for few areas.
 */
export function permuteMoranI(
  values: Float64Array,
  weights: Weights,
  { permutations, seed }: { permutations: number; seed: number },
): { atLeast: number; atMost: number } {
  const { x, w } = withoutIslands(values, weights)
  const { z } = deviationsOf(x)
  const observed = dot(z, spatialLag(z, w))
  const tie = Math.abs(observed) * 1e-12
  const random = new Random(seed, 'order of all values')
  let [atLeast, atMost] = [0, 0]
  for (let permutation = 0; permutation < permutations; permutation++) {
    for (let i = z.length - 1; i > 0; i--) {
      const j = random.whole(0, i)
      const other = z[j]!
      z[j] = z[i]!
      z[i] = other
    }
    const product = dot(z, spatialLag(z, w))
    if (product >= observed - tie) atLeast++
    if (product <= observed + tie) atMost++
  }
  return { atLeast, atMost }
}

function statistic(value: number, expected: number, variance: number, areas: number): GlobalStatistic {
  const z = (value - expected) / Math.sqrt(variance)
  return { value, expected, variance, z, p: twoSidedP(z), areas }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

function kurtosis(sum2: number, sum4: number, n: number): number {
  return (n * sum4) / (sum2 * sum2)
}

/** S₀ = ΣΣ wᵢⱼ, S₁ = ½ ΣΣ (wᵢⱼ + wⱼᵢ)², S₂ = Σ (Σⱼ wᵢⱼ + Σⱼ wⱼᵢ)². */
function sumsOf({ neighbours: { offsets, indices }, values }: Weights): { s0: number; s1: number; s2: number } {
  const n = offsets.length - 1
  let [s0, s1, s2] = [0, 0, 0]
  const both = new Float64Array(n)
  for (let area = 0; area < n; area++) {
    for (let at = offsets[area]!; at < offsets[area + 1]!; at++) {
      const weight = values[at]!
      const other = indices[at]!
      s0 += weight
      both[area]! += weight
      both[other]! += weight
      // ½ Σ (wᵢⱼ + wⱼᵢ)² over ordered pairs = Σ wᵢⱼ² + Σ wᵢⱼ wⱼᵢ
      s1 += weight * (weight + weightOf(other, area))
    }
  }
  for (const sum of both) s2 += sum * sum
  return { s0, s1, s2 }

  /** By bisection, as rows are ascending; 0 where the second is no neighbour of the first. */
  function weightOf(of: number, neighbour: number): number {
    let low = offsets[of]!
    let high = offsets[of + 1]!
    while (low < high) {
      const middle = (low + high) >> 1
      if (indices[middle]! < neighbour) low = middle + 1
      else high = middle
    }
    return low < offsets[of + 1]! && indices[low] === neighbour ? values[low]! : 0
  }
}

/** Values and weights of the areas that have a neighbour or are one. */
function withoutIslands(values: Float64Array, weights: Weights): { x: Float64Array; w: Weights } {
  const { neighbours, self } = weights
  expectOneValueAnArea(values, neighbours)
  if (self !== null) throw new RangeError('weights of a global statistic leave the area itself out')
  const { offsets, indices } = neighbours
  const takesPart = new Uint8Array(areaCount(neighbours))
  for (let area = 0; area < takesPart.length; area++) if (offsets[area]! < offsets[area + 1]!) takesPart[area] = 1
  for (const area of indices) takesPart[area] = 1
  if (takesPart.every((part) => part === 1)) return { x: values, w: weights }
  const numbers = new Uint32Array(takesPart.length)
  let count = 0
  for (let area = 0; area < takesPart.length; area++) if (takesPart[area] === 1) numbers[area] = count++
  const part = offsets.slice(0, -1).filter((_, area) => takesPart[area] === 1)
  return {
    x: values.filter((_, area) => takesPart[area] === 1),
    w: {
      // An island has no entries, so that the entries of the others stay where they are.
      neighbours: { offsets: Uint32Array.of(...part, indices.length), indices: indices.map((area) => numbers[area]!) },
      values: weights.values,
      self: null,
    },
  }
}

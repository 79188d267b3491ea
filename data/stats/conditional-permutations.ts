import { areaCount } from './neighbours.ts'
import { Random } from './random.ts'
import { expectOneValueAnArea, type Weights } from './weights.ts'

/** How the figure of each area compares with those of random neighbourhoods. One entry for each area of the range. */
export type PermutationCounts = {
  /** Permutations whose figure is at least, and at most, the area's own; a tie is counted in both. */
  atLeast: Uint32Array<ArrayBuffer>
  atMost: Uint32Array<ArrayBuffer>
  /** Number of permutations of each area; 0 for an island. */
  permutations: Uint32Array<ArrayBuffer>
}

export type PermutationOptions = {
  /**
   * lag: the weighted sum of neighbours, which decides about Gi, Gi* and local Moran (they differ by factors and terms
   * that are the same in every permutation); geary: the weighted sum of squared differences from the area's own value.
   */
  figure: 'lag' | 'geary'
  /** Permutations of each area: exactly so many, unless `enough` ends them earlier. */
  permutations: number
  /**
   * Ends the permutations of an area as soon as so many have been at least and so many at most its own figure
   * (Besag & Clifford 1991, Biometrika 78(2)): where nothing is remarkable, that soon becomes clear, and the time goes
   * to small p. Without it, each area has exactly `permutations`.
   */
  enough?: number
  seed: number
  /** Areas [from, to) of all, so that threads can share them; the counts do not depend on how they are divided. */
  from?: number
  to?: number
  /** Called now and then with the number of areas done. */
  progress?: (done: number) => void
}

/**
 * Conditional permutations (Anselin 1995; `localmoran_perm` of spdep, `crand` of PySAL): each area's own value stays,
 * and its neighbours get values drawn without replacement from those of the n − 1 other areas.
 *
 * As in PySAL all areas use the same random draws: row r of a table has distinct numbers 0 … n − 2, of which an area
 * with k neighbours takes the first k, as positions among the values of all areas but itself. For each area by itself
 * that is a sample like any other; the seed alone decides it.
 *
 * @throws RangeError when there is not one finite value for each area, or a count is no whole number above 0
 * O(permutations × neighbours); memory 4 bytes × permutations × most neighbours of an area.
 */
export function permuteConditionally(
  values: Float64Array,
  weights: Weights,
  { figure, permutations, enough, seed, from = 0, to = values.length, progress }: PermutationOptions,
): PermutationCounts {
  const { neighbours, values: w } = weights
  expectOneValueAnArea(values, neighbours)
  for (const count of [permutations, enough ?? 1])
    if (!(Number.isInteger(count) && count > 0)) throw new RangeError(`${count} permutations`)
  const { offsets, indices } = neighbours
  const width = mostNeighbours(offsets)
  const table = randomRows(areaCount(neighbours) - 1, permutations, width, seed)
  const counts: PermutationCounts = {
    atLeast: new Uint32Array(to - from),
    atMost: new Uint32Array(to - from),
    permutations: new Uint32Array(to - from),
  }
  /** Values of all areas but the current one. */
  const others = new Float64Array(Math.max(0, values.length - 1))
  for (let other = 0; other < others.length; other++) others[other] = values[other < from ? other : other + 1]!
  /** What is summed: the values of the others, or their squared differences from the area's own. */
  const terms = figure === 'lag' ? others : new Float64Array(others.length)
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const rowWeights = new Float64Array(width)
  for (let area = from; area < to; area++) {
    if (area > from) others[area - 1] = values[area - 1]!
    if (progress !== undefined && (area - from) % 256 === 0) progress(area - from)
    const first = offsets[area]!
    const k = offsets[area + 1]! - first
    if (k === 0) continue
    const own = values[area]!
    if (figure === 'geary')
      for (let other = 0; other < others.length; other++) terms[other] = (others[other]! - own) ** 2
    const isUniform = w.subarray(first, first + k).every((weight) => weight === w[first] && weight > 0)
    let observed = 0
    let size = 0
    for (let i = 0; i < k; i++) {
      const value = values[indices[first + i]!]!
      // Equal weights say nothing about order: without them, sums of counts are exact and ties are found.
      const weight = isUniform ? 1 : w[first + i]!
      rowWeights[i] = weight
      observed += weight * (figure === 'lag' ? value : (value - own) ** 2)
      size += Math.abs(weight)
    }
    const tie = size * (figure === 'lag' ? largest : 4 * largest * largest) * 1e-14
    const [low, high] = [observed - tie, observed + tie]
    let [atLeast, atMost, done] = [0, 0, 0]
    const stop = enough ?? Infinity
    while (done < permutations && (atLeast < stop || atMost < stop)) {
      const sum = isUniform
        ? sumOf(terms, table, done * width, k)
        : weightedSum(terms, table, done * width, k, rowWeights)
      if (sum >= low) atLeast++
      if (sum <= high) atMost++
      done++
    }
    counts.atLeast[area - from] = atLeast
    counts.atMost[area - from] = atMost
    counts.permutations[area - from] = done
  }
  progress?.(to - from)
  return counts
}

/**
 * - two-sided: twice the smaller tail, at most 1: the share of false alarms is the level asked for
 * - folded: the smaller tail once, as `p_sim` of PySAL and GeoDa and `Pr(folded)` of spdep; its level of 0.05 is one of
 *   0.10 where both high and low are looked for
 * - greater, less: one tail
 */
export type Alternative = 'two-sided' | 'folded' | 'greater' | 'less'

/**
 * p = (r + 1) / (n + 1), r of n permutations being as extreme as the area itself (Davison & Hinkley 1997, §4.2): never 0,
 * and no smaller than n allows. Where `enough` ended the permutations early it is at most 1/`enough` above the p of
 * Besag & Clifford, h / n. NaN for islands.
 *
 * Ties count as extreme in both tails. Where they counted in one only, an area without cases whose neighbours have
 * none either would be a significant cold spot of rare events.
 */
export function permutationP(
  { atLeast, atMost, permutations }: PermutationCounts,
  alternative: Alternative,
): Float64Array<ArrayBuffer> {
  return Float64Array.from(permutations, (n, area) => {
    if (n === 0) return Number.NaN
    const [greater, less] = [(atLeast[area]! + 1) / (n + 1), (atMost[area]! + 1) / (n + 1)]
    switch (alternative) {
      case 'two-sided':
        return Math.min(1, 2 * greater, 2 * less)
      case 'folded':
        return Math.min(greater, less)
      case 'greater':
        return greater
      case 'less':
        return less
    }
  })
}

function mostNeighbours(offsets: Uint32Array): number {
  let most = 0
  for (let area = 0; area + 1 < offsets.length; area++) most = Math.max(most, offsets[area + 1]! - offsets[area]!)
  return most
}

/** Rows of distinct numbers below `count`: the begin of a shuffle (Fisher & Yates) that each row carries on. */
function randomRows(count: number, rows: number, width: number, seed: number): Uint32Array {
  const random = new Random(seed, 'conditional permutations')
  const order = Uint32Array.from({ length: Math.max(0, count) }, (_, i) => i)
  const table = new Uint32Array(rows * width)
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < width; i++) {
      const j = random.whole(i, count - 1)
      const drawn = order[j]!
      order[j] = order[i]!
      order[i] = drawn
      table[row * width + i] = drawn
    }
  }
  return table
}

function sumOf(terms: Float64Array, table: Uint32Array, start: number, k: number): number {
  let sum = 0
  for (let i = 0; i < k; i++) sum += terms[table[start + i]!]!
  return sum
}

function weightedSum(terms: Float64Array, table: Uint32Array, start: number, k: number, weights: Float64Array): number {
  let sum = 0
  for (let i = 0; i < k; i++) sum += weights[i]! * terms[table[start + i]!]!
  return sum
}

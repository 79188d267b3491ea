import { randomRows, type RowBlock, rowsOfBlock, RowSums } from './random-neighbourhoods.ts'
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
  /** Called after every 1,000 permutations with the share that is done, at most 1. */
  progress?: (share: number) => void
}

/**
 * What the product makes where nothing else is asked for. False-discovery control over thousands of areas needs p far
 * below what 999 permutations can say; with these numbers, p of 0.1 has a standard error of 0.02 and one of 0.001 of
 * 0.0001, at a few times the cost of 999.
 */
export const thorough = { permutations: 99_999, enough: 20 } as const

/**
 * Conditional permutations (Anselin 1995; `localmoran_perm` of spdep, `crand` of PySAL): each area's own value stays,
 * and its neighbours get values drawn without replacement from those of the n − 1 other areas.
 *
 * As in PySAL all areas use the same random draws: a row is the begin of a shuffle of all areas, of which an area with k
 * neighbours takes the first k that are not itself. For each area by itself that is a sample like any other; the seed
 * alone decides it.
 *
 * @throws RangeError when there is not one finite value for each area, or a count is no whole number above 0
 * O((areas + most neighbours of an area) × permutations) where the weights of each row are equal, O(neighbours ×
 * permutations) otherwise; memory 16 kB × most neighbours of an area, and up to 64 MB of draws for the next call.
 */
export function permuteConditionally(
  values: Float64Array,
  weights: Weights,
  options: PermutationOptions,
): PermutationCounts {
  const { figure, permutations, enough = Infinity, seed, from = 0, to = values.length, progress } = options
  const { neighbours } = weights
  expectOneValueAnArea(values, neighbours)
  for (const count of [permutations, Number.isFinite(enough) ? enough : 1])
    if (!(Number.isInteger(count) && count > 0)) throw new RangeError(`${count} permutations`)
  const counts: PermutationCounts = {
    atLeast: new Uint32Array(to - from),
    atMost: new Uint32Array(to - from),
    permutations: new Uint32Array(to - from),
  }
  const most = mostNeighbours(neighbours.offsets)
  if (most === 0) return counts
  // One more, because an area leaves itself out.
  const width = most + 1
  const draws = randomRows(seed, values.length, width)
  // Near 0 squares keep their digits; a whole number leaves counts whole, so that their sums are exact and ties found.
  const origin = Math.round(values.reduce((sum, value) => sum + value, 0) / values.length)
  const moved = values.map((value) => value - origin)
  const compareWith = hasEqualWeights(weights) ? compareWithSums : compareWithRows
  const tie = tieOf(moved, figure)
  let areas = Uint32Array.from({ length: to - from }, (_, at) => from + at).filter(
    (area) => neighbours.offsets[area + 1]! > neighbours.offsets[area]!,
  )
  for (let done = 0; done < permutations && areas.length > 0; done += rowsOfBlock) {
    const [block, rows] = [draws.block(done / rowsOfBlock), Math.min(rowsOfBlock, permutations - done)]
    compareWith(moved, weights, { block, rows, areas, figure, tie, enough, from }, counts)
    areas = areas.filter((area) => !isDone(counts, area - from, enough))
    progress?.(Math.min(1, (done + rowsOfBlock) / permutations))
  }
  return counts
}

type Comparison = {
  block: RowBlock
  rows: number
  /** Those that have not had enough yet; none is an island. */
  areas: Uint32Array
  figure: PermutationOptions['figure']
  /** What rounding may make of equal sums, for each unit of weight. */
  tie: number
  enough: number
  /** The area of the first count. */
  from: number
}

/** Whether the weights of each row are equal and positive: then they say nothing about order, and are left out. */
function hasEqualWeights({ neighbours: { offsets }, values }: Weights): boolean {
  for (let area = 0; area + 1 < offsets.length; area++) {
    const first = values[offsets[area]!]!
    for (let at = offsets[area]!; at < offsets[area + 1]!; at++) if (!(values[at] === first && first > 0)) return false
  }
  return true
}

/** With equal weights: by sums of values and, for (xⱼ − xᵢ)² = xⱼ² − 2 xᵢ xⱼ + xᵢ², of squares. */
function compareWithSums(
  values: Float64Array,
  weights: Weights,
  comparison: Comparison,
  counts: PermutationCounts,
): void {
  const { block, rows, areas, figure, tie, enough, from } = comparison
  const { offsets, indices } = weights.neighbours
  const sums = new RowSums(values, block, rows)
  const squared = values.map((value) => value * value)
  const squares = figure === 'geary' ? new RowSums(squared, block, rows) : null
  const differences = new Float64Array(rows)
  for (const area of areas) {
    const k = offsets[area + 1]! - offsets[area]!
    const own = values[area]!
    let observed = 0
    for (let at = offsets[area]!; at < offsets[area + 1]!; at++) {
      const other = indices[at]!
      observed += squares === null ? values[other]! : squared[other]! - 2 * own * values[other]!
    }
    let figures = sums.ofFirst(k, area)
    if (squares !== null) {
      const squareSums = squares.ofFirst(k, area)
      for (let row = 0; row < differences.length; row++) differences[row] = squareSums[row]! - 2 * own * figures[row]!
      figures = differences
    }
    count(figures, observed, k * tie, enough, counts, area - from)
  }
}

/** With weights of any kind: each row is added up for each area. */
function compareWithRows(
  values: Float64Array,
  weights: Weights,
  comparison: Comparison,
  counts: PermutationCounts,
): void {
  const { block, rows, areas, figure, tie, enough, from } = comparison
  const { offsets, indices } = weights.neighbours
  const figures = new Float64Array(rows)
  for (const area of areas) {
    const start = offsets[area]!
    const k = offsets[area + 1]! - start
    const own = values[area]!
    const term = figure === 'lag' ? (value: number) => value : (value: number) => (value - own) ** 2
    let [observed, size] = [0, 0]
    for (let i = 0; i < k; i++) {
      observed += weights.values[start + i]! * term(values[indices[start + i]!]!)
      size += Math.abs(weights.values[start + i]!)
    }
    for (let row = 0; row < figures.length; row++) {
      let sum = 0
      let at = row * block.width
      for (let i = 0; i < k; i++) {
        if (block.areas[at] === area) at++
        sum += weights.values[start + i]! * term(values[block.areas[at++]!]!)
      }
      figures[row] = sum
    }
    count(figures, observed, size * tie, enough, counts, area - from)
  }
}

/** What rounding may make of equal sums, for weights that sum to 1: of values of this size. */
function tieOf(values: Float64Array, figure: PermutationOptions['figure']): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  return (figure === 'lag' ? largest : 4 * largest * largest) * 1e-14
}

function isDone({ atLeast, atMost }: PermutationCounts, at: number, enough: number): boolean {
  return atLeast[at]! >= enough && atMost[at]! >= enough
}

/** Adds figures of permutations to an area's counts, until there are enough. */
function count(
  figures: Float64Array,
  observed: number,
  tie: number,
  enough: number,
  counts: PermutationCounts,
  at: number,
): void {
  const [low, high] = [observed - tie, observed + tie]
  let [atLeast, atMost] = [counts.atLeast[at]!, counts.atMost[at]!]
  let row = 0
  while (row < figures.length && (atLeast < enough || atMost < enough)) {
    const figure = figures[row++]!
    if (figure >= low) atLeast++
    if (figure <= high) atMost++
  }
  counts.atLeast[at] = atLeast
  counts.atMost[at] = atMost
  counts.permutations[at]! += row
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

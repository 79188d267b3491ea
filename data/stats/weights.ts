import { areaCount, type Neighbours } from './neighbours.ts'

/** How much each neighbour counts. */
export type Weights = {
  readonly neighbours: Neighbours
  /** One for each entry of `neighbours.indices`. */
  readonly values: Float64Array
  /** Weight of each area in its own row, as Gi* has it; null where an area is no neighbour of itself. */
  readonly self: Float64Array | null
}

type Options = {
  /** Whether an area belongs to its own neighbourhood. */
  self?: boolean
}

/** Weight 1 for every neighbour, and for the area itself if asked (style B of spdep). */
export function binaryWeights(neighbours: Neighbours, { self = false }: Options = {}): Weights {
  return {
    neighbours,
    values: new Float64Array(neighbours.indices.length).fill(1),
    self: self ? new Float64Array(areaCount(neighbours)).fill(1) : null,
  }
}

/**
 * Weights of a row that sum to 1 (style W of spdep): the lag is the mean of the neighbours. The row of an island stays
 * empty, or is the area alone.
 */
export function rowStandardisedWeights(neighbours: Neighbours, { self = false }: Options = {}): Weights {
  const weights = binaryWeights(neighbours, { self })
  const { offsets } = neighbours
  for (let area = 0; area < areaCount(neighbours); area++) {
    const size = offsets[area + 1]! - offsets[area]! + (self ? 1 : 0)
    weights.values.fill(1 / size, offsets[area], offsets[area + 1])
    if (weights.self !== null) weights.self[area] = 1 / size
  }
  return weights
}

/** The weighted sum of each area's neighbourhood; 0 for an island. O(areas + neighbours). */
export function spatialLag(
  values: Float64Array,
  { neighbours, values: weights, self }: Weights,
): Float64Array<ArrayBuffer> {
  const { offsets, indices } = neighbours
  expectOneValueAnArea(values, neighbours)
  const lag = new Float64Array(values.length)
  for (let area = 0; area < values.length; area++) {
    let sum = self === null ? 0 : self[area]! * values[area]!
    for (let at = offsets[area]!; at < offsets[area + 1]!; at++) sum += weights[at]! * values[indices[at]!]!
    lag[area] = sum
  }
  return lag
}

/** @throws RangeError when there is not one finite value for each area */
export function expectOneValueAnArea(values: Float64Array, neighbours: Neighbours): void {
  if (values.length !== areaCount(neighbours))
    throw new RangeError(`${values.length} values for ${areaCount(neighbours)} areas`)
  for (let area = 0; area < values.length; area++)
    if (!Number.isFinite(values[area])) throw new RangeError(`the value of area ${area} is ${values[area]}`)
}

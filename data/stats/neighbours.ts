import Flatbush from 'flatbush'

/**
 * Which areas are neighbours of which, as compressed rows: the neighbours of area i are
 * `indices[offsets[i]] … indices[offsets[i + 1] - 1]`, ascending, without i itself and without repetition.
 * `offsets` has one entry more than there are areas.
 */
export type Neighbours = {
  readonly offsets: Uint32Array
  readonly indices: Uint32Array
}

/** Number of areas that neighbours are of. */
export function areaCount({ offsets }: Neighbours): number {
  return offsets.length - 1
}

/** Areas without a neighbour, ascending. They have no lag; local statistics of them are NaN. */
export function islandsOf({ offsets }: Neighbours): Uint32Array<ArrayBuffer> {
  const islands: number[] = []
  for (let area = 0; area + 1 < offsets.length; area++) if (offsets[area] === offsets[area + 1]) islands.push(area)
  return Uint32Array.from(islands)
}

/**
 * Neighbours from a list for each area, in any order; repetitions and the area itself are dropped.
 * @throws RangeError when a list names an area that does not exist
 */
export function neighboursFromLists(lists: readonly Iterable<number>[]): Neighbours {
  const offsets = new Uint32Array(lists.length + 1)
  const rows = lists.map((list, area) => {
    const row = Uint32Array.from(new Set(list)).sort()
    for (const other of list)
      if (!(Number.isInteger(other) && other >= 0 && other < lists.length))
        throw new RangeError(`area ${area} has the neighbour ${other}; areas are 0 to ${lists.length - 1}`)
    return row.filter((other) => other !== area)
  })
  for (const [area, row] of rows.entries()) offsets[area + 1] = offsets[area]! + row.length
  const indices = new Uint32Array(offsets[lists.length]!)
  for (const [area, row] of rows.entries()) indices.set(row, offsets[area])
  return { offsets, indices }
}

/**
 * Areas whose points lie at most `distance` metres apart, both ends included.
 * @param x, y metres, one pair for each area
 * @throws RangeError when the distance is no positive number
 */
export function distanceBand(x: Float64Array, y: Float64Array, distance: number): Neighbours {
  if (!(distance > 0 && distance < Infinity))
    throw new RangeError(`a distance is a positive number of metres, not ${distance}`)
  const index = pointIndex(x, y)
  const lists = Array.from(x, (_, area) => {
    const [px, py] = [x[area]!, y[area]!]
    return index
      .search(px - distance, py - distance, px + distance, py + distance)
      .filter((other) => squaredDistance(x, y, area, other) <= distance * distance)
  })
  return neighboursFromLists(lists)
}

/**
 * The k nearest areas of each, by the distance of their points; of two at the same distance, the one with the lower
 * number. The relation is not symmetric.
 * @param x, y metres, one pair for each area
 * @throws RangeError when there are not more than k areas
 */
export function nearestNeighbours(x: Float64Array, y: Float64Array, k: number): Neighbours {
  if (!(Number.isInteger(k) && k >= 1 && k < x.length))
    throw new RangeError(`${x.length} areas have no ${k} nearest neighbours each`)
  const index = pointIndex(x, y)
  const lists = Array.from(x, (_, area) => {
    const [px, py] = [x[area]!, y[area]!]
    // The k + 1 that the index finds say how far the search must reach; who is chosen at that distance does not depend
    // on the order inside the index.
    let reach = 0
    for (const other of index.neighbors(px, py, k + 1)) reach = Math.max(reach, squaredDistance(x, y, area, other))
    const side = Math.sqrt(reach) * (1 + 1e-12)
    return index
      .search(px - side, py - side, px + side, py + side)
      .filter((other) => other !== area)
      .sort((a, b) => squaredDistance(x, y, area, a) - squaredDistance(x, y, area, b) || a - b)
      .slice(0, k)
  })
  return neighboursFromLists(lists)
}

function pointIndex(x: Float64Array, y: Float64Array): Flatbush {
  const index = new Flatbush(x.length, 16, Float64Array)
  for (let area = 0; area < x.length; area++) index.add(x[area]!, y[area]!)
  index.finish()
  return index
}

function squaredDistance(x: Float64Array, y: Float64Array, a: number, b: number): number {
  return (x[a]! - x[b]!) ** 2 + (y[a]! - y[b]!) ** 2
}

import { cellOrder, endOfRun, firstNeighbours, type CellOrder } from './cell-order.ts'
import { DisjointSets } from './disjoint-sets.ts'

type Numbers = Float32Array | Float64Array

export type PointClusters = {
  /** Number of the cluster of each point from 1, in the order of their first core points; 0 is noise. */
  labels: Int32Array
  /** One byte a point: 1 for a core point. A point of a cluster that is none is a border point. */
  core: Uint8Array
  count: number
}

/** Rows of cells that can hold neighbours: a radius is √2 cells. */
const reach = 2
/** The nearest first, so that enough neighbours are soon found. */
const rowsAround = [0, -1, 1, -2, 2]
/** Up to so many pairs of points of two cells it is quicker to look at all than to choose first. */
const fewPairs = 64

/**
 * DBSCAN (Ester, Kriegel, Sander & Xu 1996), exactly. A point is a core point when at least `minPoints` points, itself
 * included, lie within the radius, at its very distance too. Core points within the radius of each other are one cluster.
 * Any other point within the radius of a core point is a border point and belongs to the cluster of the **nearest** core
 * point, of equally near ones to that with the lowest number, so that the order of the points does not matter (programs
 * differ in this; R and scikit-learn take the cluster that is found first). What remains is noise.
 *
 * Points are sorted into cells whose diagonal is the radius (Gunawan 2013; Gan & Tao 2015): all points of a cell are
 * neighbours, so a cell with `minPoints` points needs no distances, and of two cells one near pair of core points is
 * enough. O(points × points in the neighbouring cells, up to `minPoints`); memory 40 bytes a point.
 *
 * @param x, y metres
 * @param radius metres (eps)
 * @throws RangeError when radius or minPoints is not positive, or a point has no position
 */
export function dbscan(x: Numbers, y: Numbers, radius: number, minPoints: number): PointClusters {
  if (!(radius > 0) || !Number.isFinite(radius))
    throw new RangeError(`a radius is a positive number of metres, not ${radius}`)
  if (!Number.isInteger(minPoints) || minPoints < 1)
    throw new RangeError(`at least one point makes a cluster, not ${minPoints}`)
  // A little less than the diagonal: rounding must not make two points of one cell lie further apart than the radius.
  const cells = cellOrder(x, y, (radius / Math.SQRT2) * (1 - 1e-9))
  const search = new NeighbourSearch(cells, x, y, radius)
  const core = search.corePoints(minPoints)
  const sets = search.connectedCells(core)
  return search.labelled(core, sets)
}

function inOrder(values: Numbers, points: Uint32Array): Float64Array {
  const sorted = new Float64Array(points.length)
  for (let at = 0; at < points.length; at++) sorted[at] = values[points[at]!]!
  return sorted
}

class NeighbourSearch {
  readonly #cells: CellOrder
  readonly #x: Float64Array
  readonly #y: Float64Array
  readonly #radius2: number
  /** Of rows −2 to 2 around each cell, where the cells that can hold neighbours begin. */
  readonly #firsts: Uint32Array[]

  constructor(cells: CellOrder, x: Numbers, y: Numbers, radius: number) {
    this.#cells = cells
    // In the order of the cells, so that neighbours are read one after the other.
    this.#x = inOrder(x, cells.points)
    this.#y = inOrder(y, cells.points)
    this.#radius2 = radius * radius
    this.#firsts = [-2, -1, 0, 1, 2].map((dy) => firstNeighbours(cells, dy, reach))
  }

  /** One byte a point in the order of the cells. */
  corePoints(minPoints: number): Uint8Array {
    const { starts, columns } = this.#cells
    const core = new Uint8Array(this.#x.length)
    const runs = new Uint32Array(2 * rowsAround.length)
    for (let cell = 0; cell < columns.length; cell++) {
      const from = starts[cell]!
      const to = starts[cell + 1]!
      if (to - from >= minPoints) core.fill(1, from, to)
      else {
        this.#runsAround(cell, runs)
        for (let at = from; at < to; at++) if (this.#hasNeighbours(at, runs, minPoints)) core[at] = 1
      }
    }
    return core
  }

  /** The runs of points in the rows around a cell, first and end of each in turn. */
  #runsAround(cell: number, runs: Uint32Array): void {
    const { starts, columns, rows } = this.#cells
    for (let i = 0; i < rowsAround.length; i++) {
      const dy = rowsAround[i]!
      const first = this.#firsts[dy + reach]![cell]!
      runs[2 * i] = starts[first]!
      runs[2 * i + 1] = starts[endOfRun(this.#cells, first, rows[cell]! + dy, columns[cell]! + reach)]!
    }
  }

  /** Whether so many points of the runs, the point itself included, lie within the radius of it. */
  #hasNeighbours(at: number, runs: Uint32Array, minPoints: number): boolean {
    const xs = this.#x
    const ys = this.#y
    const radius2 = this.#radius2
    const x = xs[at]!
    const y = ys[at]!
    let count = 0
    for (let run = 0; run < runs.length; run += 2) {
      const end = runs[run + 1]!
      for (let other = runs[run]!; other < end; other++) {
        const dx = xs[other]! - x
        const dy = ys[other]! - y
        if (dx * dx + dy * dy <= radius2 && ++count === minPoints) return true
      }
    }
    return false
  }

  /** Cells joined where core points of both lie within the radius of each other. */
  connectedCells(core: Uint8Array): DisjointSets {
    const { starts, columns, rows } = this.#cells
    const sets = new DisjointSets(columns.length)
    const hasCore = new Uint8Array(columns.length)
    for (let cell = 0; cell < columns.length; cell++) {
      for (let at = starts[cell]!; at < starts[cell + 1]!; at++) hasCore[cell]! |= core[at]!
    }
    for (let cell = 0; cell < columns.length; cell++) {
      if (hasCore[cell] === 0) continue
      for (let dy = 0; dy <= reach; dy++) {
        const first = dy === 0 ? cell + 1 : this.#firsts[dy + reach]![cell]!
        const end = endOfRun(this.#cells, first, rows[cell]! + dy, columns[cell]! + reach)
        for (let other = first; other < end; other++) {
          if (hasCore[other] === 1 && !sets.areJoined(cell, other) && this.#areNear(cell, other, core))
            sets.join(cell, other)
        }
      }
    }
    return sets
  }

  /** Whether a core point of one cell lies within the radius of a core point of another. */
  #areNear(cell: number, other: number, core: Uint8Array): boolean {
    const { starts } = this.#cells
    const pairs = (starts[cell + 1]! - starts[cell]!) * (starts[other + 1]! - starts[other]!)
    if (pairs <= fewPairs) return this.#haveNearPair(cell, other, core)
    const near = this.#coreNear(other, core, this.#boxOf(cell, core))
    if (near.length === 0) return false
    for (let at = starts[cell]!; at < starts[cell + 1]!; at++) {
      if (core[at] === 0) continue
      const [x, y] = [this.#x[at]!, this.#y[at]!]
      for (const point of near) {
        const [dx, dy] = [this.#x[point]! - x, this.#y[point]! - y]
        if (dx * dx + dy * dy <= this.#radius2) return true
      }
    }
    return false
  }

  #haveNearPair(cell: number, other: number, core: Uint8Array): boolean {
    const { starts } = this.#cells
    for (let at = starts[cell]!; at < starts[cell + 1]!; at++) {
      if (core[at] === 0) continue
      for (let point = starts[other]!; point < starts[other + 1]!; point++) {
        const [dx, dy] = [this.#x[point]! - this.#x[at]!, this.#y[point]! - this.#y[at]!]
        if (core[point] === 1 && dx * dx + dy * dy <= this.#radius2) return true
      }
    }
    return false
  }

  #boxOf(cell: number, core: Uint8Array): [number, number, number, number] {
    const { starts } = this.#cells
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
    for (let at = starts[cell]!; at < starts[cell + 1]!; at++) {
      if (core[at] === 0) continue
      west = Math.min(west, this.#x[at]!)
      east = Math.max(east, this.#x[at]!)
      south = Math.min(south, this.#y[at]!)
      north = Math.max(north, this.#y[at]!)
    }
    return [west, south, east, north]
  }

  /** The core points of a cell within the radius of a box. */
  #coreNear(cell: number, core: Uint8Array, [west, south, east, north]: [number, number, number, number]): number[] {
    const { starts } = this.#cells
    const near: number[] = []
    for (let at = starts[cell]!; at < starts[cell + 1]!; at++) {
      if (core[at] === 0) continue
      const dx = Math.max(0, west - this.#x[at]!, this.#x[at]! - east)
      const dy = Math.max(0, south - this.#y[at]!, this.#y[at]! - north)
      if (dx * dx + dy * dy <= this.#radius2) near.push(at)
    }
    return near
  }

  labelled(core: Uint8Array, sets: DisjointSets): PointClusters {
    const { points, starts, columns } = this.#cells
    const result = { labels: new Int32Array(points.length), core: new Uint8Array(points.length), count: 0 }
    const rootOf = new Int32Array(points.length).fill(-1)
    for (let cell = 0; cell < columns.length; cell++) {
      const root = sets.rootOf(cell)
      for (let at = starts[cell]!; at < starts[cell + 1]!; at++) {
        if (core[at] === 0) continue
        rootOf[points[at]!] = root
        result.core[points[at]!] = 1
      }
    }
    const numbers = new Int32Array(columns.length)
    for (let point = 0; point < points.length; point++) {
      const root = rootOf[point]!
      if (root === -1) continue
      if (numbers[root] === 0) numbers[root] = ++result.count
      result.labels[point] = numbers[root]!
    }
    const runs = new Uint32Array(2 * rowsAround.length)
    for (let cell = 0; cell < columns.length; cell++) {
      const from = starts[cell]!
      const to = starts[cell + 1]!
      let border = from
      while (border < to && core[border] === 1) border++
      if (border === to) continue
      this.#runsAround(cell, runs)
      for (let at = border; at < to; at++)
        if (core[at] === 0) result.labels[points[at]!] = this.#nearestCluster(at, runs, core, result.labels)
    }
    return result
  }

  /** The cluster of the nearest core point within the radius, of equally near ones the lowest; 0 when there is none. */
  #nearestCluster(at: number, runs: Uint32Array, core: Uint8Array, labels: Int32Array): number {
    const x = this.#x[at]!
    const y = this.#y[at]!
    let nearest = this.#radius2
    let label = 0
    for (let run = 0; run < runs.length; run += 2) {
      const end = runs[run + 1]!
      for (let other = runs[run]!; other < end; other++) {
        const dx = this.#x[other]! - x
        const dy = this.#y[other]! - y
        const distance = dx * dx + dy * dy
        if (distance > nearest || core[other] === 0) continue
        const its = labels[this.#cells.points[other]!]!
        if (distance < nearest || label === 0 || its < label) label = its
        nearest = distance
      }
    }
    return label
  }
}

import { hexagonCenter, hexagonKey } from '../geo/hexagon-bins.ts'
import type { FlatPolygons } from './contiguity.ts'
import { type Neighbours, neighboursFromLists } from './neighbours.ts'

export const unitShapes = ['square', 'hexagon'] as const
export type UnitShape = (typeof unitShapes)[number]

/** Squares or hexagons of one size on a raster that is fixed to the origin of the frame, in ascending order of `keys`. */
export type RegularUnits = {
  readonly shape: UnitShape
  /** Metres of a side; of a hexagon, that is also the distance from its centre to a corner. */
  readonly side: number
  /** Number of each unit on the raster: the same cell has the same key in another study area of the same frame. */
  readonly keys: Float64Array
  /** Metres of the centres. */
  readonly x: Float64Array
  readonly y: Float64Array
}

/**
 * The units that overlap polygons, and those that have a point, so that no point is without a unit. A unit that the
 * border only touches with less than a quarter of a side may be missing unless it has a point. Units without a point
 * belong to the study area as much as others: that nothing happened there is what hot spots are compared with.
 *
 * @param polygons of the study area, metres
 * @param x, y of the points, metres in the same frame; none for polygons alone
 * @throws RangeError when the side is no positive number, or so small that a unit has no number (about 10⁶ from the origin)
 * O(cells in the bboxes of areas × their corners).
 */
export function coverWithUnits(
  shape: UnitShape,
  side: number,
  polygons: FlatPolygons,
  x: Float64Array = new Float64Array(),
  y: Float64Array = new Float64Array(),
): RegularUnits {
  if (!(side > 0 && side < Infinity)) throw new RangeError(`a side is a positive number of metres, not ${side}`)
  const keyAt = keysOf(shape, side)
  const found = new Set<number>()
  for (let point = 0; point < x.length; point++) found.add(keyAt(x[point]!, y[point]!))
  for (let area = 0; area + 1 < polygons.areas.length; area++) {
    const edges = edgesOf(polygons, area)
    for (const [ax, ay, bx, by] of edges) {
      const steps = Math.ceil(Math.hypot(bx - ax, by - ay) / (side / 4))
      for (let step = 0; step <= steps; step++) {
        const along = steps === 0 ? 0 : step / steps
        found.add(keyAt(ax + along * (bx - ax), ay + along * (by - ay)))
      }
    }
    for (const key of centersInside(shape, side, edges)) found.add(key)
  }
  const keys = Float64Array.from(found).sort()
  const units = { shape, side, keys, x: new Float64Array(keys.length), y: new Float64Array(keys.length) }
  for (const [unit, key] of keys.entries()) [units.x[unit], units.y[unit]] = centerOf(shape, side, key)
  return units
}

/** The unit of each point; -1 where there is none. */
export function unitsOfPoints({ shape, side, keys }: RegularUnits, x: Float64Array, y: Float64Array): Int32Array {
  const keyAt = keysOf(shape, side)
  const numbers = new Map(Array.from(keys, (key, unit) => [key, unit]))
  return Int32Array.from(x, (_, point) => numbers.get(keyAt(x[point]!, y[point]!)) ?? -1)
}

/** Units that share a side, and for squares with `queen` those that share a corner; hexagons only share sides. */
export function unitNeighbours({ shape, keys }: RegularUnits, rule: 'queen' | 'rook'): Neighbours {
  const numbers = new Map(Array.from(keys, (key, unit) => [key, unit]))
  const steps = shape === 'hexagon' ? hexagonSteps : rule === 'queen' ? [...squareSteps, ...cornerSteps] : squareSteps
  return neighboursFromLists(
    Array.from(keys, (key) =>
      steps.map(([column, row]) => numbers.get(key + column * columnStep + row)).filter((unit) => unit !== undefined),
    ),
  )
}

/** Corners of a unit in metres, counter-clockwise where y is to the north, the first repeated at the end. */
export function unitOutline({ shape, side, x, y }: RegularUnits, unit: number): [number, number][] {
  const [cx, cy] = [x[unit]!, y[unit]!]
  const corners =
    shape === 'square'
      ? [
          [-0.5, -0.5],
          [0.5, -0.5],
          [0.5, 0.5],
          [-0.5, 0.5],
          [-0.5, -0.5],
        ]
      : hexagonCorners
  return corners.map(([dx = 0, dy = 0]) => [cx + dx * side, cy + dy * side])
}

/** Square metres of a unit. */
export function unitArea({ shape, side }: Pick<RegularUnits, 'shape' | 'side'>): number {
  return shape === 'square' ? side * side : ((3 * Math.sqrt(3)) / 2) * side * side
}

const half3 = Math.sqrt(3) / 2
const hexagonCorners = [
  [1, 0],
  [0.5, half3],
  [-0.5, half3],
  [-1, 0],
  [-0.5, -half3],
  [0.5, -half3],
  [1, 0],
]
const squareSteps = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
] as const
const cornerSteps = [
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
] as const
const hexagonSteps = [...squareSteps, [1, -1], [-1, 1]] as const

/** Keys are columns × 2²¹ + rows, each from −2²⁰, as `hexagonKey` packs them. */
const most = 2 ** 20
const columnStep = 2 * most

function keysOf(shape: UnitShape, side: number): (x: number, y: number) => number {
  return (x, y) => {
    if (!(Math.abs(x) < side * most && Math.abs(y) < side * most))
      throw new RangeError(`(${x}, ${y}) is too far from the origin for units of ${side} m`)
    return shape === 'hexagon'
      ? hexagonKey(x, y, side)
      : (Math.floor(x / side) + most) * columnStep + Math.floor(y / side) + most
  }
}

function centerOf(shape: UnitShape, side: number, key: number): [number, number] {
  if (shape === 'hexagon') return hexagonCenter(key, side)
  return [(Math.floor(key / columnStep) - most + 0.5) * side, ((key % columnStep) - most + 0.5) * side]
}

type Edge = [ax: number, ay: number, bx: number, by: number]

function edgesOf({ corners, rings, areas }: FlatPolygons, area: number): Edge[] {
  const edges: Edge[] = []
  for (let ring = areas[area]!; ring < areas[area + 1]!; ring++) {
    const [first, last] = [rings[ring]!, rings[ring + 1]! - 1]
    for (let corner = first, before = last; corner <= last; before = corner++)
      edges.push([corners[before * 2]!, corners[before * 2 + 1]!, corners[corner * 2]!, corners[corner * 2 + 1]!])
  }
  return edges
}

/** Cells whose centre lies inside an area, holes left out: column by column, between crossings of its line of centres. */
function* centersInside(shape: UnitShape, side: number, edges: readonly Edge[]): Generator<number> {
  const step = shape === 'square' ? side : 1.5 * side
  const height = shape === 'square' ? side : Math.sqrt(3) * side
  const keyAt = keysOf(shape, side)
  const xs = edges.map(([ax]) => ax)
  const west = xs.reduce((least, x) => Math.min(least, x), Infinity)
  const east = xs.reduce((most, x) => Math.max(most, x), -Infinity)
  for (let column = Math.floor(west / step) - 1; column * step <= east + step; column++) {
    const x = shape === 'square' ? (column + 0.5) * step : column * step
    // Half-open at the end of an edge, so that a corner on the line is crossed once.
    const crossings = edges
      .filter(([ax, , bx]) => ax > x !== bx > x)
      .map(([ax, ay, bx, by]) => ay + ((x - ax) / (bx - ax)) * (by - ay))
      .sort((a, b) => a - b)
    const offset = shape === 'square' ? 0.5 : column % 2 === 0 ? 0 : 0.5
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const [low, high] = [crossings[i]!, crossings[i + 1]!]
      for (let row = Math.ceil(low / height - offset); (row + offset) * height < high; row++)
        yield keyAt(x, (row + offset) * height)
    }
  }
}

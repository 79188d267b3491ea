import Flatbush from 'flatbush'
import type { MultiPolygon, Polygon, Position } from 'geojson'
import { polygonsOf } from '../geo/plane.ts'
import { type Neighbours, neighboursFromLists } from './neighbours.ts'

/** Polygons of many areas in the plane, flat: the rings of an area are those of all its polygons, holes included. */
export type FlatPolygons = {
  /** x and y of every corner in metres, ring after ring; a ring may repeat its first corner at the end. */
  readonly corners: Float64Array
  /** The first corner of each ring, and one entry more: the number of corners. */
  readonly rings: Uint32Array
  /** The first ring of each area, and one entry more: the number of rings. */
  readonly areas: Uint32Array
}

/** @param project metres east and north of any origin, near enough for the areas to keep their shape */
export function flatPolygons(
  geometries: readonly (Polygon | MultiPolygon)[],
  project: (position: Position) => readonly [number, number],
): FlatPolygons {
  const corners: number[] = []
  const rings = [0]
  const areas = [0]
  for (const geometry of geometries) {
    for (const ring of polygonsOf(geometry).flat()) {
      for (const position of ring) corners.push(...project(position))
      rings.push(corners.length / 2)
    }
    areas.push(rings.length - 1)
  }
  return { corners: Float64Array.from(corners), rings: Uint32Array.from(rings), areas: Uint32Array.from(areas) }
}

export type Contiguity = {
  /** queen: boundaries that meet, if only at a corner; rook: boundaries that share a line. */
  rule: 'queen' | 'rook'
  /**
   * Metres that boundaries drawn separately may lie apart, or overlap by, and still be one: it bridges slivers. With 0,
   * only what rounding of the coordinates explains (10⁻⁹ of their extent) is bridged.
   */
  tolerance: number
}

/**
 * A shared line must be longer than this many tolerances: two edges that leave one corner at an angle of more than
 * asin(1/8), 7°, are within the tolerance of each other for less, and so only meet there.
 */
const tolerancesOfALine = 8

/**
 * Areas whose boundaries meet. Unlike `poly2nb` of spdep, which compares corners, edges are compared: a corner of one
 * area on the edge of another is found. On data whose corners are shared the result is the same.
 *
 * O(edges log edges) with an R-tree over the edges, plus the pairs of edges that are near each other.
 * @throws RangeError for a negative tolerance, or a corner that is no finite number
 */
export function polygonNeighbours(polygons: FlatPolygons, { rule, tolerance }: Contiguity): Neighbours {
  if (!(tolerance >= 0 && tolerance < Infinity))
    throw new RangeError(`a tolerance is a number of metres from 0, not ${tolerance}`)
  const edges = edgesOf(polygons)
  const areas = polygons.areas.length - 1
  const reach = Math.max(tolerance, edges.extent * 1e-9)
  const lists: Set<number>[] = Array.from({ length: areas }, () => new Set())
  if (edges.owner.length === 0) return neighboursFromLists(lists)
  /** Metres of boundary that a pair of areas shares as far as counted, by `lower × areas + higher`. */
  const shared = new Map<number, number>()
  const index = new Flatbush(edges.owner.length, 16, Float64Array)
  for (let edge = 0; edge < edges.owner.length; edge++) index.add(...boxOf(edges.ends, edge, 0))
  index.finish()
  for (let edge = 0; edge < edges.owner.length; edge++) {
    const owner = edges.owner[edge]!
    index.search(...boxOf(edges.ends, edge, reach), (other) => {
      const neighbour = edges.owner[other]!
      if (neighbour <= owner || lists[owner]!.has(neighbour)) return false
      if (rule === 'queen') {
        if (!isWithin(edges.ends, edge, other, reach)) return false
      } else {
        const pair = owner * areas + neighbour
        const length = (shared.get(pair) ?? 0) + sharedLength(edges.ends, edge, other, reach)
        shared.set(pair, length)
        if (length <= tolerancesOfALine * reach) return false
      }
      lists[owner]!.add(neighbour)
      lists[neighbour]!.add(owner)
      return false
    })
  }
  return neighboursFromLists(lists)
}

/** Edges of all areas: x and y of both ends, and the area of each. */
type Edges = { ends: Float64Array; owner: Uint32Array; extent: number }

function edgesOf({ corners, rings, areas }: FlatPolygons): Edges {
  const ends: number[] = []
  const owner: number[] = []
  let extent = 0
  for (let area = 0; area + 1 < areas.length; area++) {
    for (let ring = areas[area]!; ring < areas[area + 1]!; ring++) {
      const first = rings[ring]!
      const last = rings[ring + 1]! - 1
      for (let corner = first, before = last; corner <= last; before = corner++) {
        const [ax, ay] = [corners[before * 2]!, corners[before * 2 + 1]!]
        const [bx, by] = [corners[corner * 2]!, corners[corner * 2 + 1]!]
        if (!Number.isFinite(bx + by)) throw new RangeError(`a corner of area ${area} is (${bx}, ${by})`)
        extent = Math.max(extent, Math.abs(bx), Math.abs(by))
        if (ax === bx && ay === by) continue
        ends.push(ax, ay, bx, by)
        owner.push(area)
      }
    }
  }
  return { ends: Float64Array.from(ends), owner: Uint32Array.from(owner), extent }
}

function boxOf(ends: Float64Array, edge: number, margin: number): [number, number, number, number] {
  const [ax, ay, bx, by] = endsOf(ends, edge)
  return [Math.min(ax, bx) - margin, Math.min(ay, by) - margin, Math.max(ax, bx) + margin, Math.max(ay, by) + margin]
}

function endsOf(ends: Float64Array, edge: number): [number, number, number, number] {
  const at = edge * 4
  return [ends[at]!, ends[at + 1]!, ends[at + 2]!, ends[at + 3]!]
}

/** Whether two edges cross or come as near as `reach`. */
function isWithin(ends: Float64Array, edge: number, other: number, reach: number): boolean {
  const [ax, ay, bx, by] = endsOf(ends, edge)
  const [cx, cy, dx, dy] = endsOf(ends, other)
  const limit = reach * reach
  if (
    squaredDistanceToEdge(ax, ay, bx, by, cx, cy) <= limit ||
    squaredDistanceToEdge(ax, ay, bx, by, dx, dy) <= limit ||
    squaredDistanceToEdge(cx, cy, dx, dy, ax, ay) <= limit ||
    squaredDistanceToEdge(cx, cy, dx, dy, bx, by) <= limit
  )
    return true
  const side = (px: number, py: number, qx: number, qy: number, x: number, y: number) =>
    (qx - px) * (y - py) - (qy - py) * (x - px)
  return (
    side(ax, ay, bx, by, cx, cy) * side(ax, ay, bx, by, dx, dy) < 0 &&
    side(cx, cy, dx, dy, ax, ay) * side(cx, cy, dx, dy, bx, by) < 0
  )
}

function squaredDistanceToEdge(ax: number, ay: number, bx: number, by: number, x: number, y: number): number {
  const [ux, uy] = [bx - ax, by - ay]
  const along = Math.max(0, Math.min(1, ((x - ax) * ux + (y - ay) * uy) / (ux * ux + uy * uy)))
  return (ax + along * ux - x) ** 2 + (ay + along * uy - y) ** 2
}

/** Metres of an edge beside which the other runs within `reach`. */
function sharedLength(ends: Float64Array, edge: number, other: number, reach: number): number {
  const [ax, ay, bx, by] = endsOf(ends, edge)
  const [cx, cy, dx, dy] = endsOf(ends, other)
  const length = Math.sqrt((bx - ax) ** 2 + (by - ay) ** 2)
  const [ux, uy] = [(bx - ax) / length, (by - ay) / length]
  // The other edge in the frame of this one: s metres along it and h metres beside it.
  const [s0, h0] = [(cx - ax) * ux + (cy - ay) * uy, (cy - ay) * ux - (cx - ax) * uy]
  const [s1, h1] = [(dx - ax) * ux + (dy - ay) * uy, (dy - ay) * ux - (dx - ax) * uy]
  const [fromBeside, toBeside] = within(h0, h1, -reach, reach)
  const [fromAlong, toAlong] = within(s0, s1, 0, length)
  const share = Math.min(toBeside, toAlong) - Math.max(fromBeside, fromAlong)
  return share > 0 ? share * Math.abs(s1 - s0) : 0
}

/** The part of 0 … 1 in which a value that goes from `start` to `end` lies between two limits; empty where from > to. */
function within(start: number, end: number, low: number, high: number): [from: number, to: number] {
  if (start === end) return start >= low && start <= high ? [0, 1] : [1, 0]
  const [one, two] = [(low - start) / (end - start), (high - start) / (end - start)]
  return [Math.max(0, Math.min(one, two)), Math.min(1, Math.max(one, two))]
}

import type { Geometry, Position } from 'geojson'
import type { BoundingBox } from '../domain/position.ts'
import { bboxOf, orientation } from './plane.ts'

/** A geometry taken apart: what its points, lines and outlines are made of. */
type Parts = {
  box: BoundingBox
  /** x1, y1, x2, y2 of each side of a line or an outline. */
  sides: Float64Array
  polygons: Position[][][]
  /** A position of each connected part. */
  samples: Position[]
  points: Position[]
}

/** Number of sides and points of a geometry: what comparing it costs. */
export function cornersOf(geometry: Geometry): number {
  const { sides, points } = partsOf(geometry)
  return sides.length / 4 + points.length
}

/**
 * Whether a shape has a place in common with others that come one by one; borders belong to shapes, and rings are read
 * by the even-odd rule. Plane, in degrees.
 */
export function intersectsWith(shape: Geometry): (geometry: Geometry) => boolean {
  const own = partsOf(shape)
  return (geometry) => {
    const other = partsOf(geometry)
    if (!overlap(own.box, other.box)) return false
    // Without common borders a connected part lies within the other shape as a whole, or outside.
    return sidesMeet(own, other) || own.samples.some((at) => covers(other, at)) || samplesIn(other, own)
  }
}

/** Whether a shape has a point in common with a box; one whose west is greater than its east crosses the date line. */
export function intersectsBox(geometry: Geometry, [west, south, east, north]: BoundingBox): boolean {
  if (west > east) {
    return intersectsBox(geometry, [west, south, 180, north]) || intersectsBox(geometry, [-180, south, east, north])
  }
  const ring = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ]
  return intersectsWith({ type: 'Polygon', coordinates: [ring] })(geometry)
}

function samplesIn({ samples }: Parts, shape: Parts): boolean {
  return samples.some((at) => covers(shape, at))
}

function partsOf(geometry: Geometry): Parts {
  const lines: Position[][] = []
  const polygons: Position[][][] = []
  const points: Position[] = []
  const pending: Geometry[] = [geometry]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    switch (next.type) {
      case 'GeometryCollection':
        pending.push(...next.geometries)
        break
      case 'Point':
        points.push(next.coordinates)
        break
      case 'MultiPoint':
        points.push(...next.coordinates)
        break
      case 'LineString':
        lines.push(next.coordinates)
        break
      case 'MultiLineString':
        lines.push(...next.coordinates)
        break
      case 'Polygon':
        polygons.push(next.coordinates)
        break
      case 'MultiPolygon':
        polygons.push(...next.coordinates)
        break
    }
  }
  const paths = [...lines, ...polygons.flat()]
  const box = bboxOf([...points, ...paths.flat()])
  const samples = [...points, ...lines, ...polygons.map(([outer = []]) => outer)].map(firstOf)
  return { box, sides: sidesOf(paths), polygons, points, samples }
}

function firstOf(part: Position | Position[]): Position {
  const [first] = part
  return Array.isArray(first) ? first : (part as Position)
}

function sidesOf(paths: readonly Position[][]): Float64Array {
  const sides = new Float64Array(paths.reduce((sum, path) => sum + Math.max(path.length - 1, 0), 0) * 4)
  let at = 0
  for (const path of paths)
    for (let i = 1; i < path.length; i++, at += 4)
      sides.set([path[i - 1]![0]!, path[i - 1]![1]!, path[i]![0]!, path[i]![1]!], at)
  return sides
}

function overlap(one: BoundingBox, other: BoundingBox): boolean {
  return one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3]
}

function sidesMeet(one: Parts, other: Parts): boolean {
  const near = sidesWithin(one.sides, other.box)
  if (near.length === 0) return false
  const a = one.sides
  const b = other.sides
  for (let j = 0; j < b.length; j += 4)
    for (const i of near)
      if (meet(a[i]!, a[i + 1]!, a[i + 2]!, a[i + 3]!, b[j]!, b[j + 1]!, b[j + 2]!, b[j + 3]!)) return true
  return false
}

/** Where the sides stand whose own boxes reach into a box. */
function sidesWithin(sides: Float64Array, [west, south, east, north]: BoundingBox): number[] {
  const found: number[] = []
  for (let i = 0; i < sides.length; i += 4) {
    const [x1, y1, x2, y2] = [sides[i]!, sides[i + 1]!, sides[i + 2]!, sides[i + 3]!]
    if (Math.min(x1, x2) > east || Math.max(x1, x2) < west) continue
    if (Math.min(y1, y2) <= north && Math.max(y1, y2) >= south) found.push(i)
  }
  return found
}

/** Whether two sides, from a to b and from c to d, have a point in common, ends included. */
function meet(ax: number, ay: number, bx: number, by: number, cx: number, cy: number, dx: number, dy: number): boolean {
  if (Math.max(ax, bx) < Math.min(cx, dx) || Math.max(cx, dx) < Math.min(ax, bx)) return false
  if (Math.max(ay, by) < Math.min(cy, dy) || Math.max(cy, dy) < Math.min(ay, by)) return false
  const c = orientation(ax, ay, bx, by, cx, cy)
  const d = orientation(ax, ay, bx, by, dx, dy)
  const a = orientation(cx, cy, dx, dy, ax, ay)
  const b = orientation(cx, cy, dx, dy, bx, by)
  // Their boxes overlap: where one end does not lie strictly on the same side as the other, twice, they meet.
  return c * d <= 0 && a * b <= 0
}

/** Whether a position belongs to a shape. */
function covers({ box, sides, polygons, points }: Parts, [x = 0, y = 0]: Position): boolean {
  if (!overlap(box, [x, y, x, y])) return false
  if (points.some(([px, py]) => px === x && py === y)) return true
  for (let i = 0; i < sides.length; i += 4)
    if (meet(sides[i]!, sides[i + 1]!, sides[i + 2]!, sides[i + 3]!, x, y, x, y)) return true
  return polygons.some((rings) => isInside(rings, x, y))
}

/** By the even-odd rule (Shimrat 1962), holes included. */
function isInside(rings: readonly Position[][], x: number, y: number): boolean {
  let inside = false
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [x1, y1] = [ring[j]![0]!, ring[j]![1]!]
      const [x2, y2] = [ring[i]![0]!, ring[i]![1]!]
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
    }
  }
  return inside
}

import type { Geometry, MultiPolygon, Polygon, Position } from 'geojson'
import type { BoundingBox } from '../domain/position.ts'

/**
 * Plane geometry of positions in any units, degrees or metres: x to the east, y to the north. Rings may repeat their
 * first position at the end, as GeoJSON has them, or not.
 */
type Point = readonly number[]
type Ring = readonly Point[]

/** [west, south, east, north] of positions; the other way round and infinite when there are none. */
export function bboxOf(positions: Iterable<Point>): BoundingBox {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x = 0, y = 0] of positions) {
    if (x < west) west = x
    if (x > east) east = x
    if (y < south) south = y
    if (y > north) north = y
  }
  return [west, south, east, north]
}

/** The bbox around several; infinite the other way round when there are none, like `bboxOf`. */
export function unionBbox(bboxes: Iterable<BoundingBox>): BoundingBox {
  const corners: Point[] = []
  for (const [west, south, east, north] of bboxes) corners.push([west, south], [east, north])
  return bboxOf(corners)
}

/** Like `bboxOf`, for all positions of a geometry. */
export function bboxOfGeometry(geometry: Geometry): BoundingBox {
  return bboxOf(positionsOf(geometry))
}

function* positionsOf(geometry: Geometry): Generator<Point> {
  if (geometry.type === 'GeometryCollection') {
    for (const part of geometry.geometries) yield* positionsOf(part)
    return
  }
  // Coordinates nest to a depth that depends on the type; a position is what begins with a number.
  const pending: unknown[] = [geometry.coordinates]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (!Array.isArray(next)) continue
    if (typeof next[0] === 'number') yield next as number[]
    else pending.push(...(next as unknown[]))
  }
}

/** The polygons of a geometry, each as its rings. */
export function polygonsOf(geometry: Polygon | MultiPolygon): Position[][][] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
}

/** Area in square units of the coordinates, counter-clockwise positive. */
export function signedArea(ring: Ring): number {
  // Relative to the first position, so that metres with a zone number keep their digits.
  const [x0 = 0, y0 = 0] = ring[0] ?? []
  let sum = 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1 = 0, y1 = 0] = ring[j] ?? []
    const [x2 = 0, y2 = 0] = ring[i] ?? []
    sum += (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
  }
  return sum / 2
}

/** The centroid of the area that a ring encloses; NaN where it encloses none. */
export function centroid(ring: Ring): [number, number] {
  // Relative to the first position, or the products of large coordinates drown the differences.
  const [x0 = 0, y0 = 0] = ring[0] ?? []
  let x = 0
  let y = 0
  let doubleArea = 0
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = [(ring[j]?.[0] ?? 0) - x0, (ring[j]?.[1] ?? 0) - y0]
    const [bx, by] = [(ring[i]?.[0] ?? 0) - x0, (ring[i]?.[1] ?? 0) - y0]
    const cross = ax * by - bx * ay
    doubleArea += cross
    x += (ax + bx) * cross
    y += (ay + by) * cross
  }
  return [x0 + x / (3 * doubleArea), y0 + y / (3 * doubleArea)]
}

/** Point in ring by ray casting, half-open at the upper end of an edge. */
export function ringContains(ring: Ring, [x = 0, y = 0]: Point): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x1 = 0, y1 = 0] = ring[j] ?? []
    const [x2 = 0, y2 = 0] = ring[i] ?? []
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside
  }
  return inside
}

export function distance([x1 = 0, y1 = 0]: Point, [x2 = 0, y2 = 0]: Point): number {
  // Far faster than Math.hypot, whose guard against overflow metres do not need.
  return Math.sqrt((x2 - x1) ** 2 + (y2 - y1) ** 2)
}

/** The point of segment ab that is nearest to p. */
export function nearestOnSegment(
  [ax = 0, ay = 0]: Point,
  [bx = 0, by = 0]: Point,
  [px = 0, py = 0]: Point,
): [number, number] {
  const dx = bx - ax
  const dy = by - ay
  const length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / length))
  return [ax + along * dx, ay + along * dy]
}

export function distanceToSegment(a: Point, b: Point, p: Point): number {
  return distance(nearestOnSegment(a, b, p), p)
}

/**
 * Units of a degree: positions have seven decimals, so that every corner is a whole number of them (about 1 cm). In these
 * units the sign of `orientation` is exact up to nine degrees across.
 */
export const unitsPerDegree = 1e7

/** Twice the signed area of the triangle abc: positive where c lies to the left of the line from a to b. */
export function orientation(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
}

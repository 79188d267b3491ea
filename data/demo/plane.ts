import { bboxOf, distance, distanceToSegment, orientation } from '../geo/plane.ts'

/** Points and rings in metres: x to the east, y to the north. Rings are open and counter-clockwise. */
export type Point = readonly [number, number]
export type Ring = readonly Point[]

export function segmentsCross(a: Point, b: Point, c: Point, d: Point): boolean {
  const isLeft = (p: Point, q: Point, r: Point) => orientation(p[0], p[1], q[0], q[1], r[0], r[1]) > 0
  return isLeft(a, b, c) !== isLeft(a, b, d) && isLeft(c, d, a) !== isLeft(c, d, b)
}

export function segmentsDistance(a: Point, b: Point, c: Point, d: Point): number {
  if (segmentsCross(a, b, c, d)) return 0
  return Math.min(
    distanceToSegment(a, b, c),
    distanceToSegment(a, b, d),
    distanceToSegment(c, d, a),
    distanceToSegment(c, d, b),
  )
}

/** Keeps what lies to the left of the line through a and b, moved left by `offset` metres (Sutherland–Hodgman). */
export function clipLeft(ring: Ring, a: Point, b: Point, offset: number): Point[] {
  const length = distance(a, b)
  const [nx, ny] = [-(b[1] - a[1]) / length, (b[0] - a[0]) / length]
  const level = nx * a[0] + ny * a[1] + offset
  const height = ([x, y]: Point) => nx * x + ny * y - level
  const result: Point[] = []
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const p = ring[j] as Point
    const q = ring[i] as Point
    const hp = height(p)
    const hq = height(q)
    if (hp >= 0 !== hq >= 0)
      result.push([p[0] + ((q[0] - p[0]) * hp) / (hp - hq), p[1] + ((q[1] - p[1]) * hp) / (hp - hq)])
    if (hq >= 0) result.push(q)
  }
  return result
}

/** A ring moved inwards, edge i by `by(i)` metres. For rings that are convex or nearly so; empty when nothing is left. */
export function inset(ring: Ring, by: (edge: number) => number): Point[] {
  let result: Point[] = [...ring]
  for (let i = 0; i < ring.length && result.length > 2; i++) {
    const a = ring[i] as Point
    const b = ring[(i + 1) % ring.length] as Point
    if (distance(a, b) > 0.01) result = clipLeft(result, a, b, by(i))
  }
  return result.length > 2 ? result : []
}

/** A turned coordinate system: u along the angle (radians from east), v to its left. */
export class Axes {
  readonly angle: number
  readonly #cos: number
  readonly #sin: number
  constructor(angle: number) {
    this.angle = angle
    this.#cos = Math.cos(angle)
    this.#sin = Math.sin(angle)
  }
  in([x, y]: Point): Point {
    return [x * this.#cos + y * this.#sin, y * this.#cos - x * this.#sin]
  }
  out([u, v]: Point): Point {
    return [u * this.#cos - v * this.#sin, u * this.#sin + v * this.#cos]
  }
  /** [u from, v from, u to, v to] of a ring. */
  box(ring: Ring): [number, number, number, number] {
    return bboxOf(ring.map((point) => this.in(point)))
  }
}

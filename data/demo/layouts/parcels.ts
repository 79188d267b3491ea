import { bboxOf, centroid, distance, signedArea } from '../../geo/plane.ts'
import { Axes, clipLeft, inset } from '../plane.ts'
import type { Point } from '../plane.ts'
import type { Shape } from '../plan/shape.ts'
import type { Draft, Site } from '../plan/site.ts'

export type ParcelOptions = {
  area: [number, number]
  /** Width of the alleys of the first, second … cut. */
  alleys: readonly number[]
  /** Share of parcels with a court, and that stay open as a yard. */
  court: number
  yard: number
  draft: (area: number) => Omit<Draft, 'shape'>
}

/** Old lanes: the block is cut again and again along crooked alleys until houses are left. */
export function parcels(site: Site, options: ParcelOptions): void {
  const inside = site.inside(0.3)
  if (inside.length > 2) cut(site, options, inside, 0)
}

function cut(site: Site, options: ParcelOptions, ring: Point[], depth: number): void {
  const { random } = site
  const area = signedArea(ring)
  if (area < random.between(...options.area)) return house(site, options, ring, area)
  const axes = new Axes(longest(ring) + random.bell(0, 0.05))
  const [u0, v0, u1, v1] = axes.box(ring)
  const wide = u1 - u0 > v1 - v0
  const share = random.between(0.4, 0.6)
  const a: Point = axes.out(wide ? [u0 + (u1 - u0) * share, v0] : [u0, v0 + (v1 - v0) * share])
  const b: Point = axes.out(wide ? [u0 + (u1 - u0) * share, v1] : [u1, v0 + (v1 - v0) * share])
  const alley = options.alleys[Math.min(depth, options.alleys.length - 1)] as number
  const left = clipLeft(ring, a, b, alley / 2)
  const right = clipLeft(ring, b, a, alley / 2)
  if (left.length < 3 || right.length < 3) return house(site, options, ring, area)
  if (alley >= 2.4) site.ornament('road', depth < 2 ? 'service' : 'path', chord(ring, a, b))
  cut(site, options, left, depth + 1)
  cut(site, options, right, depth + 1)
}

function house(site: Site, options: ParcelOptions, ring: Point[], area: number): void {
  const { random } = site
  const [w, s, e, n] = bboxOf(ring)
  if (area < 38 || Math.min(e - w, n - s) < 4.5 || random.chance(options.yard)) return
  const hollow = area > 190 && random.chance(options.court)
  // A court as deep as a room leaves it, or a house that gives a corner away as its yard.
  const court = hollow ? inset(ring, () => random.between(5, 6.5)) : []
  const courts = court.length > 2 && signedArea(court) > 24 ? [court.toReversed()] : []
  const shape: Shape =
    courts.length > 0 || ring.length !== 4 || area < 120 || !random.chance(0.45)
      ? { outer: ring, courts, pieces: [ring] }
      : withNotch(ring, random.between(0.3, 0.5), random.between(0.35, 0.55), random.whole(0, 3))
  if (site.fits({ ...shape, pieces: [shrunk(ring)] }, 0.1)) site.put(shape, options.draft(area))
}

/** A house that leaves one corner of its parcel open. */
function withNotch(ring: Point[], wide: number, deep: number, at: number): Shape {
  const [a, b, c, d] = [0, 1, 2, 3].map((i) => ring[(i + at) % 4] as Point) as [Point, Point, Point, Point]
  const onBC = mix(b, c, 1 - deep)
  const onCD = mix(c, d, wide)
  const inner = mix(onBC, mix(a, d, 1 - deep), wide)
  return { outer: [a, b, onBC, inner, onCD, d], courts: [], pieces: [[a, b, c, d]] }
}

function mix(p: Point, q: Point, share: number): Point {
  return [p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share]
}

/** Neighbours share a wall's thickness: the test for overlaps must not see the shared line itself. */
function shrunk(ring: Point[]): Point[] {
  const middle = centroid(ring)
  return ring.map((point) => mix(point, middle, 0.03))
}

function longest(ring: Point[]): number {
  let best = 0
  let angle = 0
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i] as Point
    const b = ring[(i + 1) % ring.length] as Point
    const length = distance(a, b)
    if (length <= best) continue
    best = length
    angle = Math.atan2(b[1] - a[1], b[0] - a[0])
  }
  return angle
}

/** The stretch of the line ab inside a convex ring. */
function chord(ring: Point[], a: Point, b: Point): Point[] {
  const hits = clipLeft(ring, a, b, 0)
  const axes = new Axes(Math.atan2(b[1] - a[1], b[0] - a[0]))
  const level = axes.in(a)[1]
  const us = hits
    .map((point) => axes.in(point))
    .filter(([, v]) => Math.abs(v - level) < 0.01)
    .map(([u]) => u)
  return [axes.out([Math.min(...us), level]), axes.out([Math.max(...us), level])]
}

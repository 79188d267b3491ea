import { distance, bboxOf, centroid, signedArea } from '../../geo/plane.ts'
import { type Shape, block, corner } from '../plan/shape.ts'
import { type Draft, type Site, setback } from '../plan/site.ts'
import type { EdgeKind } from '../plan/subdivision.ts'
import { Axes, type Point, clipLeft, inset } from '../plane.ts'

type RowOptions = {
  axes: Axes
  depth: number
  /** Metres between the rows. */
  spacing: number
  length: [number, number]
  /** Metres between buildings of a row. */
  gap: number
  /** Width of the way through the middle, 0 for none. */
  spine: number
  /** Share of places left empty. */
  skip: number
  clearance: number
  shape: (u: number, v: number, width: number, row: number) => Shape
  draft: (width: number) => Omit<Draft, 'shape'>
  /** Draw the ways between the rows. */
  paths: boolean
}

/** Parallel rows across the block, filled with buildings of about the same length, and the ways that lead to them. */
export function rows(site: Site, options: RowOptions): void {
  const { random } = site
  const { axes, depth, spacing, gap, length } = options
  const [from, bottom, to, top] = axes.box(site.inside().length > 2 ? site.inside() : site.ring)
  const middle = from + (to - from) * random.between(0.42, 0.58)
  const usable = (v: number) =>
    split(site.stretches(v, depth, options.clearance, axes), middle, options.spine).filter(
      ([a, b]) => b - a > length[0] + 0.2,
    )
  const spine: Point[] = []
  for (let v = bottom + 0.2, row = 0; v + depth < top;) {
    // A little further up a row may fit better between roads that are not quite parallel to it.
    let best: [number, number][] = []
    let at = v
    for (let look = 0; look <= spacing * 0.5 + 2 && v + look + depth < top; look += 1.5) {
      const found = usable(v + look)
      if (sum(found) <= sum(best) * 1.04 + 1) continue
      best = found
      at = v + look
    }
    if (best.length === 0) {
      v += spacing * 0.5 + 3
      continue
    }
    v = at
    let [west, east] = [Infinity, -Infinity]
    for (const [a, b] of best) {
      const pieces = Math.max(1, Math.ceil((b - a + gap) / (length[1] + gap)))
      const width = (b - a - 0.2 - gap * (pieces - 1)) / pieces
      west = Math.min(west, a)
      east = Math.max(east, b)
      for (let piece = 0; piece < pieces; piece++) {
        if (random.chance(options.skip)) continue
        const u = a + 0.1 + piece * (width + gap)
        site.build(options.shape(u, v, width, row), options.clearance * 0.7, options.draft(width), axes)
      }
    }
    const way = v + depth + spacing / 2
    if (way + depth * 0.6 < top) {
      if (options.paths) site.ornament('road', 'path', [axes.out([west, way]), axes.out([east, way])])
    }
    if (options.spine > 0) spine.push([middle, way])
    row++
    v += depth + spacing
  }
  if (options.spine > 0) drawSpine(site, axes, middle, spine)
}

/** The way through the middle, carried on to the roads around wherever no building stands in between. */
function drawSpine(site: Site, axes: Axes, u: number, ways: readonly Point[]): void {
  const [first, last] = [ways[0], ways.at(-1)]
  if (first === undefined || last === undefined) return
  const ends = levels(
    site.ring.map((point) => axes.in(point)),
    u,
  )
  const reach = (from: number, to: number) => {
    const [low, high] = [Math.min(from, to), Math.max(from, to)]
    const strip: Point[] = [
      [u - 2, low],
      [u + 2, low],
      [u + 2, high],
      [u - 2, high],
    ]
    return site.isOpen(strip.map((point) => axes.out(point))) ? to : from
  }
  const from = reach(first[1], ends.findLast((v) => v < first[1]) ?? first[1])
  const to = reach(last[1], ends.find((v) => v > last[1]) ?? last[1])
  if (to - from > 12) site.ornament('road', 'service', [axes.out([u, from]), axes.out([u, to])])
}

/** Where the line u meets a ring, ascending. */
function levels(ring: readonly Point[], u: number): number[] {
  const found: number[] = []
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const p = ring[j] as Point
    const q = ring[i] as Point
    if (p[0] < u !== q[0] < u) found.push(p[1] + ((q[1] - p[1]) * (u - p[0])) / (q[0] - p[0]))
  }
  return found.sort((a, b) => a - b)
}

function sum(stretches: readonly [number, number][]): number {
  return stretches.reduce((total, [a, b]) => total + b - a, 0)
}

/** Stretches with the way through the middle taken out. */
function split(stretches: [number, number][], middle: number, width: number): [number, number][] {
  if (width === 0) return stretches
  return stretches.flatMap(([a, b]): [number, number][] =>
    a < middle - width / 2 - 6 && b > middle + width / 2 + 6
      ? [
          [a, middle - width / 2],
          [middle + width / 2, b],
        ]
      : [[a, b]],
  )
}

type FrontageOptions = {
  kinds: readonly EdgeKind[]
  depth: [number, number]
  width: [number, number]
  gap: number
  /** Share of the frontage that stays open. */
  open: number
  draft: () => Omit<Draft, 'shape'>
}

/** Buildings along the roads of a block, wall to wall or nearly so; afterwards the block's inside begins behind them. */
export function frontage(site: Site, options: FrontageOptions): void {
  const { random } = site
  const used: number[] = []
  for (const [i, edge] of site.edges.entries()) {
    if (!options.kinds.includes(edge.kind)) continue
    const a = site.ring[i] as Point
    const b = site.ring[(i + 1) % site.ring.length] as Point
    const length = distance(a, b)
    if (length < options.width[0]) continue
    const axes = new Axes(Math.atan2(b[1] - a[1], b[0] - a[0]))
    const [from, base] = axes.in(a)
    let u = from + 0.4
    let built = 0
    while (u < from + length - options.width[0]) {
      const width = Math.min(random.between(...options.width), from + length - u - 0.4)
      const depth = random.between(...options.depth)
      const v = base + setback[edge.kind]
      if (!random.chance(options.open)) {
        const bent = width > 24 && random.chance(0.22)
        const wing = depth * random.between(1.35, 1.7)
        const [across, left] = [random.between(8, 11), random.chance(0.5)]
        // Where the road bends inwards the house stands a little further back.
        for (const back of [0.2, 0.9, 1.8, 3.2]) {
          const shape = bent ? corner(u, v + back, width, depth, wing, across, left) : block(u, v + back, width, depth)
          if (site.build(shape, options.gap * 0.8, options.draft(), axes)) {
            built++
            break
          }
        }
      }
      u += width + options.gap
    }
    if (built > 0) used.push(i)
  }
  for (const edge of used) site.retreat(edge, options.depth[1] + 5)
}

type ParcelOptions = {
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

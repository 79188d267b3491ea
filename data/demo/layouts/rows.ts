import { Axes } from '../plane.ts'
import type { Point } from '../plane.ts'
import type { Shape } from '../plan/shape.ts'
import type { Draft, Site } from '../plan/site.ts'

export type RowOptions = {
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

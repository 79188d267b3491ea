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
  if (site.buildable.length < 3) return
  const [from, bottom, to, top] = axes.box(site.buildable)
  const pitch = depth + spacing
  const count = Math.max(1, Math.floor((top - bottom + spacing - 1) / pitch))
  // The rows share what is left over.
  const slack = Math.max(0, top - bottom - count * pitch + spacing)
  const step = count > 1 ? pitch + Math.min(slack / (count - 1), spacing * 0.5) : pitch
  const start = count > 1 ? bottom + (slack - (step - pitch) * (count - 1)) / 2 : bottom + slack / 2
  const middle = from + (to - from) * random.between(0.42, 0.58)
  const spine: Point[] = []
  for (let row = 0; row < count; row++) {
    const v = start + row * step
    const shift = random.between(0, gap)
    let [west, east] = [Infinity, -Infinity]
    for (const [a, b] of split(site.stretches(v, depth, options.clearance, axes), middle, options.spine)) {
      const pieces = Math.max(1, Math.ceil((b - a + gap) / (length[1] + gap)))
      const width = (b - a - gap * (pieces - 1)) / pieces
      if (width < length[0]) continue
      west = Math.min(west, a)
      east = Math.max(east, b)
      for (let piece = 0; piece < pieces; piece++) {
        if (random.chance(options.skip)) continue
        const inner = pieces > 2 && piece > 0 && piece < pieces - 1 ? (random.next() - 0.5) * shift * 0.5 : 0
        const u = a + piece * (width + gap) + inner
        site.build(options.shape(u, v, width, row), options.clearance * 0.7, options.draft(width), axes)
      }
    }
    const way = v + depth + (step - depth) / 2
    if (west < east && row + 1 < count) {
      if (options.paths) site.ornament('path', 'path', [axes.out([west, way]), axes.out([east, way])])
      spine.push([middle, way])
    }
  }
  if (options.spine > 0 && spine.length > 1)
    site.ornament(
      'path',
      'path',
      [spine[0], spine.at(-1)].map((point) => axes.out(point as Point)),
    )
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

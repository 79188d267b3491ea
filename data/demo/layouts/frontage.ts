import { distance } from '../../geo/plane.ts'
import { Axes } from '../plane.ts'
import type { Point } from '../plane.ts'
import { block, corner } from '../plan/shape.ts'
import { setback } from '../plan/site.ts'
import type { Draft, Site } from '../plan/site.ts'
import type { EdgeKind } from '../plan/subdivision.ts'

export type FrontageOptions = {
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

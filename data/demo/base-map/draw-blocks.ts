import { lineOf, polygonOf } from '../geometry.ts'
import { inset } from '../plane.ts'
import type { BuiltPlan } from '../plan/build-up.ts'
import { setback } from '../plan/site.ts'
import type { Edge } from '../plan/subdivision.ts'
import type { Drawing } from './draw-base-map.ts'
import { roadRank } from './draw-roads.ts'
import type { RoadKind } from './draw-roads.ts'

/** Each block's ground, as wide as its kerbs allow, and what its layout drew on it. */
export function drawBlocks(built: BuiltPlan): Drawing[] {
  const drawings: Drawing[] = []
  for (const { site } of built.communities.flatMap((community) => community.grids.flatMap((grid) => grid.blocks))) {
    const kerb = inset(site.ring, (edge) => setback[(site.edges[edge] as Edge).kind] * 0.55)
    const whole = site.ornaments.some(
      (ornament) => ornament.points.length >= site.ring.length && ornament.layer !== 'road',
    )
    if (!whole && kerb.length > 2)
      drawings.push({ layer: 'land', kind: 'residential', name: '', rank: 0, geometry: polygonOf(kerb) })
    for (const { layer, kind, name, points } of site.ornaments)
      drawings.push(
        layer === 'road'
          ? { layer, kind, name, rank: roadRank[kind as RoadKind], geometry: lineOf(points) }
          : { layer, kind, name, rank: 0, geometry: polygonOf(points) },
      )
  }
  return drawings
}

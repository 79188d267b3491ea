import type { BaseFeature } from '../street.ts'
import { lineOf, pointOf, polygonOf } from '../geometry.ts'
import type { Home } from '../make-buildings.ts'
import { centroid } from '../plane.ts'
import type { BuiltPlan } from '../plan/build-up.ts'
import { drawRoads } from './draw-roads.ts'
import { drawWater } from './draw-water.ts'
import { drawPlaces } from './draw-places.ts'

export type Drawing = Omit<BaseFeature, 'id'>

/** Everything the map shows under the data: land, water, green, roads, rails and names. */
export function drawBaseMap(built: BuiltPlan, homes: readonly Home[]): BaseFeature[] {
  const drawings: Drawing[] = [...drawWater(built), ...drawRoads(built)]
  const named = new Set<string>()
  for (const { site } of built.communities.flatMap((community) => community.grids.flatMap((grid) => grid.blocks)))
    for (const { layer, kind, name, points } of site.ornaments) {
      if (layer === 'path') drawings.push({ layer: 'road', kind: 'path', name: '', rank: 5, geometry: lineOf(points) })
      else if (layer === 'place') drawings.push({ layer, kind, name, rank: 5, geometry: pointOf(points[0] ?? [0, 0]) })
      else drawings.push({ layer, kind, name, rank: 0, geometry: polygonOf(points) })
      if (name === '' || layer === 'path' || layer === 'place' || named.has(name)) continue
      named.add(name)
      drawings.push({
        layer: 'place',
        kind: kind === 'garden' ? 'park' : kind,
        name,
        rank: 3,
        geometry: pointOf(centroid(points)),
      })
    }
  drawings.push(...drawPlaces(homes))
  return drawings.map((drawing, i) => ({ id: `B${String(i + 1).padStart(5, '0')}`, ...drawing }))
}

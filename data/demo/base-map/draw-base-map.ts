import type { StreetSite } from '../city/site.ts'
import type { BaseFeature } from '../street.ts'
import type { Home } from '../make-buildings.ts'
import type { BuiltPlan } from '../plan/build-up.ts'
import { drawBlocks } from './draw-blocks.ts'
import { drawPlaces } from './draw-places.ts'
import { drawRoads } from './draw-roads.ts'
import { drawSurroundings } from './draw-surroundings.ts'
import { drawWaterside } from './draw-waterside.ts'

export type Drawing = Omit<BaseFeature, 'id'>

/**
 * Everything the map shows under the data, in the order in which it lies: ground, water, roads, rails, names.
 * Where other streets stand around, the city around is not drawn.
 */
export function drawBaseMap(built: BuiltPlan, homes: readonly Home[], site: StreetSite): BaseFeature[] {
  const drawings = [
    ...drawBlocks(built),
    ...drawWaterside(site),
    ...(site.scale === 'street' ? drawSurroundings() : []),
    ...drawRoads(built),
    ...drawPlaces(built, homes),
  ]
  return drawings.map((drawing, i) => ({ id: `B${String(i + 1).padStart(5, '0')}`, ...drawing }))
}

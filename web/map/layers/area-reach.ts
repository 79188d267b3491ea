import type { AreaLevel } from '@minqing/data/domain/area-code'
import type { Feature, FeatureCollection } from 'geojson'

/** Metres across the ground of a usual area of its level; zoom thresholds of the style are made for these. */
const usualSpan: Record<AreaLevel, number> = { street: Infinity, community: 800, grid: 300 }

/** Zoom levels by which an area is shown earlier than usual because it is larger: an imported precinct is a grid too. */
export function reachOf(level: AreaLevel, feature: Feature): number {
  const area: unknown = feature.properties?.areaM2
  if (typeof area !== 'number' || !(area > 0)) return 0
  return Math.max(0, Math.floor(Math.log2(Math.sqrt(area) / usualSpan[level])))
}

/** The same areas, each with its `reach`. */
export function withReach(level: AreaLevel, areas: FeatureCollection | undefined): FeatureCollection | undefined {
  if (areas === undefined) return undefined
  const features = areas.features.map((feature) => ({
    ...feature,
    properties: { ...feature.properties, reach: reachOf(level, feature) },
  }))
  return { ...areas, features }
}

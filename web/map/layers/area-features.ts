import { levelOf } from '@minqing/data/domain/area-code'
import { labelPoint } from '@minqing/data/geo/label-point'
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import { reachOf } from './area-reach.ts'
import type { MapInputs } from '../map-inputs.ts'

type Areas = NonNullable<MapInputs['areas']>
export type AreaLabel = {
  code: string
  level: string
  name: string
  /** As a grid is called in daily work: its last three digits, or a name of its own. */
  short: string
  households: number | null
  worker: string
  order: number
  reach: number
}

const noFeatures: FeatureCollection = { type: 'FeatureCollection', features: [] }

/** Where each area's name is written, and what it says. */
export function areaLabels(areas: Areas | undefined): FeatureCollection {
  if (areas === undefined) return noFeatures
  const all = [...areas.streets.features, ...areas.communities.features, ...areas.grids.features]
  return { type: 'FeatureCollection', features: all.flatMap(labelled) }
}

function labelled(feature: Feature, order: number): Feature[] {
  if (!isArea(feature)) return []
  const point = labelPoint(feature.geometry)
  const { code, name, households, worker } = feature.properties as Record<string, unknown>
  if (point === null || typeof code !== 'string') return []
  const level = levelOf(code)
  const called = typeof name === 'string' ? name : ''
  const label: AreaLabel = {
    code,
    level,
    name: called,
    // A name that only repeats the number says less than the number; an imported precinct has a name of its own.
    short: called === '' || called.includes('网格') || called.startsWith(code.slice(-3)) ? code.slice(-3) : called,
    households: typeof households === 'number' ? households : null,
    worker: typeof worker === 'string' ? worker : '',
    order,
    reach: reachOf(level, feature),
  }
  return [{ type: 'Feature', properties: label, geometry: { type: 'Point', coordinates: point } }]
}

function isArea(feature: Feature): feature is Feature<Polygon | MultiPolygon> {
  return feature.geometry.type === 'Polygon' || feature.geometry.type === 'MultiPolygon'
}

/** The source that holds an area of a code. */
export function sourceOf(code: string): 'streets' | 'communities' | 'grids' {
  switch (levelOf(code)) {
    case 'street':
      return 'streets'
    case 'community':
      return 'communities'
    case 'grid':
      return 'grids'
  }
}

export function findArea(areas: Areas | undefined, code: string): Feature<Polygon | MultiPolygon> | undefined {
  if (areas === undefined || !/^(\d{9}|\d{12}|\d{15})$/.test(code)) return undefined
  const found = areas[sourceOf(code)].features.find((feature) => feature.properties?.code === code)
  return found !== undefined && isArea(found) ? found : undefined
}

/** The rest of the world around an area: what recedes while the area is looked into. */
export function spotlight(areas: Areas | undefined, code: string | null): FeatureCollection {
  const area = code === null ? undefined : findArea(areas, code)
  if (area === undefined) return noFeatures
  const polygons = area.geometry.type === 'Polygon' ? [area.geometry.coordinates] : area.geometry.coordinates
  const holes = polygons.map((rings) => rings[0]).filter((ring): ring is Position[] => ring !== undefined)
  const world: Position[] = [
    [-180, -85],
    [180, -85],
    [180, 85],
    [-180, 85],
    [-180, -85],
  ]
  const geometry: Polygon = { type: 'Polygon', coordinates: [world, ...holes] }
  return { type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry }] }
}

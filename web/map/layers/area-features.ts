import { levelOf, type AreaLevel } from '@minqing/data/domain/area-code'
import { labelPoint } from '@minqing/data/geo/label-point'
import type { Feature, FeatureCollection, MultiPolygon, Polygon, Position } from 'geojson'
import type { ExpressionSpecification } from 'maplibre-gl'
import type { MapInputs } from '../map-inputs.ts'
import { noFeatures } from './map-layer.ts'

type Areas = NonNullable<MapInputs['areas']>
export type AreaSource = keyof Areas

/** From these zooms on a level is what the eye and the finger mean. */
export const areaZoom = { community: 12.2, grid: 14.4 } as const

/** Metres across an area of default size of its level; the zoom thresholds of the style are made for these. */
const defaultSpan: Record<AreaLevel, number> = { street: Infinity, community: 800, grid: 300 }

/** Zoom levels by which an area is shown earlier because it is larger: an imported precinct is a grid too. */
export function zoomOffset(level: AreaLevel, feature: Feature): number {
  const area: unknown = feature.properties?.areaM2
  if (typeof area !== 'number' || !(area > 0)) return 0
  return Math.max(0, Math.floor(Math.log2(Math.sqrt(area) / defaultSpan[level])))
}

/** The same areas, each with its `zoomOffset`. */
export function withZoomOffset(level: AreaLevel, areas: FeatureCollection | undefined): FeatureCollection | undefined {
  if (areas === undefined) return undefined
  const features = areas.features.map((feature) => ({
    ...feature,
    properties: { ...feature.properties, zoomOffset: zoomOffset(level, feature) },
  }))
  return { ...areas, features }
}

const offset: ExpressionSpecification = ['get', 'zoomOffset']
export const isDefaultSize: ExpressionSpecification = ['==', offset, 0]

/** Filter for areas that are larger than the default of their level, from the zoom where they fill as much of the screen. */
export function isLarge(from: number, ...more: ExpressionSpecification[]): ExpressionSpecification {
  return ['all', ['>', offset, 0], ['>=', ['zoom'], ['-', Math.floor(from), offset]], ...more]
}

/** Filter for zooms at which a large area does not show its grids yet. */
export const beforeLargeGrids: ExpressionSpecification = ['<', ['zoom'], ['-', areaZoom.grid - 2, offset]]

export type AreaLabel = {
  code: string
  level: AreaLevel
  name: string
  /** As a grid is called in daily work: its last three digits, or a name of its own. */
  short: string
  households: number | null
  worker: string
  /** What the label says instead of all that, in lines; empty where nothing was given as the property `label`. */
  label: string
  order: number
  zoomOffset: number
}

/** A label point for each area, with what its label shows. */
export function areaLabels(areas: Areas | undefined): FeatureCollection {
  if (areas === undefined) return noFeatures
  const all = [...areas.streets.features, ...areas.communities.features, ...areas.grids.features]
  return { type: 'FeatureCollection', features: all.flatMap(labelled) }
}

function labelled(feature: Feature, order: number): Feature[] {
  if (!isArea(feature)) return []
  const point = labelPoint(feature.geometry)
  const { code, name, households, worker, label: given } = feature.properties as Record<string, unknown>
  if (point === null || typeof code !== 'string') return []
  const level = levelOf(code)
  const known = typeof name === 'string' ? name : ''
  const label: AreaLabel = {
    code,
    level,
    name: known,
    // A name that only repeats the number gives way to it; an imported precinct has a name of its own.
    short: known === '' || known.includes('网格') || known.startsWith(code.slice(-3)) ? code.slice(-3) : known,
    households: typeof households === 'number' ? households : null,
    worker: typeof worker === 'string' ? worker : '',
    label: typeof given === 'string' ? given : '',
    order,
    zoomOffset: zoomOffset(level, feature),
  }
  return [{ type: 'Feature', properties: label, geometry: { type: 'Point', coordinates: point } }]
}

function isArea(feature: Feature): feature is Feature<Polygon | MultiPolygon> {
  return feature.geometry.type === 'Polygon' || feature.geometry.type === 'MultiPolygon'
}

const sources: Record<AreaLevel, AreaSource> = { street: 'streets', community: 'communities', grid: 'grids' }

/** The source that holds the area of a code; null where the text is no area's code. */
export function sourceOf(code: string): AreaSource | null {
  return /^(\d{9}|\d{12}|\d{15})$/.test(code) ? sources[levelOf(code)] : null
}

export function findArea(areas: Areas | undefined, code: string): Feature<Polygon | MultiPolygon> | undefined {
  const source = sourceOf(code)
  if (areas === undefined || source === null) return undefined
  const found = areas[source].features.find((feature) => feature.properties?.code === code)
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

import { riskLabels, risks } from '@minqing/data/domain/risk'
import { incidentTypes } from '@minqing/data/domain/incident-type'
import { incidentStatuses } from '@minqing/data/domain/incident-status'
import type { Point } from 'maplibre-gl'
import { incidentsFrom } from './layers/incidents-in-view.ts'
import type { MapHit, MapInputs, MapTarget } from './map-inputs.ts'
import type { Scene } from './map-scene.ts'
import { areaZoom } from './layers/areas.ts'

/** Pixels around a mark that still mean it: half a finger on touch screens, where the pointer is coarse. */
const reach = matchMedia('(pointer: coarse)').matches ? 20 : 11
/** Nearer than this a tap on a house means the house, farther away its grid. */
const buildingsFrom = 16

/** What lies under a point of the screen: the smallest thing first. */
export function hitAt(scene: Scene, inputs: MapInputs, point: Point): MapHit | null {
  const found =
    incidentAt(scene, inputs, point) ??
    facilityAt(scene, point) ??
    buildingAt(scene, point) ??
    areaAt(scene, inputs, point)
  if (found === null) return null
  const { lng, lat } = scene.map.unproject(point)
  return { ...found, x: point.x, y: point.y, lon: lng, lat, density: scene.data.densityAt(lng, lat) }
}

type Found = MapTarget & { properties: Record<string, unknown> }

function incidentAt(scene: Scene, inputs: MapInputs, point: Point): Found | null {
  const { columns, layers } = inputs
  const { map, data } = scene
  if (columns === undefined || !layers.incidents || map.getZoom() < (inputs.incidentsFrom ?? incidentsFrom)) return null
  const distance = reach * inputs.scale
  const corners = [
    [-1, -1],
    [1, -1],
    [-1, 1],
    [1, 1],
  ].map(([dx, dy]) => map.unproject([point.x + dx! * distance * 2, point.y + dy! * distance * 2]))
  const [west, east] = [Math.min(...corners.map(({ lng }) => lng)), Math.max(...corners.map(({ lng }) => lng))]
  const [south, north] = [Math.min(...corners.map(({ lat }) => lat)), Math.max(...corners.map(({ lat }) => lat))]
  const { rows, places } = data.incidents
  let best = -1
  let nearest = distance
  for (let i = rows.length - 1; i >= 0; i--) {
    const [lon, lat] = [places[i * 2]!, places[i * 2 + 1]!]
    if (lon < west || lon > east || lat < south || lat > north) continue
    const away = map.project([lon, lat]).dist(point)
    if (away < nearest) [best, nearest] = [i, away]
  }
  if (best < 0) return null
  const row = rows[best]!
  const risk = risks[columns.risk[row]!]!
  const properties = {
    number: columns.number(row),
    type: incidentTypes[columns.type[row]!],
    status: incidentStatuses[columns.status[row]!],
    risk,
    riskLabel: riskLabels[risk],
    reportedAt: new Date(columns.reported[row]! * 1000).toISOString(),
  }
  return { kind: 'incident', id: data.incidentId(row), properties }
}

function facilityAt({ map }: Scene, { x, y }: Point): Found | null {
  const [feature] = map.queryRenderedFeatures(
    [
      [x - 5, y - 5],
      [x + 5, y + 5],
    ],
    { layers: ['facility', 'detector'] },
  )
  const { streetCode, id } = feature?.properties ?? {}
  return found('facility', feature && { ...feature.properties, featureId: `${streetCode}-${id}` }, 'featureId')
}

function buildingAt({ map }: Scene, point: Point): Found | null {
  if (map.getZoom() < buildingsFrom) return null
  const [feature] = map.queryRenderedFeatures(point, { layers: ['building-3d', 'building-flat'] })
  return found('building', feature?.properties, 'code')
}

/** The smallest area that is large enough on the screen to be meant; a larger one is meant from farther away. */
function areaAt({ map }: Scene, inputs: MapInputs, point: Point): Found | null {
  const from = {
    'grids-ground': !inputs.layers.grids ? Infinity : (inputs.area?.length ?? 0) >= 12 ? -Infinity : areaZoom.grid,
    // From above all streets a street is meant until communities have their names.
    'communities-ground': areaZoom.community - (inputs.area === null ? 0 : 1.5),
    'streets-ground': -Infinity,
  }
  for (const [level, zoom] of Object.entries(from)) {
    const [feature] = map.queryRenderedFeatures(point, { layers: [level] })
    if (feature === undefined) continue
    const reach: unknown = feature.properties['reach']
    if (map.getZoom() >= zoom - (typeof reach === 'number' ? reach : 0))
      return found('area', feature.properties, 'code')
  }
  return null
}

function found(kind: MapTarget['kind'], properties: Record<string, unknown> | undefined, key: string): Found | null {
  const id = properties?.[key]
  return properties !== undefined && typeof id === 'string' ? { kind, id, properties } : null
}

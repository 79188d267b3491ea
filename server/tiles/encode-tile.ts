import type { TileAddress } from '@minqing/data/geo/mercator'
import type { Feature, Geometry } from 'geojson'
import GeoJSONVT, { type RawFeature } from 'geojson-vt'
import { placePolygon } from './place-polygon.ts'
import { tileBuffer, tileExtent, type TileRow, type TileShape } from './tile-shape.ts'
import { writeTile } from './write-tile.ts'

/** Full detail from here in; further out shapes are simplified by less than a pixel. */
const detailZoom = 16

/**
 * Mapbox Vector Tile 2.1 of the layers; empty where none has anything in the tile. Features may reach beyond the tile
 * as far as they like: they are cut.
 */
export function encodeTile(tile: TileAddress, layers: Record<string, readonly TileRow[]>): Uint8Array {
  const shapes = Object.entries(layers).map(([name, rows]) => [name, shapesOf(rows, tile)] as const)
  return writeTile(shapes.filter(([, found]) => found.length > 0))
}

/** The rows' shapes in the tile: what lies within it at once, what reaches beyond or is long by the general tool. */
function shapesOf(rows: readonly TileRow[], tile: TileAddress): TileShape[] {
  const placed: TileShape[] = []
  const others: Feature[] = []
  for (const { geometry: text, properties } of rows) {
    const geometry = JSON.parse(text) as Geometry
    const paths = geometry.type === 'Polygon' ? placePolygon(geometry, tile) : undefined
    if (paths === undefined) others.push({ type: 'Feature', geometry, properties })
    else if (paths.length > 0) placed.push({ type: 3, paths, properties })
  }
  return others.length === 0 ? placed : [...placed, ...cut(others, tile)]
}

function cut(features: Feature[], { z, x, y }: TileAddress): TileShape[] {
  const index = new GeoJSONVT(
    { type: 'FeatureCollection', features },
    { maxZoom: Math.max(detailZoom, z), indexMaxZoom: 0, extent: tileExtent, buffer: tileBuffer },
  )
  return (index.getTileRaw(z, x, y)?.features ?? []).map(asShape)
}

/** A lone point is kept apart from others there, as type 4. */
function asShape(feature: RawFeature): TileShape {
  const properties = (feature.tags ?? {}) as TileShape['properties']
  if (feature.type === 4) return { type: 1, paths: [[feature.x, feature.y]], properties }
  return { type: feature.type, paths: feature.type === 1 ? [feature.geometry] : feature.geometry, properties }
}

import type { TileAddress } from '@minqing/data/geo/tile-box'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { Feature } from 'geojson'
import GeoJSONVT from 'geojson-vt'

export const tileExtent = 4096
/** Units of the extent that a tile holds beyond its edges: lines and outlines then join without a seam. */
export const tileBuffer = 64

/** Full detail from here in; further out shapes are simplified by less than a pixel. */
const detailZoom = 16

/**
 * Mapbox Vector Tile 2.1 of the layers; empty where none has anything in the tile. Features may reach beyond the tile
 * as far as they like: they are cut.
 */
export function encodeTile({ z, x, y }: TileAddress, layers: Record<string, readonly Feature[]>): Uint8Array {
  const encoded = Object.entries(layers).flatMap(([name, features]) => {
    const maxZoom = Math.max(detailZoom, z)
    const collection = { type: 'FeatureCollection' as const, features: [...features] }
    const index = new GeoJSONVT(collection, { maxZoom, indexMaxZoom: 0, extent: tileExtent, buffer: tileBuffer })
    const tile = index.getTile(z, x, y)
    return tile === null || tile.features.length === 0 ? [] : [[name, tile] as const]
  })
  if (encoded.length === 0) return new Uint8Array()
  return fromGeojsonVt(Object.fromEntries(encoded), {
    version: 2,
    extent: tileExtent,
  })
}

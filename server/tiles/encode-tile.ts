import { mercatorX, mercatorY, type TileAddress } from '@minqing/data/geo/mercator'
import type { Feature, Geometry, Polygon } from 'geojson'
import GeoJSONVT, { type RawFeature } from 'geojson-vt'
import type { TileRow } from '../features/feature-source.ts'
import { tileBuffer, tileExtent, type TileShape, writeTile } from './write-tile.ts'

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

/** The library gives a single point a type of its own, 4. */
function asShape(feature: RawFeature): TileShape {
  const properties = (feature.tags ?? {}) as TileShape['properties']
  if (feature.type === 4) return { type: 1, paths: [[feature.x, feature.y]], properties }
  return { type: feature.type, paths: feature.type === 1 ? [feature.geometry] : feature.geometry, properties }
}

/** More corners than a house has may be too many for a far view: they are simplified with the general tool. */
const fewCorners = 64

/**
 * The rings of a polygon in units of the tile, when it lies within the tile and its buffer and has few corners: nothing
 * is to be cut or simplified then, and most buildings of a tile are drawn by this. `undefined` for any other. Outer
 * rings run clockwise on the screen, holes against (MVT 2.1 §4.3.4.4); a ring that one unit swallows is left out, and
 * with an outer one its holes.
 */
function placePolygon({ coordinates }: Polygon, { z, x, y }: TileAddress): number[][] | undefined {
  const across = tileExtent * 2 ** z
  const [left, top] = [x * tileExtent, y * tileExtent]
  const rings: number[][] = []
  for (const [index, ring] of coordinates.entries()) {
    if (ring.length > fewCorners) return undefined
    const path: number[] = []
    let [lastColumn, lastRow] = [Number.NaN, Number.NaN]
    // The last position repeats the first; the format closes rings by itself.
    for (let corner = 0; corner < ring.length - 1; corner++) {
      const [lon, lat] = ring[corner] as [number, number]
      const column = Math.round(mercatorX(lon) * across - left)
      const row = Math.round(mercatorY(lat) * across - top)
      if (isOutside(column) || isOutside(row)) return undefined
      if (column === lastColumn && row === lastRow) continue
      path.push(column, row)
      lastColumn = column
      lastRow = row
    }
    const area = doubleArea(path)
    if (area === 0) {
      if (index === 0) return []
    } else rings.push(area > 0 === (index === 0) ? path : reversed(path))
  }
  return rings
}

function isOutside(unit: number): boolean {
  return unit < -tileBuffer || unit > tileExtent + tileBuffer
}

/** Twice the area, positive where the ring runs clockwise with y downwards. */
function doubleArea(path: readonly number[]): number {
  let sum = 0
  let fromX = path[path.length - 2]!
  let fromY = path[path.length - 1]!
  for (let i = 0; i < path.length; i += 2) {
    const toX = path[i]!
    const toY = path[i + 1]!
    sum += fromX * toY - toX * fromY
    fromX = toX
    fromY = toY
  }
  return sum
}

function reversed(path: readonly number[]): number[] {
  const turned: number[] = []
  for (let i = path.length - 2; i >= 0; i -= 2) turned.push(path[i]!, path[i + 1]!)
  return turned
}

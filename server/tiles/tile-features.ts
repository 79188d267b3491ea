import type { AreaLevel } from '@minqing/data/domain/area-code'
import { degreesPerPixel, type TileAddress, tileBox } from '@minqing/data/geo/mercator'
import { asBoxes } from '../store/bounding-box.ts'
import type { Transaction } from '../store/connect.ts'
import { pointGeometry } from '../store/point-geometry.ts'
import { tileBuffer, tileExtent, type TileRow } from './tile-shape.ts'

export type TileLayers = Record<string, TileRow[]>

/** A tile that would hold more is drawn with the largest ones. */
const maxFeatures = 20_000

/** Footprints that a pixel would swallow are left out, so that a far view stays a picture and not a download. */
const smallestPixels = 1

/** From here in, house numbers are in the tile. */
const houseNumberZoom = 16

type Row = TileRow['properties'] & { geometry: string }

/** Buildings of a tile (index building_extent), as layer `buildings`. */
export async function buildingTile(transaction: Transaction, tile: TileAddress): Promise<TileLayers> {
  const rows = await transaction<Row[]>`
    select geometry, code, name, height, floors, use, built_year from building
    where extent && ${lookedAt(transaction, tile)}
      and greatest(width(extent), height(extent)) >= ${smallestPixels * degreesPerPixel(tile.z)}::float8
    order by area(extent) desc, code limit ${maxFeatures}`
  return { buildings: rows.map(apart) }
}

/** Ground, water, green, roads, rails and names of a tile (index base_feature_extent), each kind a layer. */
export async function baseTile(transaction: Transaction, tile: TileAddress): Promise<TileLayers> {
  // House numbers are many, and read from near by only.
  const withNumbers = tile.z >= houseNumberZoom
  const rows = await transaction<(Row & { layer: string })[]>`
    select layer, geometry, kind, name, rank from base_feature
    where extent && ${lookedAt(transaction, tile)}
      and (layer = 'place' or greatest(width(extent), height(extent)) >= ${smallestPixels * degreesPerPixel(tile.z)}::float8)
      and (${withNumbers} or kind <> 'house_number')
    order by area(extent) desc, id limit ${maxFeatures}`
  const layers: TileLayers = {}
  for (const { layer, ...row } of rows) (layers[layer] ??= []).push(apart(row))
  return layers
}

/** Areas of a level in a tile (index area_extent), those that a pixel would swallow left out. */
export async function areaTile(
  transaction: Transaction,
  tile: TileAddress,
  level: AreaLevel,
  layer: string,
): Promise<TileLayers> {
  const rows = await transaction<Row[]>`
    select geometry, code, name, households, residents from area
    where level = ${level} and extent && ${lookedAt(transaction, tile)}
      and greatest(width(extent), height(extent)) >= ${smallestPixels * degreesPerPixel(tile.z)}::float8
    order by area(extent) desc, code limit ${maxFeatures}`
  return { [layer]: rows.map(apart) }
}

/** Facilities of a tile (index facility_position). */
export async function facilityTile(transaction: Transaction, tile: TileAddress): Promise<TileLayers> {
  const rows = await transaction<Row[]>`
    select ${pointGeometry(transaction, 'position')} as geometry, id, street_code, kind, name, status from facility
    where position <@ ${lookedAt(transaction, tile)} order by street_code, id limit ${maxFeatures}`
  return { facilities: rows.map(apart) }
}

function lookedAt(transaction: Transaction, tile: TileAddress) {
  return asBoxes(transaction, tileBox(tile, tileBuffer / tileExtent))[0]!
}

function apart({ geometry, ...properties }: Row): TileRow {
  return { geometry, properties }
}

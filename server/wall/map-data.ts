import { streetOf } from '@minqing/data/domain/area-code'
import type { WallArea, WallAreas, WallCells, WallContacts } from '@minqing/data/domain/wall'
import { degreesPerPixel, type TileAddress } from '@minqing/data/geo/mercator'
import { readBaseTile } from '../base/tile-set.ts'
import type { TileRow } from '../features/feature-source.ts'
import type { Transaction } from '../store/connect.ts'
import { encodeTile } from '../tiles/encode-tile.ts'
import { isDrawn } from '../tiles/demo-ground.ts'
import { maxFeatures, tileGround } from '../tiles/tile-set.ts'

/** Outlines of the areas of a street. */
export async function listWallAreas(transaction: Transaction, area: string): Promise<WallAreas> {
  const rows = await transaction<(WallArea & { geometry: string })[]>`
    select code, level, parent_code, street_code, name, grid_type, households, area_m2, geometry from area
    where street_code = ${streetOf(area)} order by code`
  const ofLevel = (level: WallArea['level']): WallAreas['grids'] => ({
    type: 'FeatureCollection',
    features: rows
      .filter((row) => row.level === level)
      .map(({ geometry, ...properties }) => ({
        type: 'Feature',
        id: properties.code,
        properties,
        geometry: JSON.parse(geometry) as WallAreas['grids']['features'][number]['geometry'],
      })),
  })
  return { streets: ofLevel('street'), communities: ofLevel('community'), grids: ofLevel('grid') }
}

/**
 * Counted cases whose position is a place, by cell of 50 m: of the thirty days before the clock hour that `now` lies in,
 * and of the whole of that hour (function `count_wall_cells` of 022.do.wall-cells-of-places.sql, index incident_reported).
 */
export async function countWallCells(transaction: Transaction, area: string, now: Date): Promise<WallCells> {
  const rows = await transaction<{ x: number; y: number; count: number }[]>`
    select x, y, cases as count from count_wall_cells(${area}, ${now.toISOString()}) order by y, x`
  return {
    cell: 50,
    x: rows.map(({ x }) => x),
    y: rows.map(({ y }) => y),
    counts: rows.map(({ count }) => count),
  }
}

/**
 * Buildings of a tile (index building_extent) as layer `buildings` of a vector tile: shape, height and use, without
 * code, name and number. Those smaller than a pixel are left out. Empty where there are none.
 */
export async function wallBuildingTile(transaction: Transaction, tile: TileAddress): Promise<Uint8Array> {
  const rows = await transaction<(TileRow['properties'] & { geometry: string })[]>`
    select geometry, height, floors, use from building
    where extent && ${tileGround(transaction, tile)} and greatest(width(extent), height(extent)) >= ${degreesPerPixel(tile.z)}::float8
      and ${isDrawn(transaction)}
    order by area(extent) desc, geometry limit ${maxFeatures}`
  return encodeTile(tile, { buildings: rows.map(({ geometry, ...properties }) => ({ geometry, properties })) })
}

/** The base map in a tile, without house numbers: a wall shows no address. Empty where there is nothing. */
export async function wallBaseTile(transaction: Transaction, tile: TileAddress): Promise<Uint8Array> {
  return encodeTile(tile, await readBaseTile(transaction, tile, false))
}

/** Grid workers on duty in a community; read as role `duty`, which may read nothing else. */
export async function listWallContacts(transaction: Transaction, community: string): Promise<WallContacts> {
  return transaction<WallContacts>`
    select grid_code, name, phone from duty_contact
    where street_code = ${streetOf(community)} and starts_with(grid_code, ${community}) order by grid_code`
}

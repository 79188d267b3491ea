import type { Label } from '@minqing/data/domain/label'
import type { TileAddress } from '@minqing/data/geo/mercator'
import { sourceOf } from '../features/sources.ts'
import type { Transaction } from '../store/connect.ts'
import type { CollectionName } from '@minqing/data/domain/data-status'
import { areaTile, baseTile, buildingTile, facilityTile, type TileLayers } from './tile-features.ts'
import { type TiledCollection, tiledCollections } from './tiled-collections.ts'

export type TileLayer = {
  id: string
  geometry: 'points' | 'lines' | 'polygons'
  fields: Record<string, 'string' | 'number'>
}

export type TileSetName = 'base' | TiledCollection

/** Tiles of one kind, all in WebMercatorQuad. */
export type TileSet = {
  name: TileSetName
  /** The collection that it shows; the base map is none. */
  collection: TiledCollection | null
  follows: CollectionName
  title: Label
  /** Beyond this nothing is added: a client enlarges the last one. */
  maxZoom: number
  layers: readonly TileLayer[]
  read: (transaction: Transaction, tile: TileAddress) => Promise<TileLayers>
}

const named = { kind: 'string', name: 'string', rank: 'number' } as const
const areaFields = { code: 'string', name: 'string', households: 'number', residents: 'number' } as const

const layersOf: Record<TiledCollection, TileLayer> = {
  streets: { id: 'streets', geometry: 'polygons', fields: areaFields },
  communities: { id: 'communities', geometry: 'polygons', fields: areaFields },
  grids: { id: 'grids', geometry: 'polygons', fields: areaFields },
  buildings: {
    id: 'buildings',
    geometry: 'polygons',
    fields: { code: 'string', name: 'string', height: 'number', floors: 'number', use: 'string', builtYear: 'number' },
  },
  facilities: {
    id: 'facilities',
    geometry: 'points',
    fields: { id: 'string', streetCode: 'string', kind: 'string', name: 'string', status: 'string' },
  },
}

const readers: Record<TiledCollection, TileSet['read']> = {
  streets: (transaction, tile) => areaTile(transaction, tile, 'street', 'streets'),
  communities: (transaction, tile) => areaTile(transaction, tile, 'community', 'communities'),
  grids: (transaction, tile) => areaTile(transaction, tile, 'grid', 'grids'),
  buildings: buildingTile,
  facilities: facilityTile,
}

const base: TileSet = {
  name: 'base',
  collection: null,
  follows: 'base',
  title: { zh: '底图', en: 'Base map' },
  maxZoom: 16,
  layers: [
    { id: 'land', geometry: 'polygons', fields: named },
    { id: 'water', geometry: 'polygons', fields: named },
    { id: 'green', geometry: 'polygons', fields: named },
    { id: 'road', geometry: 'lines', fields: named },
    { id: 'rail', geometry: 'lines', fields: named },
    { id: 'place', geometry: 'points', fields: named },
  ],
  read: baseTile,
}

export const tileSetNames = ['base', ...tiledCollections] as const

/** The tiles of a kind. */
export function tileSetOf(name: TileSetName): TileSet {
  if (name === 'base') return base
  const { follows, title } = sourceOf(name)
  return { name, collection: name, follows, title, maxZoom: 16, layers: [layersOf[name]], read: readers[name] }
}

import type { BoundingBox } from '@minqing/data/domain/position'
import type { TileAddress } from '@minqing/data/geo/mercator'
import type { TileRow } from '../features/feature-source.ts'
import type { Transaction } from '../store/connect.ts'
import { cornersOfAll } from '../store/geometry.ts'
import { isDrawn } from '../tiles/demo-ground.ts'
import { isVisible, maxFeatures, tileGround, type TileSet } from '../tiles/tile-set.ts'

const fields = { kind: 'string', name: 'string', rank: 'number' } as const

/** From here in, house numbers are in the tile: they are many, and read from near by only. */
const houseNumberZoom = 16

type Row = TileRow['properties'] & { geometry: string; layer: string }

/** The base map: ground, water, green, roads, rails and names, each kind a layer (index base_feature_extent). */
export const baseTileSet: TileSet = {
  name: 'base',
  isCollection: false,
  object: 'map',
  follows: 'base',
  title: { zh: '底图', en: 'Base map' },
  maxZoom: 16,
  layers: [
    { id: 'land', geometry: 'polygons', fields },
    { id: 'water', geometry: 'polygons', fields },
    { id: 'green', geometry: 'polygons', fields },
    { id: 'road', geometry: 'lines', fields },
    { id: 'rail', geometry: 'lines', fields },
    { id: 'place', geometry: 'points', fields },
  ],
  read: (transaction, tile) => readBaseTile(transaction, tile, tile.z >= houseNumberZoom),
  bounds: async (transaction) => {
    const [row] = await transaction<[{ bbox: BoundingBox | null }]>`
      select ${cornersOfAll(transaction, 'extent')} as bbox from base_feature`
    return row.bbox
  },
}

/** Features of a tile by layer, the largest first. House numbers are addresses, and left out unless asked for. */
export async function readBaseTile(
  transaction: Transaction,
  tile: TileAddress,
  houseNumbers: boolean,
): Promise<Record<string, TileRow[]>> {
  const rows = await transaction<Row[]>`
    select layer, geometry, kind, name, rank from base_feature
    where extent && ${tileGround(transaction, tile)} and (layer = 'place' or ${isVisible(transaction, tile)})
      and (${houseNumbers} or kind <> 'house_number') and ${isDrawn(transaction)}
    order by area(extent) desc, id limit ${maxFeatures}`
  const layers = new Map<string, TileRow[]>()
  for (const { layer, geometry, ...properties } of rows) {
    const held = layers.get(layer) ?? []
    held.push({ geometry, properties })
    layers.set(layer, held)
  }
  return Object.fromEntries(layers)
}

import type { AccessObject } from '@minqing/data/domain/access'
import type { CollectionName } from '@minqing/data/domain/data-status'
import type { Label } from '@minqing/data/domain/label'
import type { BoundingBox } from '@minqing/data/domain/position'
import { degreesPerPixel, type TileAddress, tileBox } from '@minqing/data/geo/mercator'
import type { Row } from 'postgres'
import { collectionExtent } from '../features/describe-collection.ts'
import type { FeatureSource, TileFields, TileRow } from '../features/feature-source.ts'
import { asBoxes } from '../store/geometry.ts'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { tileBuffer, tileExtent } from './write-tile.ts'

export type TileLayer = { id: string; geometry: 'points' | 'lines' | 'polygons'; fields: TileFields }

/** Vector tiles of one kind, all in WebMercatorQuad. */
export type TileSet = {
  name: string
  /** Whether it shows the collection of its name, below which its documents are then also found. */
  isCollection: boolean
  /** As what the policy knows what it shows. */
  object: AccessObject
  /** The version that its tiles depend on. */
  follows: CollectionName
  title: Label
  /** Beyond this nothing is added: a client enlarges the last one. */
  maxZoom: number
  layers: readonly TileLayer[]
  /** The rows of a tile by layer. */
  read: (transaction: Transaction, tile: TileAddress) => Promise<Record<string, TileRow[]>>
  /** Where the set has anything at all; null where it is empty. */
  bounds: (transaction: Transaction) => Promise<BoundingBox | null>
}

/** The tiles of those collections that have any. */
export function collectionTileSets(sources: readonly FeatureSource[]): TileSet[] {
  return sources.flatMap((source) => {
    const { id, object, follows, title, geometryType, tiles } = source
    if (tiles === undefined) return []
    const layer: TileLayer = { id, geometry: geometryType === 'point' ? 'points' : 'polygons', fields: tiles.fields }
    return {
      name: id,
      isCollection: true,
      object,
      follows,
      title,
      maxZoom: 16,
      layers: [layer],
      read: async (transaction: Transaction, tile: TileAddress) => ({ [id]: await tiles.read(transaction, tile) }),
      bounds: async (transaction: Transaction) => (await collectionExtent(transaction, source)).bbox,
    }
  })
}

/** A tile that would hold more is drawn with the largest ones. */
export const maxFeatures = 20_000

/** Features that a pixel would swallow are left out, so that a far view stays a picture and not a download. */
const smallestPixels = 1

/** The ground of a tile with its buffer, as a `box`. */
export function tileGround(transaction: Transaction, tile: TileAddress): Fragment {
  return asBoxes(transaction, tileBox(tile, tileBuffer / tileExtent))[0]!
}

/** Whether a row's `extent` is a pixel or more in a tile. */
export function isVisible(transaction: Transaction, tile: TileAddress): Fragment {
  return transaction`greatest(width(extent), height(extent)) >= ${smallestPixels * degreesPerPixel(tile.z)}::float8`
}

/** Rows of a query with a column `geometry` and the properties that go into a tile. */
export function asTileRows(rows: readonly Row[]): TileRow[] {
  return rows.map(({ geometry, ...properties }) => ({ geometry: String(geometry), properties }))
}

import type { BoundingBox } from '@minqing/data/domain/position'
import { collectionExtent } from '../features/collection-extent.ts'
import { sourceOf } from '../features/sources.ts'
import { cornersOfAll } from '../store/bounding-box.ts'
import type { Transaction } from '../store/connect.ts'
import type { TileSet } from './tile-sets.ts'

/** Where a set has anything at all; null where it is empty. */
export async function tileBounds(transaction: Transaction, { collection }: TileSet): Promise<BoundingBox | null> {
  if (collection !== null) return (await collectionExtent(transaction, sourceOf(collection))).bbox
  const [row] = await transaction<[{ bbox: BoundingBox | null }]>`
    select ${cornersOfAll(transaction, 'extent')} as bbox from base_feature`
  return row.bbox
}

import type { BoundingBox } from '@minqing/data/domain/position'
import { cornersOfAll } from '../store/bounding-box.ts'
import type { Transaction } from '../store/connect.ts'
import type { FeatureSource } from './feature-source.ts'

export type CollectionExtent = {
  /** Null where the collection is empty. */
  bbox: BoundingBox | null
  /** The first moment; the end stays open, because the collection goes on. */
  from: string | null
}

/** Where and since when a collection has features, from all rows that the reader may see. */
export async function collectionExtent(transaction: Transaction, source: FeatureSource): Promise<CollectionExtent> {
  const { place, time, members } = source
  const [row] = await transaction<[CollectionExtent]>`
    select ${'box' in place ? cornersOfAll(transaction, place.box) : cornersOfPoints(transaction, place.point)} as bbox,
      ${time === undefined ? transaction`null::timestamptz` : transaction`min(${transaction(time)})`} as "from"
    from ${transaction(source.table)} where ${members?.(transaction) ?? transaction`true`}`
  return row
}

function cornersOfPoints(transaction: Transaction, column: string) {
  const point = transaction(column)
  return transaction`case when count(${point}) > 0 then
    array[min(${point}[0]), min(${point}[1]), max(${point}[0]), max(${point}[1])] end`
}

import type { Label } from '@minqing/data/domain/label'
import type { z } from 'zod'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import type { Scope } from '../store/scope.ts'
import type { CollectionName } from '@minqing/data/domain/data-status'
import type { Queryable } from './filter/queryable.ts'

export const collectionIds = ['streets', 'communities', 'grids', 'buildings', 'incidents', 'facilities'] as const
export type CollectionId = (typeof collectionIds)[number]

/** How a room's rows become the features of a collection. */
export type FeatureSource<Parameters extends z.ZodRawShape = z.ZodRawShape> = {
  id: CollectionId
  /** What answers made from it follow. */
  follows: CollectionName
  title: Label
  description: Label
  geometryType: 'point' | 'polygon'
  table: string
  /** Columns of the primary key in its order, all text: pages follow it, whatever is written meanwhile. */
  key: readonly string[]
  /** `geometry` (GeoJSON text or null), `feature_id`, and the properties under their domain names. */
  columns: (transaction: Transaction) => Fragment
  /** The rows that belong to the collection at all. */
  members?: (transaction: Transaction) => Fragment
  /** A `box` column or a `point` column: what a bounding box is compared with. */
  place: { box: string } | { point: string }
  /** The column that `datetime` is about. */
  time?: string
  /** The first moment of that column, found by an index; null where there is none. */
  earliest?: (transaction: Transaction) => Promise<string | null>
  /** Query parameters of its own, beside those of every collection. */
  parameters: Parameters
  /** Parameters with which every row of the table is listed, also those that are left out without them. */
  everyRow?: Partial<z.output<z.ZodObject<Parameters>>>
  conditions: (transaction: Transaction, parameters: z.output<z.ZodObject<Parameters>>) => Fragment
  /** How many rows the parameters leave, where that is known without counting them. */
  total?: (
    transaction: Transaction,
    parameters: z.output<z.ZodObject<Parameters>>,
    scope: Scope,
  ) => Promise<number | undefined>
  /** The row that a feature's id names. */
  withId: (transaction: Transaction, featureId: string) => Fragment
  /** What a filter may ask about besides the geometry; each is a column of the table under its name. */
  queryables: readonly Queryable[]
  /** Schema of the properties, for the OpenAPI document. */
  properties: z.ZodType
}

/** Keeps the connection between `parameters` and `conditions` while the list of sources forgets it. */
export function featureSource<P extends z.ZodRawShape>(source: FeatureSource<P>): FeatureSource {
  return source as unknown as FeatureSource
}

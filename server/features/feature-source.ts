import type { Access, AccessObject } from '@minqing/data/domain/access'
import type { CollectionName } from '@minqing/data/domain/data-status'
import type { Label } from '@minqing/data/domain/label'
import type { BoundingBox } from '@minqing/data/domain/position'
import { ProblemError } from '@minqing/data/domain/problem'
import type { TileAddress } from '@minqing/data/geo/mercator'
import type { z } from 'zod'
import type { Remedies } from '../http/parameters.ts'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import type { Scope } from '../store/scope.ts'
import type { Queryable } from './queryables.ts'

/**
 * All that a resource says of itself as a collection of OGC API – Features: its table, its columns, its parameters, what
 * a filter may ask about, its tiles and its words. Items, single features, documents, pages, tiles and exports are made
 * from it.
 */
export type FeatureSource<
  Id extends string = string,
  Properties extends z.ZodType = z.ZodType,
  Parameters extends z.ZodRawShape = z.ZodRawShape,
> = {
  id: Id
  /** As what the policy knows its features. */
  object: AccessObject
  /** The version that answers made from it depend on. */
  follows: CollectionName
  title: Label
  description: Label
  geometryType: 'point' | 'polygon' | 'polygon or point'
  table: string
  /** Columns of the primary key in its order, all text: pages follow it, whatever is written meanwhile. */
  key: readonly string[]
  /** `geometry` (GeoJSON text or null), `feature_id`, and the properties under their domain names. */
  columns: (transaction: Transaction) => Fragment
  /** The rows that belong to the collection at all. */
  members?: (transaction: Transaction) => Fragment
  /** A `box` column or a `point` column: what a bounding box is compared with. */
  place: { box: string } | { point: string }
  /** The box around all features where looking at each would take too long; null in an empty collection. */
  extent?: (transaction: Transaction) => Promise<BoundingBox | null>
  /** The column that `datetime` is about. */
  time?: string
  /** The first time in that column, found by an index; null where there is none. */
  earliest?: (transaction: Transaction) => Promise<string | null>
  /** Query parameters of its own, beside those of every collection. */
  parameters: Parameters
  /** Parameters with which every row of the table is listed, also those that are left out without them. */
  everyRow?: Partial<z.output<z.ZodObject<Parameters>>>
  /** What those parameters take, where they are not parameters of other resources as well. */
  remedies?: Remedies
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
  /** Schema of the properties, for the OpenAPI document and for the types of clients. */
  properties: Properties
  /** Few features that many clients ask for: pages of them are cached until the collection changes. */
  cached?: boolean
  /** Where the collection also comes as vector tiles. */
  tiles?: {
    fields: TileFields
    read: (transaction: Transaction, tile: TileAddress) => Promise<TileRow[]>
  }
}

/** The properties of a tile's features with their types. */
export type TileFields = Readonly<Record<string, 'string' | 'number'>>

/** A feature for a tile: its geometry as GeoJSON text, and the properties that go into the tile. */
export type TileRow = { geometry: string; properties: Record<string, string | number | null> }

/** Checks `conditions` against `parameters`, and drops the type of the parameters, which a list of sources cannot hold. */
export function featureSource<Id extends string, Properties extends z.ZodType, P extends z.ZodRawShape>(
  source: FeatureSource<Id, Properties, P>,
): FeatureSource<Id, Properties> {
  return source as unknown as FeatureSource<Id, Properties>
}

/** @throws ProblemError `not_found` for a collection that does not exist. */
export function findSource<Source extends FeatureSource>(sources: readonly Source[], id: string): Source {
  const source = sources.find((candidate) => candidate.id === id)
  if (source !== undefined) return source
  const ids = sources.map((candidate) => candidate.id)
  throw new ProblemError(
    'not_found',
    { zh: `没有名为“${id}”的集合`, en: `There is no collection “${id}”` },
    {
      parameter: 'collectionId',
      remedy: { zh: `可用的集合：${ids.join('、')}`, en: `The collections are ${ids.join(', ')}` },
    },
  )
}

/** What a route below `/collections/{collectionId}` does. */
export function readsCollection(sources: readonly FeatureSource[]) {
  return ({ collectionId = '' }: Readonly<Record<string, string>>): Access => ({
    action: 'read',
    object: findSource(sources, collectionId).object,
  })
}

import type { Language } from '@minqing/data/domain/label'
import type { BoundingBox } from '@minqing/data/domain/position'
import { cornersOfAll, cornersOfPoints } from '../store/geometry.ts'
import type { Transaction } from '../store/connect.ts'
import { crs84, servedCrs } from './crs.ts'
import type { FeatureSource } from './feature-source.ts'
import { type Link, mediaTypes, relations } from './links.ts'

export type CollectionExtent = {
  /** Null where the collection is empty. */
  bbox: BoundingBox | null
  /** The earliest time; the end stays open, because the collection goes on. */
  from: string | null
}

/** Where and since when a collection has features that the reader may see. */
export async function collectionExtent(transaction: Transaction, source: FeatureSource): Promise<CollectionExtent> {
  const [bbox, from] = await Promise.all([
    source.extent === undefined ? boxOfAll(transaction, source) : source.extent(transaction),
    source.earliest?.(transaction) ?? null,
  ])
  return { bbox, from }
}

async function boxOfAll(
  transaction: Transaction,
  { table, members, place }: FeatureSource,
): Promise<BoundingBox | null> {
  const corners = 'box' in place ? cornersOfAll(transaction, place.box) : cornersOfPoints(transaction, place.point)
  const [row] = await transaction<[{ bbox: BoundingBox | null }]>`
    select ${corners} as bbox from ${transaction(table)} where ${members?.(transaction) ?? transaction`true`}`
  return row.bbox
}

/** A collection as OGC 17-069r4 §7.13 describes it. `origin` is where the API is, without `/api`. */
export async function describeCollection(
  transaction: Transaction,
  source: FeatureSource,
  origin: string,
  language: Language,
) {
  const { bbox, from } = await collectionExtent(transaction, source)
  const title = source.title[language]
  const self = `${origin}/api/collections/${source.id}`
  const links: Link[] = [
    { href: self, rel: 'self', type: mediaTypes.json, title },
    { href: `${self}?f=html`, rel: 'alternate', type: mediaTypes.html, title },
    { href: `${self}/items`, rel: 'items', type: mediaTypes.geojson, title },
    { href: `${self}/items?f=html`, rel: 'items', type: mediaTypes.html, title },
    { href: `${self}/queryables`, rel: relations.queryables, type: mediaTypes.schema },
    ...(source.tiles === undefined ? [] : [{ href: `${self}/tiles`, rel: relations.tiles, type: mediaTypes.json }]),
    { href: `${origin}/api/openapi.json`, rel: 'describedby', type: mediaTypes.openapi },
  ]
  return {
    id: source.id,
    title,
    description: source.description[language],
    itemType: 'feature',
    crs: servedCrs,
    storageCrs: crs84,
    ...(bbox === null && from === null
      ? {}
      : {
          extent: {
            ...(bbox === null ? {} : { spatial: { bbox: [bbox], crs: crs84 } }),
            ...(from === null ? {} : { temporal: { interval: [[from, null]], trs: gregorian } }),
          },
        }),
    links,
  }
}

export type CollectionDescription = Awaited<ReturnType<typeof describeCollection>>

const gregorian = 'http://www.opengis.net/def/uom/ISO-8601/0/Gregorian'

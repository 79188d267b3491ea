import type { Language } from '@minqing/data/domain/label'
import { crs84, servedCrs } from '../http/served-crs.ts'
import type { Transaction } from '../store/connect.ts'
import { collectionExtent } from './collection-extent.ts'
import type { FeatureSource } from './feature-source.ts'
import { tiledCollections } from '../tiles/tiled-collections.ts'
import { type Link, mediaTypes, relations } from './links.ts'

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
    ...(tiledCollections.some((id) => id === source.id)
      ? [{ href: `${self}/tiles`, rel: relations.tiles, type: mediaTypes.json }]
      : []),
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

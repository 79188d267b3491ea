import { encodeKey } from './items-query.ts'
import { type Link, mediaTypes, withParameter } from './links.ts'
import type { ItemsPage } from './read-items.ts'
import type { FeatureSource } from './feature-source.ts'

/** A page as a GeoJSON FeatureCollection (OGC 17-069r4 §7.15), with the links that its header repeats. */
export function itemsDocument(
  page: ItemsPage,
  source: FeatureSource,
  address: string,
  now: Date,
): { text: string; links: Link[] } {
  const collection = address.replace(/\/items(\?.*)?$/, '')
  const links: Link[] = [
    { href: address, rel: 'self', type: mediaTypes.geojson, title: source.title.en },
    { href: withParameter(address, 'f', 'html'), rel: 'alternate', type: mediaTypes.html, title: source.title.en },
    { href: collection, rel: 'collection', type: mediaTypes.json, title: source.title.en },
    ...(page.last === undefined
      ? []
      : [{ href: withParameter(address, 'next', encodeKey(page.last)), rel: 'next', type: mediaTypes.geojson }]),
  ]
  const head = JSON.stringify({
    type: 'FeatureCollection',
    timeStamp: now.toISOString(),
    numberMatched: page.numberMatched,
    numberReturned: page.features.length,
    links,
  })
  return { text: `${head.slice(0, -1)},"features":[${page.features.join(',\n')}]}`, links }
}

/** A link of OGC API – Features, as it stands in a document and in the `Link` header. */
export type Link = { href: string; rel: string; type?: string; title?: string }

export const mediaTypes = {
  json: 'application/json',
  geojson: 'application/geo+json',
  schema: 'application/schema+json',
  openapi: 'application/vnd.oai.openapi+json;version=3.0',
  html: 'text/html',
} as const

/** Relations that OGC's register of them defines. */
export const relations = {
  queryables: 'http://www.opengis.net/def/rel/ogc/1.0/queryables',
  tiles: 'http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector',
  tilingSchemes: 'http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes',
} as const

/** Characters of an address in a header: proxies and clients take 8 to 16 kB of headers together. */
const longestInHeader = 1_500

/**
 * RFC 8288, e.g. `<http://…/items?next=…>; rel="next"; type="application/geo+json"`. A long address, as that of a filter
 * with a polygon, stands in the body alone.
 */
export function linkHeader(links: readonly Link[]): string {
  return links
    .filter(({ href }) => href.length <= longestInHeader)
    .map(({ href, rel, type }) => `<${href}>; rel="${rel}"${type === undefined ? '' : `; type="${type}"`}`)
    .join(', ')
}

/** The address with one query parameter set to another value, or removed. */
export function withParameter(address: string, name: string, value: string | undefined): string {
  const url = new URL(address)
  if (value === undefined) url.searchParams.delete(name)
  else url.searchParams.set(name, value)
  return url.href
}

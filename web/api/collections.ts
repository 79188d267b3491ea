import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon } from 'geojson'
import type { Item } from '../contract/api.ts'
import { allStreetsCode } from '../view/parameters.ts'
import { follow, get } from './fetch.ts'
import type { Language } from '@minqing/data/domain/label'

type AreaCollection = 'streets' | 'communities' | 'grids'
export type AreaFeature = Feature<Polygon | MultiPolygon, Item<AreaCollection>['properties']>
export type FacilityFeature = Feature<Point, Item<'facilities'>['properties']>

/**
 * A whole collection, page after page, as the `next` links lead. The geometries are of the kind that the collection's
 * table holds.
 */
async function allItems<Of extends Feature>(
  collection: AreaCollection | 'facilities',
  area: string | undefined,
  signal: AbortSignal,
): Promise<FeatureCollection<Of['geometry'], Of['properties']>> {
  const path = `/api/collections/${collection}/items` as const
  let page = await get(path, { query: { limit: '1000', ...(area === undefined ? {} : { area }) } }, signal)
  const features: Feature[] = [...page.features]
  for (let next = nextOf(page.links); next !== undefined; next = nextOf(page.links)) {
    // Only a page knows the address of the next one.
    page = await follow(path, next, signal)
    features.push(...page.features)
  }
  return { type: 'FeatureCollection', features }
}

function nextOf(links: readonly { rel: string; href: string }[]): string | undefined {
  const link = links.find(({ rel }) => rel === 'next')?.href
  if (link === undefined) return undefined
  // Behind a proxy the server may know itself by another name: the path is what counts.
  const { pathname, search } = new URL(link, location.href)
  return pathname + search
}

/**
 * Outlines of one street's areas at all three levels, as the map draws and the lists name them; of all streets the
 * streets and communities, whose grids come as one looks closer.
 */
export function areaFeaturesQuery(street: string | undefined) {
  return queryOptions({
    queryKey: ['area-features', street],
    enabled: street !== undefined,
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const isWhole = street === allStreetsCode
      const of = (collection: AreaCollection) => allItems<AreaFeature>(collection, isWhole ? undefined : street, signal)
      const none = { type: 'FeatureCollection' as const, features: [] }
      const [streets, communities, grids] = await Promise.all([
        of('streets'),
        of('communities'),
        isWhole ? none : of('grids'),
      ])
      return { streets, communities, grids }
    },
  })
}

export function facilitiesQuery(street: string | undefined) {
  return queryOptions({
    queryKey: ['facilities', street],
    enabled: street !== undefined && street !== allStreetsCode,
    staleTime: Infinity,
    queryFn: ({ signal }) => allItems<FacilityFeature>('facilities', street, signal),
  })
}

/** People, buildings, staff and place of an area. */
export function areaQuery(code: string) {
  return queryOptions({
    queryKey: ['area', code],
    queryFn: ({ signal }) => get('/api/areas/:code', { param: { code } }, signal),
    placeholderData: keepPreviousData,
  })
}

export function buildingQuery(code: string) {
  return queryOptions({
    queryKey: ['building', code],
    queryFn: ({ signal }) => get('/api/collections/buildings/items/:featureId', { param: { featureId: code } }, signal),
  })
}

export function facilityQuery(id: string) {
  return queryOptions({
    queryKey: ['facility', id],
    queryFn: ({ signal }) => get('/api/collections/facilities/items/:featureId', { param: { featureId: id } }, signal),
  })
}

/** Places, grids, buildings, facilities and case numbers that the words may mean. */
export function searchQuery(words: string, language: Language) {
  return queryOptions({
    queryKey: ['search', words, language],
    enabled: words !== '',
    queryFn: async ({ signal }) => (await get('/api/search', { query: { q: words, lang: language } }, signal)).hits,
    placeholderData: keepPreviousData,
  })
}

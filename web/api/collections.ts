import type { Area } from '@minqing/data/domain/area'
import type { Facility } from '@minqing/data/domain/facility'
import { queryOptions } from '@tanstack/react-query'
import type { Feature, FeatureCollection, MultiPolygon, Point, Polygon } from 'geojson'
import { wholeArea } from '../view/whole.ts'
import { fetchJson } from './fetch.ts'

export type AreaFeature = Feature<Polygon | MultiPolygon, Omit<Area, 'center'>>
export type FacilityFeature = Feature<Point, Omit<Facility, 'position'>>

type Page<One extends Feature> = FeatureCollection<One['geometry'], One['properties']> & {
  links?: { rel: string; href: string }[]
}

/** A whole collection, page after page, as the `next` links lead. */
async function allItems<One extends Feature>(
  path: string,
  signal: AbortSignal,
): Promise<FeatureCollection<One['geometry'], One['properties']>> {
  const features: Page<One>['features'] = []
  let next: string | undefined = path
  while (next !== undefined) {
    // Only a page knows the address of the next one.
    const page: Page<One> = await fetchJson<Page<One>>(next, signal)
    features.push(...page.features)
    const link = page.links?.find(({ rel }) => rel === 'next')?.href
    // Behind a proxy the server may know itself by another name: the path is what counts.
    next = link === undefined ? undefined : new URL(link, location.href).pathname + new URL(link, location.href).search
  }
  return { type: 'FeatureCollection', features }
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
      const isWhole = street === wholeArea
      const within = isWhole ? '' : `area=${street}&`
      const of = (collection: string) =>
        allItems<AreaFeature>(`/api/collections/${collection}/items?${within}limit=1000`, signal)
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
    enabled: street !== undefined && street !== wholeArea,
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      allItems<FacilityFeature>(`/api/collections/facilities/items?area=${street}&limit=1000`, signal),
  })
}

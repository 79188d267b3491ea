import type { Building } from '@minqing/data/domain/building'
import { queryOptions } from '@tanstack/react-query'
import type { Feature, MultiPolygon, Polygon } from 'geojson'
import type { FacilityFeature } from './collections.ts'
import { fetchJson } from './fetch.ts'

export type BuildingFeature = Feature<Polygon | MultiPolygon, Omit<Building, 'center'>>

export function buildingQuery(code: string) {
  return queryOptions({
    queryKey: ['building', code],
    queryFn: ({ signal }) => fetchJson<BuildingFeature>(`/api/collections/buildings/items/${code}`, signal),
  })
}

export function facilityQuery(id: string) {
  return queryOptions({
    queryKey: ['facility', id],
    queryFn: ({ signal }) =>
      fetchJson<FacilityFeature>(`/api/collections/facilities/items/${encodeURIComponent(id)}`, signal),
  })
}

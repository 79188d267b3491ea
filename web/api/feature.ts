import { queryOptions } from '@tanstack/react-query'
import { get } from './fetch.ts'

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

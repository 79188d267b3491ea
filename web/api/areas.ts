import type { AreaProfile } from '@minqing/data/domain/summary'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { fetchJson } from './fetch.ts'

/** People, buildings, staff and place of an area. */
export function areaQuery(code: string) {
  return queryOptions({
    queryKey: ['area', code],
    queryFn: ({ signal }) => fetchJson<AreaProfile>(`/api/areas/${code}`, signal),
    placeholderData: keepPreviousData,
  })
}

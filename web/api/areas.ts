import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { get } from './fetch.ts'

/** People, buildings, staff and place of an area. */
export function areaQuery(code: string) {
  return queryOptions({
    queryKey: ['area', code],
    queryFn: ({ signal }) => get('/api/areas/:code', { param: { code } }, signal),
    placeholderData: keepPreviousData,
  })
}

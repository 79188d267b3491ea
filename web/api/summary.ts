import { filterParameters, type IncidentFilter } from '@minqing/data/domain/incident-filter'
import { queryOptions } from '@tanstack/react-query'
import type { Answer } from '../contract/api.ts'
import { get } from './fetch.ts'

/**
 * The server's own count of the filter; the panels count by themselves first and are confirmed by it. Until it is there
 * an earlier filter's count of the same area stands in.
 */
export function summaryQuery(filter: IncidentFilter) {
  const parameters = filterParameters(filter)
  return queryOptions({
    queryKey: ['summary', parameters.toString()],
    queryFn: ({ signal }) => get('/api/summary', { query: parameters }, signal),
    placeholderData: (previous: Answer<'/api/summary'> | undefined, query) =>
      areaIn(query?.queryKey[1]) === (filter.area ?? null) ? previous : undefined,
  })
}

function areaIn(parameters = ''): string | null {
  return new URLSearchParams(parameters).get('area')
}

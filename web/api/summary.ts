import { filterParameters, type IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { IncidentSummary } from '@minqing/data/domain/summary'
import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from './fetch.ts'

/**
 * The server's own count of the filter; the panels count by themselves first and are confirmed by it. Until it is there
 * an earlier filter's count of the same area stands in.
 */
export function summaryQuery(filter: IncidentFilter) {
  const parameters = filterParameters(filter).toString()
  return queryOptions({
    queryKey: ['summary', parameters],
    queryFn: ({ signal }) => fetchJson<IncidentSummary>(`/api/summary?${parameters}`, signal),
    placeholderData: (previous: IncidentSummary | undefined, query) =>
      areaIn(query?.queryKey[1]) === (filter.area ?? null) ? previous : undefined,
  })
}

function areaIn(parameters = ''): string | null {
  return new URLSearchParams(parameters).get('area')
}

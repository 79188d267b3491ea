import type { DataStatus } from '@minqing/data/domain/summary'
import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from './fetch.ts'

/** What the database holds and how old it is. Asked again by itself: it tells when everything else is out of date. */
export function statusQuery() {
  return queryOptions({
    queryKey: ['status'],
    queryFn: ({ signal }) => fetchJson<DataStatus>('/api/status', signal),
    refetchInterval: 30_000,
    staleTime: 15_000,
  })
}

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { decodeColumns } from '../../api/decode-columns.ts'
import { getBytes } from '../../api/fetch.ts'

const hour = 3_600_000
const windowHours = 30 * 24

/** First moment of the wall's 30 days, on the hour: the picture then changes with the data and once an hour. */
export function windowStart(now: number): string {
  return new Date((Math.floor(now / hour) - windowHours) * hour).toISOString()
}

/**
 * The cases of the last 30 days, without any text. Every write to them has its own version and is fetched anew; the
 * version before is let go at once, because this screen is never closed.
 */
export function wallColumnsQuery(area: string, version: number, from: string) {
  return queryOptions({
    queryKey: ['wall-columns', area, version, from],
    queryFn: async ({ signal }) =>
      decodeColumns(await getBytes('/api/incidents/columns', { query: { area, datetime: `${from}/..` } }, signal)),
    placeholderData: keepPreviousData,
    structuralSharing: false,
    staleTime: Infinity,
    gcTime: 0,
    // A version that could not be had is asked for again until it is there or outdated.
    retry: true,
    retryDelay: 5_000,
  })
}

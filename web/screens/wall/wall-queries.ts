import type { WallDimension, WallPicture } from '@minqing/data/domain/wall'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { get } from '../../api/fetch.ts'

// The wall asks for nothing below `/api` but `/api/wall`, which reads under the wall's own role (server/wall/routes.ts).

export const refreshMilliseconds = 15_000
/** While the server is away the wall asks more often, so that it is back within seconds of it. */
export const retryMilliseconds = 5_000
const timeoutMilliseconds = 10_000

/** A picture, and the wall's own clock when it came: the server's time is carried on from there. */
export type ReceivedPicture = { picture: WallPicture; receivedAt: number }

/** What a wall is about. */
export type WallPlace = {
  /** As the URL of the wall names it; null for the sub-district with the newest case. */
  area: string | null
}

const picture = (area: string | null) => ({
  queryKey: ['wall', area] as const,
  queryFn: async ({ signal }: { signal: AbortSignal }): Promise<ReceivedPicture> => {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)])
    const query = area === null ? {} : { area }
    return { picture: await get('/api/wall', { query }, limited), receivedAt: performance.now() }
  },
})

/** A part of the picture that the wall has: the query of a panel. It asks for nothing by itself. */
export function pictureQuery<Part>(area: string | null, select: (shown: WallPicture) => Part) {
  return {
    ...picture(area),
    select: (received: ReceivedPicture) => select(received.picture),
    staleTime: Infinity,
    retry: false,
  }
}

/** Asks for the picture for ever, also in the background; the last one is shown meanwhile. */
export function wallQuery(area: string | null) {
  return queryOptions({
    ...picture(area),
    refetchInterval: (query) => (query.state.fetchFailureCount > 0 ? retryMilliseconds : refreshMilliseconds),
    refetchIntervalInBackground: true,
    retry: false,
    staleTime: 0,
  })
}

/** Cases by facets and areas, of the last days and of as many before: the query of a panel that counts. */
export function countsQuery(area: string | null, by: readonly WallDimension[], days: number) {
  const query = { ...(area === null ? {} : { area }), by: by.join(','), days: String(days) }
  return {
    queryKey: ['wall-counts', query] as const,
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      get('/api/wall/counts', { query }, AbortSignal.any([signal, AbortSignal.timeout(timeoutMilliseconds)])),
    refetchInterval: refreshMilliseconds,
    refetchIntervalInBackground: true,
    retry: false,
  }
}

/**
 * What the map is drawn from is fetched again when the server reports a write (`web/api/status.ts`). What is not shown
 * any more is released at once, because this screen is never closed.
 */
const drawn = {
  placeholderData: keepPreviousData,
  structuralSharing: false,
  staleTime: Infinity,
  gcTime: 0,
  retry: true,
  retryDelay: 5_000,
} as const

export function wallAreasQuery(area: string) {
  return queryOptions({
    queryKey: ['wall-areas', area],
    queryFn: ({ signal }) => get('/api/wall/areas', { query: { area } }, signal),
    ...drawn,
  })
}

const hour = 3_600_000

/**
 * Cases of the last 30 days by cell of 50 m. The server's window moves by clock hours and includes the running one.
 *
 * @param now milliseconds, by the server's clock
 */
export function wallCellsQuery(area: string, now: number) {
  return queryOptions({
    queryKey: ['wall-cells', area, Math.floor(now / hour)],
    queryFn: async ({ signal }) => {
      const { x, y, counts } = await get('/api/wall/cells', { query: { area } }, signal)
      return { x: Int32Array.from(x), y: Int32Array.from(y), weights: Float32Array.from(counts) }
    },
    ...drawn,
  })
}

/** The significantly hot grids of an area. The days that the server looks back on move on at midnight. */
export function wallHotSpotsQuery(area: string | null) {
  return {
    queryKey: ['wall-hot-spots', area] as const,
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      get('/api/wall/hot-spots', { query: area === null ? {} : { area } }, signal),
    ...drawn,
    refetchInterval: hour,
    refetchIntervalInBackground: true,
  }
}

/** Grid workers on duty in a community, where the wall names them. */
export function wallContactsQuery(community: string | null) {
  return queryOptions({
    queryKey: ['wall-contacts', community],
    enabled: community !== null,
    queryFn: ({ signal }) => get('/api/wall/contacts', { query: { area: community ?? '' } }, signal),
    ...drawn,
    // The workers of one community are none of another's.
    placeholderData: undefined,
  })
}

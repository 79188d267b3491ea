import type { WallPicture } from '@minqing/data/domain/wall'
import { queryOptions } from '@tanstack/react-query'
import { get } from '../../api/fetch.ts'

export const refreshMilliseconds = 15_000
/** While the server is away the wall asks more often, so that it is back within seconds of it. */
export const retryMilliseconds = 5_000
const patienceMilliseconds = 10_000

/** A picture, and the wall's own clock when it came: the server's time is carried on from there. */
export type ReceivedPicture = { picture: WallPicture; receivedAt: number }

/** Asks for the picture for ever, also in the background; the last one is kept meanwhile. */
export function wallQuery(area: string | null) {
  return queryOptions({
    queryKey: ['wall', area],
    queryFn: async ({ signal }): Promise<ReceivedPicture> => {
      const patience = AbortSignal.any([signal, AbortSignal.timeout(patienceMilliseconds)])
      const query = area === null ? {} : { area }
      return { picture: await get('/api/wall', { query }, patience), receivedAt: performance.now() }
    },
    refetchInterval: (query) => (query.state.fetchFailureCount > 0 ? retryMilliseconds : refreshMilliseconds),
    refetchIntervalInBackground: true,
    retry: false,
    staleTime: 0,
  })
}

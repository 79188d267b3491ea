import { QueryClient } from '@tanstack/react-query'
import { isWorthRetrying } from './fetch.ts'

/** Data stays on screen when the server is lost; every screen says how old it is instead of going blank. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        gcTime: 30 * 60_000,
        retry: (failures, error) => failures < 2 && isWorthRetrying(error),
        retryDelay: (failure) => Math.min(1_000 * 2 ** failure, 10_000),
        // An intranet without internet is `offline` to some browsers: ask the server all the same.
        networkMode: 'always',
      },
    },
  })
}

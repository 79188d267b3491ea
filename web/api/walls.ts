import type { WallPairing } from '@minqing/data/domain/wall-device'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { get, post, put, remove } from './fetch.ts'

/** What a screen that waits shows and asks with, and its own clock when it came. */
export type WaitingScreen = WallPairing & { receivedAt: number }

/** A code for this screen; another one each time it is fetched. */
export function pairingQuery() {
  return queryOptions({
    queryKey: ['pairing'],
    queryFn: async (): Promise<WaitingScreen> => ({
      ...(await post('/api/wall/pairing', {})),
      receivedAt: performance.now(),
    }),
    staleTime: Infinity,
    gcTime: 0,
    // Nobody is there to try again.
    retry: true,
    retryDelay: 5_000,
  })
}

/** What has become of it, asked every few seconds, also in the background. */
export function pairingStateQuery(secret: string | undefined) {
  return queryOptions({
    queryKey: ['pairing-state', secret],
    enabled: secret !== undefined,
    queryFn: async () => (await post('/api/wall/pairing/claim', { json: { secret: secret ?? '' } })).state,
    refetchInterval: 2_000,
    refetchIntervalInBackground: true,
    retry: false,
    gcTime: 0,
  })
}

/** The screen that shows a code. */
export function useFindWaiting() {
  return useMutation({ mutationFn: (code: string) => post('/api/walls/pairing', { json: { code } }) })
}

export function useConfirmPairing() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (given: { code: string; name: string; area: string }) => post('/api/walls', { json: given }),
    onSuccess: () => client.invalidateQueries({ queryKey: wallsQuery().queryKey }),
  })
}

export function useRefusePairing() {
  return useMutation({ mutationFn: (code: string) => post('/api/walls/pairing/refuse', { json: { code } }) })
}

/** The screens of the own areas that are paired. */
export function wallsQuery() {
  return queryOptions({
    queryKey: ['walls'],
    queryFn: async ({ signal }) => (await get('/api/walls', {}, signal)).walls,
    staleTime: 0,
  })
}

export function useRenameWall() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      put('/api/walls/:id', { param: { id }, json: { name } }),
    onSettled: () => client.invalidateQueries({ queryKey: wallsQuery().queryKey }),
  })
}

export function useRemoveWall() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => remove('/api/walls/:id', { param: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: wallsQuery().queryKey }),
  })
}

import type { ClockSettings } from '@minqing/data/domain/incident-workflow/clock-settings'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { get, put } from './fetch.ts'

/** Time limits and calendar of a street, with the defaults and who changed them. */
export function clockSettingsQuery(street: string) {
  return queryOptions({
    queryKey: ['clocks', street],
    queryFn: ({ signal }) => get('/api/clocks/:street', { param: { street } }, signal),
    staleTime: 0,
  })
}

/** Clocks of cases that are shown follow the new settings. */
export function useSaveClockSettings(street: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (json: { version: number; settings: ClockSettings }) =>
      put('/api/clocks/:street', { param: { street }, json }),
    onSuccess: () =>
      Promise.all(
        [clockSettingsQuery(street).queryKey, ['loop'] as const].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  })
}

import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Input } from '../contract/api.ts'
import { get, post } from './fetch.ts'

/** Where a case stands, its clocks, and the steps that the reader may take next. */
export function loopQuery(street: string, number: string) {
  return queryOptions({
    queryKey: ['loop', street, number],
    queryFn: ({ signal }) => get('/api/incidents/:street/:number/loop', { param: { street, number } }, signal),
  })
}

export type AskedStep = Input<'/api/incidents/:street/:number/steps', '$post'>['json']

/** Takes a step of a case; afterwards, and where somebody else was first, the case is read again. */
export function useTakeStep(street: string, number: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (json: AskedStep) => post('/api/incidents/:street/:number/steps', { param: { street, number }, json }),
    onSettled: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['loop', street, number] }),
        client.invalidateQueries({ queryKey: ['incident', street, number] }),
      ])
    },
  })
}

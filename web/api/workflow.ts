import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { Input } from '../contract/api.ts'
import { get, post } from './fetch.ts'

/**
 * Where a case stands, its clocks, and the steps that the reader may take next.
 *
 * @param asOf an instant: as it was known then, when nothing can be done any more
 */
export function loopQuery(street: string, number: string, asOf: string | null = null) {
  return queryOptions({
    queryKey: ['loop', street, number, asOf],
    queryFn: ({ signal }) =>
      get(
        '/api/incidents/:street/:number/loop',
        { param: { street, number }, query: asOf === null ? {} : { asOf } },
        signal,
      ),
  })
}

/** Closed cases that are like one, with what became of them. */
export function similarQuery(street: string, number: string) {
  return queryOptions({
    queryKey: ['similar-cases', street, number],
    queryFn: async ({ signal }) =>
      (await get('/api/incidents/:street/:number/similar', { param: { street, number } }, signal)).cases,
  })
}

export type AskedStep = Input<'/api/incidents/:street/:number/steps', '$post'>['json']

/** Who is in a case, as the reader may see them. */
export function partiesQuery(street: string, number: string) {
  return queryOptions({
    queryKey: ['parties', street, number],
    queryFn: async ({ signal }) =>
      (await get('/api/incidents/:street/:number/parties', { param: { street, number } }, signal)).parties,
  })
}

/** Something that changes a case; afterwards, and where somebody else was first, the case is read again. */
function useChangeOf<Given>(street: string, number: string, change: (given: Given) => Promise<unknown>) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSettled: () =>
      Promise.all(
        (['loop', 'incident', 'parties'] as const).map((kind) =>
          client.invalidateQueries({ queryKey: [kind, street, number] }),
        ),
      ),
  })
}

export function useAddParty(street: string, number: string) {
  type Json = Input<'/api/incidents/:street/:number/parties', '$post'>['json']
  return useChangeOf(street, number, (json: Json) =>
    post('/api/incidents/:street/:number/parties', { param: { street, number }, json }),
  )
}

export function useMerge(street: string, number: string) {
  type Json = Input<'/api/incidents/:street/:number/merge', '$post'>['json']
  return useChangeOf(street, number, (json: Json) =>
    post('/api/incidents/:street/:number/merge', { param: { street, number }, json }),
  )
}

export function useUnmerge(street: string, number: string) {
  type Json = Input<'/api/incidents/:street/:number/unmerge', '$post'>['json']
  return useChangeOf(street, number, (json: Json) =>
    post('/api/incidents/:street/:number/unmerge', { param: { street, number }, json }),
  )
}

/** Name and number of a party; that they were asked for is recorded with the reason. */
export function useReveal(street: string, number: string, party: string) {
  return useMutation({
    mutationFn: (reason: string) =>
      post('/api/incidents/:street/:number/parties/:party/reveal', {
        param: { street, number, party },
        json: { reason },
      }),
  })
}

export function useTakeStep(street: string, number: string) {
  return useChangeOf(street, number, (json: AskedStep) =>
    post('/api/incidents/:street/:number/steps', { param: { street, number }, json }),
  )
}

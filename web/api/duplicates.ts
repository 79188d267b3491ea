import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Answer, Input } from '../contract/api.ts'
import { get, post } from './fetch.ts'

export type Duplicate = Answer<'/api/incidents/:street/:number/duplicates'>['duplicates'][number]

/** Cases that likely are the same as one. */
export function duplicatesQuery(street: string, number: string) {
  return queryOptions({
    queryKey: ['duplicates', street, number],
    queryFn: async ({ signal }) =>
      (await get('/api/incidents/:street/:number/duplicates', { param: { street, number } }, signal)).duplicates,
  })
}

type Typed = Input<'/api/incidents/duplicates', '$post'>['json']

/** The same for a report that is being typed; its text is sent in the body and stored nowhere. */
export function typedDuplicatesQuery(typed: Typed | null) {
  return queryOptions({
    queryKey: ['duplicates', typed],
    enabled: typed !== null,
    gcTime: 0,
    queryFn: async () => (await post('/api/incidents/duplicates', { json: typed! })).duplicates,
    placeholderData: keepPreviousData,
  })
}

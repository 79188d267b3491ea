import { queryOptions } from '@tanstack/react-query'
import { get } from './fetch.ts'

/** `<streetCode>-<number>`, as features and the address name a case. */
export function incidentId(street: string, number: string): string {
  return `${street}-${number}`
}

/**
 * One case with the steps it has taken.
 *
 * @param asOf the instant as of whose knowledge; null is now
 */
export function incidentQuery(id: string, asOf: string | null = null) {
  const street = id.slice(0, 9)
  const number = id.slice(10)
  return queryOptions({
    queryKey: ['incident', street, number, asOf],
    queryFn: ({ signal }) => {
      const query = asOf === null ? {} : { asOf }
      return get('/api/incidents/:street/:number', { param: { street, number }, query }, signal)
    },
  })
}

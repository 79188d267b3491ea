import { queryOptions } from '@tanstack/react-query'
import { decodeColumns } from './decode-columns.ts'
import { allStreetsCode } from '../view/parameters.ts'
import { getBytes } from './fetch.ts'

/** Every case of a street, or of all streets, as columns: what the filters, charts and map layers work on without asking again. */
export function columnsQuery(street: string | undefined) {
  return queryOptions({
    queryKey: ['columns', street],
    enabled: street !== undefined,
    staleTime: Infinity,
    structuralSharing: false,
    queryFn: async ({ signal }) => {
      const query = street === allStreetsCode ? {} : { area: street }
      return decodeColumns(await getBytes('/api/incidents/columns', { query }, signal))
    },
  })
}

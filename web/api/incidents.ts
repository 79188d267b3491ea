import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { get, getBytes } from './fetch.ts'
import { filterParameters, type IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { Answer, Item } from '../contract/api.ts'
import { decodeColumns } from './decode-columns.ts'
import { incidentId } from './incident.ts'
import { allStreetsCode } from '../view/parameters.ts'
import type { BoundingBox } from '@minqing/data/domain/position'

export type IncidentProperties = Item<'incidents'>['properties']

/**
 * The words of the cases that were reported in a stretch of time: the list knows from the columns which cases it shows
 * and in which order, and asks only for what the columns do not carry. Keyed as `incidentId` names them.
 */
export function incidentPageQuery(filter: IncidentFilter, limit = 1000) {
  const parameters = filterParameters(filter)
  parameters.set('limit', String(limit))
  return queryOptions({
    queryKey: ['incident-page', parameters.toString()],
    queryFn: async ({ signal }) => {
      const page = await get('/api/collections/incidents/items', { query: parameters }, signal)
      return new Map(
        page.features.map(({ properties }) => [incidentId(properties.streetCode, properties.number), properties]),
      )
    },
  })
}

/**
 * Every case of a street, or of all streets, as columns: what the filters, charts and map layers work on without asking
 * again.
 *
 * @param asOf the instant as of whose knowledge; null is now
 */
export function columnsQuery(street: string | undefined, asOf: string | null = null) {
  return queryOptions({
    queryKey: ['columns', street, asOf],
    enabled: street !== undefined,
    staleTime: Infinity,
    structuralSharing: false,
    queryFn: async ({ signal }) => {
      const query = { ...(street === allStreetsCode ? {} : { area: street }), ...(asOf === null ? {} : { asOf }) }
      return decodeColumns(await getBytes('/api/incidents/columns', { query }, signal))
    },
  })
}

/**
 * The server's own count of the filter; the panels count by themselves first and are confirmed by it. Until it is there
 * an earlier filter's count of the same area stands in.
 */
export function summaryQuery(filter: IncidentFilter) {
  const parameters = filterParameters(filter)
  return queryOptions({
    queryKey: ['summary', parameters.toString()],
    queryFn: ({ signal }) => get('/api/summary', { query: parameters }, signal),
    placeholderData: (previous: Answer<'/api/summary'> | undefined, query) =>
      areaIn(query?.queryKey[1]) === (filter.area ?? null) ? previous : undefined,
  })
}

function areaIn(parameters = ''): string | null {
  return new URLSearchParams(parameters).get('area')
}

/** How many cases lie in each cell of a box: what heat is made from where cases are too many to fetch. */
export function densityQuery(filter: IncidentFilter, bbox: BoundingBox | undefined, cell: number) {
  const parameters = filterParameters(filter)
  parameters.set('bbox', bbox?.map((degrees) => degrees.toFixed(4)).join(',') ?? '')
  parameters.set('cell', String(cell))
  return queryOptions({
    queryKey: ['density', parameters.toString()],
    enabled: bbox !== undefined,
    queryFn: async ({ signal }) => {
      const cells = await get('/api/incidents/density', { query: parameters }, signal)
      return { x: Int32Array.from(cells.x), y: Int32Array.from(cells.y), weights: Float32Array.from(cells.counts) }
    },
    placeholderData: keepPreviousData,
  })
}

import { filterParameters, type IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { BoundingBox } from '@minqing/data/domain/position'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { get } from './fetch.ts'

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

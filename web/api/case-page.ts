import { filterParameters, type IncidentFilter } from '@minqing/data/domain/incident-filter'
import { queryOptions } from '@tanstack/react-query'
import type { Item } from '../contract/api.ts'
import { get } from './fetch.ts'
import { incidentId } from './incident.ts'

export type CaseProperties = Item<'incidents'>['properties']

/**
 * The words of the cases that were reported in a stretch of time: the list knows from the columns which cases it shows
 * and in which order, and asks only for what the columns do not carry. Keyed as `incidentId` names them.
 */
export function casePageQuery(filter: IncidentFilter) {
  const parameters = filterParameters(filter)
  parameters.set('limit', '1000')
  return queryOptions({
    queryKey: ['case-page', parameters.toString()],
    queryFn: async ({ signal }) => {
      const page = await get('/api/collections/incidents/items', { query: parameters }, signal)
      return new Map(
        page.features.map(({ properties }) => [incidentId(properties.streetCode, properties.number), properties]),
      )
    },
  })
}

import type { IncidentStep, Incident } from '@minqing/data/domain/incident'
import { queryOptions } from '@tanstack/react-query'
import { fetchJson } from './fetch.ts'

export type IncidentDetail = Incident & { steps: IncidentStep[] }

/** `<streetCode>-<number>`, as features and the address name a case. */
export function incidentId(street: string, number: string): string {
  return `${street}-${number}`
}

/** One case with the steps it has taken. */
export function incidentQuery(id: string) {
  const street = id.slice(0, 9)
  const number = id.slice(10)
  return queryOptions({
    queryKey: ['incident', street, number],
    queryFn: ({ signal }) =>
      fetchJson<IncidentDetail>(`/api/incidents/${street}/${encodeURIComponent(number)}`, signal),
  })
}

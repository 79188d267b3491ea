import type { Incident } from '@minqing/data/domain/incident'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import type { Row } from 'postgres'
import { incidentConditions } from '../incidents/incident-conditions.ts'
import { incidentFeatures } from '../incidents/incident-features.ts'
import { incidentColumns } from '../incidents/incident-row.ts'
import type { Transaction } from '../store/connect.ts'
import { readAhead } from '../store/read-ahead.ts'

export type IncidentRow = Omit<Incident, 'position'> & {
  community: string | null
  grid: string | null
  lon: number | null
  lat: number | null
}

const rowsPerFetch = 500

/** The filter's incidents with the names of their places, in the order of their key, some hundred at a time. */
export function incidentRows(transaction: Transaction, filter: IncidentFilter): AsyncIterable<IncidentRow[]> {
  const cursor = transaction<IncidentRow[]>`
    select ${incidentColumns(transaction)}, round(position[0]::numeric, 7)::float8 as lon,
      round(position[1]::numeric, 7)::float8 as lat,
      (select name from area where code = community_code) as community,
      (select name from area where code = grid_code) as grid
    from incident where ${incidentConditions(transaction, filter)}
    order by street_code, number`.cursor(rowsPerFetch)
  return readAhead(cursor)
}

/** The same as rows of the collection `incidents`. */
export function incidentFeatureRows(transaction: Transaction, filter: IncidentFilter): AsyncIterable<Row[]> {
  const cursor = transaction`
    select ${incidentFeatures.columns(transaction)} from incident
    where ${incidentConditions(transaction, filter)} order by street_code, number`.cursor(rowsPerFetch)
  return readAhead(cursor)
}

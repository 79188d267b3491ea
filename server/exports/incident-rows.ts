import type { Incident } from '@minqing/data/domain/incident'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { homeTimeZone } from '@minqing/data/domain/instant'
import { listedIncidents } from '../counts/incident-conditions.ts'
import { incidentColumns, incidentJson } from '../incidents/incident-row.ts'
import type { Transaction } from '../store/connect.ts'
import { pointGeometry } from '../store/point-geometry.ts'
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
    from incident where ${listedIncidents(transaction, filter)}
    order by street_code, number`.cursor(rowsPerFetch)
  return readAhead(cursor)
}

/**
 * The same as the text of GeoJSON features, UTF-8. The database writes it, while we send what it wrote before: taking
 * two dozen values apart and putting them together again took us twice as long as the whole query.
 */
export async function* incidentFeatureTexts(
  transaction: Transaction,
  filter: IncidentFilter,
): AsyncGenerator<Buffer[], void, undefined> {
  // Moments as people here read them.
  await transaction.unsafe(`set local time zone '${homeTimeZone}'`)
  const cursor = transaction`
    select '{"type":"Feature","id":' || to_json(street_code || '-' || number) || ',"geometry":'
      || coalesce(${pointGeometry(transaction, 'position')}, 'null') || ',"properties":' || ${incidentJson(transaction)}
      || '}'
    from incident where ${listedIncidents(transaction, filter)} order by street_code, number`
    .raw()
    .cursor(rowsPerFetch)
  for await (const rows of readAhead(cursor)) yield rows.map(([text]) => text as Buffer)
}

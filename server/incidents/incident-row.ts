import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'

/** The columns of `incident` under the names of the domain's Incident, position aside. */
export function incidentColumns(transaction: Transaction): Fragment {
  return transaction`number, street_code, community_code, grid_code, building_code, type, source_type, channel, urgency,
    risk, status, title, text, address, involved_count, source_crs,
    case when source_x is not null and source_y is not null then array[source_x, source_y] end as source_position,
    happened_at, reported_at, due_at, closed_at, source`
}

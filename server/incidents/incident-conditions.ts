import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { codeLength, streetOf } from '@minqing/data/domain/area-code'
import { allOf, type Fragment, oneOf } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'

/** The incident filter as a condition on the rows of `incident`. */
export function incidentConditions(transaction: Transaction, filter: IncidentFilter): Fragment {
  const { area, from, to, types, channels, statuses, risks } = filter
  return allOf(transaction, [
    area === undefined ? undefined : inArea(transaction, area),
    from === undefined ? undefined : transaction`reported_at >= ${from}`,
    to === undefined ? undefined : transaction`reported_at < ${to}`,
    oneOf(transaction, 'type', types),
    oneOf(transaction, 'channel', channels),
    oneOf(transaction, 'status', statuses),
    oneOf(transaction, 'risk', risks),
  ])
}

/** Below an area code prefix. Whole codes name their street and column, so that incident_reported and _grid serve. */
function inArea(transaction: Transaction, area: string): Fragment {
  const street = streetOf(area)
  switch (area.length) {
    case codeLength.street:
      return transaction`street_code = ${street}`
    case codeLength.community:
      return transaction`street_code = ${street} and community_code = ${area}`
    case codeLength.grid:
      return transaction`street_code = ${street} and grid_code = ${area}`
    default:
      return transaction`starts_with(coalesce(grid_code, community_code, street_code), ${area})`
  }
}

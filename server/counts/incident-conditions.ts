import { codeLength, streetOf } from '@minqing/data/domain/area-code'
import { facetNames, facetOf } from '@minqing/data/domain/incident-facets'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { closedStatuses, openStatuses, uncountedStatuses, voidStatus } from '@minqing/data/domain/incident-status'
import { allOf, type Fragment, oneOf } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'

/** As literals: only then does the planner see that the rows of a partial index are among them. */
function literals(codes: readonly string[]): string {
  return codes.map((code) => `'${code}'`).join(', ')
}

/** Neither draft nor void (`isCounted` of data/domain/incident-status.ts). */
export function isCounted(transaction: Transaction): Fragment {
  return transaction.unsafe(`status not in (${literals(uncountedStatuses)})`)
}

/** `isOpen` of data/domain/incident-status.ts (index incident_open). */
export function isOpen(transaction: Transaction, status = transaction`status`): Fragment {
  return transaction`${status} in (${transaction.unsafe(literals(openStatuses))})`
}

/** One of `closedStatuses` of data/domain/incident-status.ts. */
export function isClosed(transaction: Transaction, status: Fragment): Fragment {
  return transaction`${status} in (${transaction.unsafe(literals(closedStatuses))})`
}

/** Open and past its due time: `isOverdue` of data/domain/incident-status.ts. */
export function isOverdue(transaction: Transaction, now: Date | string): Fragment {
  return transaction`(${isOpen(transaction)} and due_at < ${now})`
}

/** The rows of `incident` that a filter counts: never a draft or a void incident, whatever statuses it names. */
export function countedIncidents(transaction: Transaction, filter: IncidentFilter): Fragment {
  return transaction`${isCounted(transaction)} and ${matching(transaction, filter)}`
}

/** The rows of `incident` that a filter counts, and those of its void ones for which `isMerged` holds: all that came in. */
export function reportedIncidents(transaction: Transaction, filter: IncidentFilter, isMerged: Fragment): Fragment {
  const cameIn = transaction`(${isCounted(transaction)} or (status = ${voidStatus} and ${isMerged}))`
  return transaction`${cameIn} and ${matching(transaction, filter)}`
}

/** The rows of `incident` that a filter lists: drafts and void incidents only where it names their status. */
export function listedIncidents(transaction: Transaction, filter: IncidentFilter): Fragment {
  const namesStatuses = (filter.status ?? []).length > 0
  return namesStatuses ? matching(transaction, filter) : countedIncidents(transaction, filter)
}

function matching(transaction: Transaction, filter: IncidentFilter): Fragment {
  const { area, from, to } = filter
  return allOf(transaction, [
    area === undefined ? undefined : inArea(transaction, area),
    from === undefined ? undefined : transaction`reported_at >= ${from}`,
    to === undefined ? undefined : transaction`reported_at < ${to}`,
    ...facetNames.map((name) => oneOf(transaction, facetOf(name).column, filter[name])),
  ])
}

/** Below an area code prefix. Whole codes name their street and column, so that incident_reported and _grid serve. */
export function inArea(transaction: Transaction, area: string): Fragment {
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

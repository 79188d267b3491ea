import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { openStatuses } from '@minqing/data/domain/incident-status'
import { incidentConditions } from '../incidents/incident-conditions.ts'
import type { Transaction } from '../store/connect.ts'

/** As a literal: only then does the planner see that index incident_open holds them all. */
const open = `status in (${openStatuses.map((status) => `'${status}'`).join(', ')})`

/**
 * Open cases of the filter past their time at `now`, by the place where they lie.
 *
 * @param digits of a place's code that are wanted; shorter ones stay as they are.
 */
export async function countOverdue(
  transaction: Transaction,
  filter: IncidentFilter,
  now: Date,
  digits: number,
): Promise<{ place: string; count: number }[]> {
  return transaction<{ place: string; count: number }[]>`
    select left(coalesce(grid_code, community_code, street_code), ${digits}) as place, count(*) as count from incident
    where ${transaction.unsafe(open)} and due_at < ${now} and ${incidentConditions(transaction, filter)} group by 1`
}

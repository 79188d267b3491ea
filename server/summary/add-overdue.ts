import { codeLength } from '@minqing/data/domain/area-code'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { countedIncidents, isOpen, isOverdue } from '../counts/incident-conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { lengthBelow } from './length-below.ts'
import type { Tally } from './tally.ts'

/** Adds the open cases of the filter past their time at `now`, from the rows. */
export async function addOverdue(
  transaction: Transaction,
  filter: IncidentFilter,
  now: Date,
  tally: Tally,
): Promise<void> {
  const digits = lengthBelow(filter.area) ?? codeLength.grid
  const rows = await transaction<{ place: string; overdue: number }[]>`
    select left(coalesce(grid_code, community_code, street_code), ${digits}) as place, count(*) as overdue
    from incident
    where ${isOverdue(transaction, now)} and ${countedIncidents(transaction, filter)} group by 1`
  for (const { place, overdue } of rows) tally.addPlace(place, { total: 0, open: 0, overdue })
}

/** Adds what became overdue between each street's horizon and `now`, or takes away what was not yet overdue then. */
export async function addOverdueSince(
  transaction: Transaction,
  filter: IncidentFilter,
  now: Date,
  tally: Tally,
): Promise<void> {
  const rows = await transaction<{ streetCode: string; overdue: number }[]>`
    select street_code, sum(case when due_at < ${now} then 1 else -1 end) as overdue
    from incident join overdue_horizon using (street_code)
    where ${isOpen(transaction)} and due_at >= least(at, ${now}) and due_at < greatest(at, ${now})
      and ${countedIncidents(transaction, filter)}
    group by street_code`
  for (const { streetCode, overdue } of rows) tally.addPlace(streetCode, { total: 0, open: 0, overdue })
}

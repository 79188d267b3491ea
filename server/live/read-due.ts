import type { LiveDue } from '@minqing/data/domain/live'
import { isOpen } from '../counts/incident-conditions.ts'
import type { Transaction } from '../store/connect.ts'

/**
 * The times that have passed in (from, until]: of cases that are nearly due, and of those that are overdue now (indexes
 * incident_task_due, incident_task_soon; incident_open for cases that were only imported, whose due time is all they have).
 */
export async function readDue(
  transaction: Transaction,
  streets: readonly string[],
  from: Date,
  until: Date,
): Promise<LiveDue[]> {
  const own = [...streets]
  const area = transaction`coalesce(i.grid_code, i.community_code, i.street_code)`
  const ofTask = (state: '2' | '3', at: 'soon_at' | 'due_at') => transaction`
    select t.street_code as street, t.number, ${area} as area, t.node, ${state} as state, t.${transaction(at)} as at
    from incident_task t
    join incident i on i.street_code = t.street_code and i.number = t.number and i.status = t.status
    where t.street_code = any(${own}::text[]) and i.street_code = any(${own}::text[])
      and t.${transaction(at)} > ${from} and t.${transaction(at)} <= ${until}`
  return transaction<LiveDue[]>`
    ${ofTask('2', 'soon_at')} union all ${ofTask('3', 'due_at')} union all
    select i.street_code, i.number, ${area}, 'resolve', '3', i.due_at from incident i
    where i.street_code = any(${own}::text[]) and ${isOpen(transaction, transaction`i.status`)}
      and i.due_at > ${from} and i.due_at <= ${until}
      and not exists (
        select from incident_task t where t.street_code = i.street_code and t.number = i.number and t.status = i.status)
    order by at, number`
}

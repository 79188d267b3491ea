import { handlersStatuses } from '@minqing/data/domain/task'
import { inArea, isOpen } from '../counts/incident-conditions.ts'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'

/** Of whom: what waits for a role, and is given to nobody else. */
export type Waiting = { statuses: readonly string[]; actorId: string }

/**
 * The cases of a street, or of a part of it, in which something has to be done: with what, since when and until when. Of
 * cases that were only imported that is their due time (indexes incident_open, incident_followed). Columns as of `Task` and `SupervisionRecord`, and `soon_at`.
 *
 * @param area of the street
 */
export function selectTasks(transaction: Transaction, street: string, area: string, waiting?: Waiting): Fragment {
  const given = (column: string, otherwise: Fragment) => {
    const name = transaction(column)
    return transaction`case when t.number is null then ${otherwise} else t.${name} end as ${name}`
  }
  const hasDue = isOpen(transaction, transaction`i.status`)
  const mine =
    waiting &&
    transaction`where i.status = any(${[...waiting.statuses]}::text[])
      and (i.status <> all(${[...handlersStatuses]}::text[]) or coalesce(cardinality(t.handlers), 0) = 0
        or ${waiting.actorId} = any(t.handlers))`
  return transaction`
    select i.street_code, coalesce(i.grid_code, i.community_code, i.street_code) as area_code, i.number, i.type, i.channel,
      i.status, i.risk, i.urgency, i.title, i.reported_at,
      case when i.position is not null then json_build_object('lon', i.position[0], 'lat', i.position[1]) end as position,
      case when i.position is not null then i.position_source end as position_source,
      ${given('node', transaction`case when ${hasDue} and i.due_at is not null then 'resolve' end`)},
      ${given('started_at', transaction`case when ${hasDue} and i.due_at is not null then i.reported_at end`)},
      ${given('soon_at', transaction`case when ${hasDue} then i.reported_at + (i.due_at - i.reported_at) * 0.8 end`)},
      ${given('due_at', transaction`case when ${hasDue} then i.due_at end`)},
      t.unit, coalesce(t.urgings, 0) as urgings, coalesce(t.yellow_cards, 0) as yellow_cards,
      coalesce(t.red_cards, 0) as red_cards, coalesce(t.returns, 0) as returns, coalesce(t.reworks, 0) as reworks
    from (
      select * from incident where ${inArea(transaction, area)} and ${isOpen(transaction)}
      union all
      select * from incident where ${inArea(transaction, area)} and status = '75'
      union all
      select * from incident where ${inArea(transaction, area)} and status = '70' and number in (
        select number from incident_task where street_code = ${street} and status = '70')
    ) i
    left join incident_task t on t.street_code = ${street} and t.number = i.number and t.status = i.status
    ${mine ?? transaction``}`
}

/** The same rows, some of them, with the sequence of each case's last step, and the unit that it names where none is known. */
export function withLastSteps(transaction: Transaction, street: string, tasks: Fragment): Fragment {
  return transaction`
    select task.*, coalesce(last.sequence, 0) as sequence, coalesce(nullif(task.unit, ''), last.unit) as unit
    from (${tasks}) task
    left join lateral (
      select sequence, unit from incident_step where street_code = ${street} and number = task.number
      order by sequence desc limit 1
    ) last on true
    order by due_at nulls last, number`
}

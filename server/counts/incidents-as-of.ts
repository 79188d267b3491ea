import { codeLength, streetOf } from '@minqing/data/domain/area-code'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { ProblemError } from '@minqing/data/domain/problem'
import { allOf, type Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { isClosed } from './incident-conditions.ts'

/**
 * `with incident as (…)` for the statement that follows, which then reads the incidents of a street as they were known
 * at an instant instead of the table; nothing without an instant. Codes, numbers and times alone: what roles may not read
 * of incidents is not among them, so that it is read as `reader`, which sees the contents of steps.
 *
 * Which there were, status, type, risk, urgency, people involved, due and closing time are those of the log. It does not
 * have place, time of the report and channel, nor the type, risk and urgency of a case that came from a file and was not
 * classified by then: these are as they stand now.
 *
 * @param number of one incident; without it all of the filter's street
 * @throws ProblemError `bad_parameter` where the filter's area is no street and in none
 */
export function incidentsAsOf(
  transaction: Transaction,
  { area = '' }: IncidentFilter,
  asOf?: Date,
  number?: string,
): Fragment {
  if (asOf === undefined) return transaction``
  if (area.length < codeLength.street) throw ofNoStreet()
  const own = allOf(transaction, [
    transaction`street_code = ${streetOf(area)}`,
    number === undefined ? undefined : transaction`number = ${number}`,
  ])
  const last = (value: Fragment) =>
    transaction`(array_agg(${value} order by sequence desc) filter (where at <= ${asOf} and ${value} is not null))[1]`
  const said = (actions: string, name: string) =>
    last(transaction`case when action in (${transaction.unsafe(actions)}) then content ->> ${name}::text end`)
  const closed = (status: string) => isClosed(transaction, transaction.unsafe(status))
  return transaction`
    with incident as (
      select i.street_code, i.number, i.community_code, i.grid_code, i.position, i.position_source, i.channel,
        i.reported_at, log.status, coalesce(log.type, i.type) as type, coalesce(log.urgency, i.urgency) as urgency,
        -- Until it is classified.
        coalesce(log.risk, case when is_reported then 'blue' end, i.risk) as risk,
        coalesce(log.involved_count::integer, i.involved_count) as involved_count,
        -- A later file may have changed it without a step, as long as there is none of another kind.
        case when is_given then i.due_at else log.due_at end as due_at,
        case when ${closed('log.status')} then log.closed_at end as closed_at
      from (select * from incident where ${own}) i join (
        select number, ${last(transaction`to_status`)} as status, ${said("'report', 'classify'", 'type')} as type,
          ${said("'report', 'classify'", 'urgency')} as urgency, ${said("'classify'", 'risk')} as risk,
          ${said("'report', 'classify'", 'involvedCount')} as involved_count,
          ${last(transaction`case when action = 'import' then (content ->> 'dueAt')::timestamptz else due_at end`)} as due_at,
          max(at) filter (where at <= ${asOf} and ${closed('to_status')} and not ${closed("coalesce(from_status, '')")})
            as closed_at,
          bool_or(action = 'report') as is_reported, bool_and(action = 'import') as is_given
        from incident_step where ${own} group by number having bool_or(at <= ${asOf})
      ) log using (number)
    )`
}

function ofNoStreet(): ProblemError {
  return new ProblemError(
    'bad_parameter',
    { zh: '“按当时所知”只能用于一个街道', en: 'What was known at an instant is answered for one sub-district' },
    {
      parameter: 'area',
      remedy: {
        zh: '请给出街道、社区或网格的代码 area',
        en: 'Give the code of a sub-district, community or grid as area',
      },
    },
  )
}

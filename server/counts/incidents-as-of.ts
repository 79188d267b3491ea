import { codeLength, streetOf } from '@minqing/data/domain/area-code'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { ProblemError } from '@minqing/data/domain/problem'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'

/**
 * `with incident as (…)` for the statement that follows, which then reads the incidents of a street as they were known
 * at an instant instead of the table; nothing without an instant.
 *
 * Which there were, status, type, risk and due time are those of the log. Place, time of the report, channel, and what a
 * file has said of type, risk and due time, are in no step: they are as they stand now.
 *
 * @throws ProblemError `bad_parameter` where the filter's area is no street and in none
 */
export function incidentsAsOf(transaction: Transaction, { area = '' }: IncidentFilter, asOf?: Date): Fragment {
  if (asOf === undefined) return transaction``
  if (area.length < codeLength.street) throw ofNoStreet()
  const street = streetOf(area)
  const last = (value: Fragment) =>
    transaction`(array_agg(${value} order by sequence desc) filter (where ${value} is not null))[1]`
  const said = (action: Fragment, name: string) =>
    transaction`case when action in (${action}) then content ->> ${name}::text end`
  return transaction`
    with incident as (
      select i.street_code, i.number, i.community_code, i.grid_code, i.position, i.position_source, i.channel,
        i.reported_at, log.status, coalesce(log.type, i.type) as type,
        -- Until it is classified.
        coalesce(log.risk, case when is_reported then 'blue' end, i.risk) as risk,
        case when is_given then i.due_at else log.due_at end as due_at
      from incident i join (
        select number, ${last(transaction`to_status`)} as status,
          ${last(said(transaction`'report', 'classify'`, 'type'))} as type,
          ${last(said(transaction`'classify'`, 'risk'))} as risk,
          ${last(transaction`due_at`)} as due_at,
          bool_or(action = 'report') as is_reported, bool_and(action = 'import') as is_given
        from incident_step where street_code = ${street} and at <= ${asOf} group by number
      ) log using (number)
      where i.street_code = ${street}
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

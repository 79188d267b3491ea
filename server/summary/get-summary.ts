import { codeLength } from '@minqing/data/domain/area-code'
import { homeTimeZone } from '@minqing/data/domain/instant'
import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { openStatuses } from '@minqing/data/domain/incident-status'
import { risks } from '@minqing/data/domain/risk'
import type { IncidentSummary } from '@minqing/data/domain/summary'
import { incidentConditions } from '../incidents/incident-conditions.ts'
import type { Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { monthsBetween } from './months-between.ts'
import { newestStep } from './newest-step.ts'

type Cut = 'all' | 'type' | 'channel' | 'status' | 'risk' | 'month' | 'hour' | 'place'
type Group = { cut: Cut; value: string | null; name: string | null; total: number; open: number; overdue: number }

/**
 * How many incidents the filter holds, cut each way the panels show; one pass over the rows.
 *
 * @param now the moment against which cases are overdue.
 */
export async function getSummary(
  transaction: Transaction,
  filter: IncidentFilter,
  now: Date,
): Promise<IncidentSummary> {
  const [groups, asOf] = await Promise.all([countGroups(transaction, filter, now), newestStep(transaction)])
  const of = (cut: Cut) => groups.filter((group) => group.cut === cut && group.value !== null)
  const mostFirst = (cut: Cut) => of(cut).toSorted((a, b) => b.total - a.total || (a.value! < b.value! ? -1 : 1))
  const all = groups.find(({ cut }) => cut === 'all')
  const months = new Map(of('month').map(({ value, total }) => [value!.slice(0, 7), total]))
  const hours = new Map(of('hour').map(({ value, total }) => [Number(value), total]))
  return {
    asOf: asOf ?? now.toISOString(),
    total: all?.total ?? 0,
    open: all?.open ?? 0,
    overdue: all?.overdue ?? 0,
    byType: mostFirst('type').map(({ value, total }) => ({ type: value as never, count: total })),
    byChannel: mostFirst('channel').map(({ value, total }) => ({ channel: value as never, count: total })),
    byStatus: of('status')
      .toSorted((a, b) => (a.value! < b.value! ? -1 : 1))
      .map(({ value, total }) => ({ status: value as never, count: total })),
    byRisk: risks.flatMap((risk) =>
      of('risk')
        .filter(({ value }) => value === risk)
        .map(({ total }) => ({ risk, count: total })),
    ),
    byMonth: monthsBetween([...months.keys()].toSorted()).map((month) => ({ month, count: months.get(month) ?? 0 })),
    byHour: Array.from({ length: 24 }, (_, hour) => hours.get(hour) ?? 0),
    byArea: of('place')
      .toSorted((a, b) => (a.value! < b.value! ? -1 : 1))
      .map(({ value, name, total, open, overdue }) => ({ code: value!, name: name ?? value!, total, open, overdue })),
  }
}

async function countGroups(transaction: Transaction, filter: IncidentFilter, now: Date): Promise<Group[]> {
  return transaction<Group[]>`
    select g.cut, g.value, a.name, g.total, g.open, g.overdue
    from (
      select
        case when grouping(type) = 0 then 'type' when grouping(channel) = 0 then 'channel'
          when grouping(status) = 0 then 'status' when grouping(risk) = 0 then 'risk'
          when grouping(month) = 0 then 'month' when grouping(hour) = 0 then 'hour'
          when grouping(place) = 0 then 'place' else 'all' end as cut,
        coalesce(type, channel, status, risk, month::text, hour::text, place) as value,
        count(*) as total, count(*) filter (where open) as open,
        count(*) filter (where open and due_at < ${now}) as overdue
      from (
        select type, channel, status, risk, due_at, status = any(${openStatuses}::text[]) as open,
          date_trunc('month', reported_at at time zone ${homeTimeZone})::date as month,
          extract(hour from reported_at at time zone ${homeTimeZone})::integer as hour,
          ${placeBelow(transaction, filter.area)} as place
        from incident where ${incidentConditions(transaction, filter)}
      ) i
      group by grouping sets ((), (type), (channel), (status), (risk), (month), (hour), (place))
    ) g
    left join area a on g.cut = 'place' and a.code = g.value`
}

/** The code one level below the filter's area: its streets, communities or grids; nothing below a grid. */
function placeBelow(transaction: Transaction, area = ''): Fragment {
  if (area.length < codeLength.street) return transaction`street_code`
  if (area.length < codeLength.community) return transaction`community_code`
  if (area.length < codeLength.grid) return transaction`grid_code`
  return transaction`null::text`
}

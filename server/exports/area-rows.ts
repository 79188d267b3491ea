import type { IncidentFilter } from '@minqing/data/domain/incident-filter'
import { disputeTypes } from '@minqing/data/domain/incident-type'
import { countedIncidents, isOpen, isOverdue } from '../counts/incident-conditions.ts'
import type { Transaction } from '../store/connect.ts'

export type CountedArea = {
  code: string
  name: string
  parentCode: string | null
  parentName: string | null
  households: number | null
  residents: number | null
  areaM2: number
  incidents: number
  disputes: number
  open: number
  overdue: number
  /** Cases per 1,000 households; null without households. */
  perThousandHouseholds: number | null
  geometry: string
}

/** Areas of one level with their incidents of the filter; an area without any is there with zero. */
export async function countedAreas(
  transaction: Transaction,
  level: 'community' | 'grid',
  filter: IncidentFilter,
  now: Date,
): Promise<CountedArea[]> {
  const code = level === 'grid' ? transaction`grid_code` : transaction`community_code`
  const within = filter.area === undefined ? transaction`true` : transaction`starts_with(a.code, ${filter.area})`
  return transaction<CountedArea[]>`
    select a.code, a.name, a.parent_code, p.name as parent_name, a.households, a.residents, a.area_m2,
      coalesce(i.incidents, 0) as incidents, coalesce(i.disputes, 0) as disputes, coalesce(i.open, 0) as open,
      coalesce(i.overdue, 0) as overdue,
      round(coalesce(i.incidents, 0) * 1000.0 / nullif(a.households, 0), 2)::float8 as per_thousand_households, a.geometry
    from area a
    left join area p on p.code = a.parent_code
    left join (
      select ${code} as code, count(*) as incidents, count(*) filter (where type = any(${[...disputeTypes]}::text[])) as disputes,
        count(*) filter (where ${isOpen(transaction)}) as open,
        count(*) filter (where ${isOverdue(transaction, now)}) as overdue
      from incident where ${countedIncidents(transaction, filter)} group by 1
    ) i on i.code = a.code
    where a.level = ${level} and ${within}
    order by a.code`
}

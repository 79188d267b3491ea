import type { WallIncident, WallStep } from '@minqing/data/domain/wall'
import { streetOf } from '@minqing/data/domain/area-code'
import { isOverdue } from '../counts/incident-conditions.ts'
import type { Transaction } from '../store/connect.ts'
import { isShownOnWall } from './count-incidents.ts'
import type { WallWindow } from './wall-window.ts'

const most = 20

/** The newest cases (index incident_reported), as what and where by grid. */
export async function latestIncidents(
  transaction: Transaction,
  area: string,
  { now }: WallWindow,
): Promise<WallIncident[]> {
  return transaction<WallIncident[]>`
    select i.type, i.risk, i.status, i.community_code, c.name as community_name, i.grid_code,
      g.name as grid_name, i.reported_at,
      coalesce(${isOverdue(transaction, now)}, false) as overdue
    from incident i left join area c on c.code = i.community_code left join area g on g.code = i.grid_code
    where ${isShownOnWall(transaction, area)} and i.reported_at < ${now}
    order by i.reported_at desc, i.number desc limit ${most}`
}

/** How far back in the log the newest steps are looked for: enough for a community of a large street. */
const lookedThrough = 2000

/** The newest steps of cases, by their position in the street's log: its unique index backwards, until enough are found. */
export async function latestSteps(transaction: Transaction, area: string, { now }: WallWindow): Promise<WallStep[]> {
  return transaction<WallStep[]>`
    select s.position, s.at, s.to_status, i.type, i.risk, c.name as community_name, g.name as grid_name
    from (
      select street_code, number, position, at, to_status from incident_step
      where street_code = ${streetOf(area)} and at < ${now} order by position desc limit ${lookedThrough}
    ) s
    join incident i using (street_code, number)
    left join area c on c.code = i.community_code left join area g on g.code = i.grid_code
    where ${isShownOnWall(transaction, area)}
    order by s.position desc limit ${most}`
}

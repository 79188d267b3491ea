import { openStatuses } from '@minqing/data/domain/incident-status'
import type { WallCase, WallStep } from '@minqing/data/domain/wall'
import { streetOf } from '@minqing/data/domain/area-code'
import type { Transaction } from '../store/connect.ts'
import { wallCases } from './wall-conditions.ts'
import type { WallWindow } from './wall-window.ts'

const most = 20

/** The newest cases (index incident_reported), as what and where by grid. */
export async function latestCases(transaction: Transaction, area: string, { now }: WallWindow): Promise<WallCase[]> {
  return transaction<WallCase[]>`
    select i.street_code, i.number, i.type, i.risk, i.status, i.community_code, c.name as community_name, i.grid_code,
      g.name as grid_name, i.reported_at,
      coalesce(i.status = any(${openStatuses}::text[]) and i.due_at < ${now}, false) as overdue
    from incident i left join area c on c.code = i.community_code left join area g on g.code = i.grid_code
    where ${wallCases(transaction, area)} and i.reported_at < ${now}
    order by i.reported_at desc, i.number desc limit ${most}`
}

/** The newest movements in the loop, by their position in the street's log. */
export async function latestSteps(transaction: Transaction, area: string, { now }: WallWindow): Promise<WallStep[]> {
  return transaction<WallStep[]>`
    select s.position, s.at, s.to_status, i.type, i.risk, c.name as community_name, g.name as grid_name
    from flow_step s join incident i using (street_code, number)
    left join area c on c.code = i.community_code left join area g on g.code = i.grid_code
    where s.street_code = ${streetOf(area)} and ${wallCases(transaction, area)} and s.at < ${now}
    order by s.position desc limit ${most}`
}

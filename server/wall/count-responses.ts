import { streetOf } from '@minqing/data/domain/area-code'
import type { Share } from '@minqing/data/domain/wall'
import type { Transaction } from '../store/connect.ts'
import { wallCases } from './wall-conditions.ts'
import type { WallWindow } from './wall-window.ts'

/**
 * Cases signed for (40 → any other status) within two hours of their first dispatch ÷ cases dispatched in the window.
 * One that was dispatched less than two hours ago and is not yet signed is neither: its clock still runs.
 */
export async function countResponses(transaction: Transaction, area: string, window: WallWindow): Promise<Share> {
  const { recent, now } = window
  // Materialized: row-level security hides from the planner how few rows these are (index incident_step_at).
  const [row] = await transaction<[Share]>`
    with dispatched as materialized (
      select street_code, number, min(at) as at from incident_step
      where street_code = ${streetOf(area)} and to_status = '40' and at >= ${recent} and at < ${now}
      group by street_code, number
    )
    select count(*) filter (where signed.at <= dispatched.at + interval '2 hours') as count, count(*) as "of"
    from dispatched join incident i using (street_code, number)
    left join lateral (
      select min(s.at) as at from incident_step s
      where s.street_code = dispatched.street_code and s.number = dispatched.number and s.from_status = '40'
        and s.at >= dispatched.at
    ) signed on true
    where ${wallCases(transaction, area)}
      and (signed.at is not null or dispatched.at <= ${now}::timestamptz - interval '2 hours')`
  return row
}

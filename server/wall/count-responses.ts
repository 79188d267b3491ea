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
  const [row] = await transaction<[Share]>`
    select count(*) filter (where signed.at <= dispatched.at + interval '2 hours') as count, count(*) as "of"
    from (
      select s.street_code, s.number, min(s.at) as at
      from flow_step s join incident i using (street_code, number)
      where ${wallCases(transaction, area)} and s.to_status = '40' and s.at >= ${recent} and s.at < ${now}
      group by s.street_code, s.number
    ) dispatched
    left join lateral (
      select min(s.at) as at from flow_step s
      where s.street_code = dispatched.street_code and s.number = dispatched.number and s.from_status = '40'
        and s.at >= dispatched.at
    ) signed on true
    where signed.at is not null or dispatched.at <= ${now}::timestamptz - interval '2 hours'`
  return row
}

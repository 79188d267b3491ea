import type { WallPicture } from '@minqing/data/domain/wall'
import type { Transaction } from '../store/connect.ts'
import { wallCases } from './wall-conditions.ts'
import type { WallWindow } from './wall-window.ts'

const hour = 3_600_000
const days = 30

/** Cases of the last 24 clock hours, each beside the mean of that hour of the day over the last 30 days. */
export async function countHours(
  transaction: Transaction,
  area: string,
  { now, recent, firstHour }: WallWindow,
): Promise<WallPicture['lastHours']> {
  const first = Date.parse(firstHour)
  const rows = await transaction<{ hour: number; count: number; usual: number }[]>`
    select mod(floor(extract(epoch from i.reported_at) / 3600)::bigint, 24) as hour,
      count(*) filter (where i.reported_at >= ${firstHour}) as count, count(*) as usual
    from incident i
    where ${wallCases(transaction, area)} and i.reported_at >= ${recent} and i.reported_at < ${now}
    group by 1`
  return Array.from({ length: 24 }, (_, index) => {
    const from = first + index * hour
    const row = rows.find((one) => one.hour === Math.floor(from / hour) % 24)
    return { from: new Date(from).toISOString(), count: row?.count ?? 0, usual: (row?.usual ?? 0) / days }
  })
}

import { homeTimeZone } from '@minqing/data/domain/instant'
import type { Transaction } from '../store/connect.ts'

/** A stretch of time as whole days at home, which are counted, and what is left over at its ends. */
export type HomeWindow = {
  /** [from, to) as `YYYY-MM-DD`; null for an open end. Null where there is no whole day. */
  days: { from: string | null; to: string | null } | null
  /** [from, to) as instants: less than a day each. */
  rests: { from: string; to: string }[]
}

/** Beyond these the calendar's texts have another form, and there are no cases. */
const earliest = '1000'
const latest = '9000'

type Edge = { day: string; next: string; isMidnight: boolean; midnight: string; nextMidnight: string }

export async function homeWindow(
  transaction: Transaction,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<HomeWindow> {
  if (from !== undefined && from < earliest) return homeWindow(transaction, { to })
  if (to !== undefined && to > latest) return homeWindow(transaction, { from })
  if ((from ?? '') > latest || (to ?? latest) < earliest) return { days: null, rests: [] }
  const [start, end] = await Promise.all([edgeOf(transaction, from), edgeOf(transaction, to)])
  const rests: HomeWindow['rests'] = []
  if (from !== undefined && to !== undefined && start!.day === end!.day && !(start!.isMidnight && end!.isMidnight))
    return { days: null, rests: [{ from, to }] }
  if (start !== null && !start.isMidnight) rests.push({ from: from!, to: start.nextMidnight })
  if (end !== null && !end.isMidnight) rests.push({ from: end.midnight, to: to! })
  const first = start === null ? null : start.isMidnight ? start.day : start.next
  const last = end === null ? null : end.day
  return { days: first !== null && last !== null && first >= last ? null : { from: first, to: last }, rests }
}

async function edgeOf(transaction: Transaction, moment: string | undefined): Promise<Edge | null> {
  if (moment === undefined) return null
  const [edge] = await transaction<[Edge]>`
    select day, day + 1 as next, at = day as is_midnight, day::timestamp at time zone ${homeTimeZone} as midnight,
      (day + 1)::timestamp at time zone ${homeTimeZone} as next_midnight
    from (select (${moment}::timestamptz at time zone ${homeTimeZone}) as at) m
    cross join lateral (select m.at::date as day) d`
  return edge
}

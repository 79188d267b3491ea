import { homeTimeZone } from '@minqing/data/domain/instant'
import { allOf, type Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'

/** Local days [from, to) as `YYYY-MM-DD`; null for an open end. */
export type Days = { from: string | null; to: string | null }

/** A period as whole local days, which are stored as counts, and what is left over at its ends. */
export type LocalWindow = {
  /** Null where there is no whole day. */
  days: Days | null
  /** [from, to) as instants: less than a day each. */
  rests: { from: string; to: string }[]
}

/** Beyond these the calendar's texts have another form, and there are no incidents. */
const earliest = '1000'
const latest = '9000'

type Edge = { day: string; next: string; isMidnight: boolean; midnight: string; nextMidnight: string }

export async function localWindow(
  transaction: Transaction,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): Promise<LocalWindow> {
  if (from !== undefined && from < earliest) return localWindow(transaction, { to })
  if (to !== undefined && to > latest) return localWindow(transaction, { from })
  if ((from ?? '') > latest || (to ?? latest) < earliest) return { days: null, rests: [] }
  const [start, end] = await Promise.all([edgeOf(transaction, from), edgeOf(transaction, to)])
  const rests: LocalWindow['rests'] = []
  if (from !== undefined && to !== undefined && start!.day === end!.day && !(start!.isMidnight && end!.isMidnight))
    return { days: null, rests: [{ from, to }] }
  if (start !== null && !start.isMidnight) rests.push({ from: from!, to: start.nextMidnight })
  if (end !== null && !end.isMidnight) rests.push({ from: end.midnight, to: to! })
  const first = start === null ? null : start.isMidnight ? start.day : start.next
  const last = end === null ? null : end.day
  return { days: first !== null && last !== null && first >= last ? null : { from: first, to: last }, rests }
}

async function edgeOf(transaction: Transaction, instant: string | undefined): Promise<Edge | null> {
  if (instant === undefined) return null
  const [edge] = await transaction<[Edge]>`
    select day, day + 1 as next, at = day as is_midnight, day::timestamp at time zone ${homeTimeZone} as midnight,
      (day + 1)::timestamp at time zone ${homeTimeZone} as next_midnight
    from (select (${instant}::timestamptz at time zone ${homeTimeZone}) as at) m
    cross join lateral (select m.at::date as day) d`
  return edge
}

/** Days of a local month [from, to) that are meant: 32 is beyond the last. */
export function daysWithin(month: string, { from, to }: Days): [from: number, to: number] {
  return [
    from !== null && firstOf(from) === month ? Number(from.slice(8)) : 1,
    to !== null && firstOf(to) === month ? Number(to.slice(8)) : 32,
  ]
}

const firstOf = (day: string) => `${day.slice(0, 7)}-01`

/** Months of which at least a day is meant. */
export function touchedMonths(transaction: Transaction, { from, to }: Days): Fragment {
  return allOf(transaction, [
    from === null ? undefined : transaction`month >= ${firstOf(from)}`,
    to === null ? undefined : transaction`month < ${to}`,
  ])
}

/** Months of which every day is meant. */
export function fullMonths(transaction: Transaction, { from, to }: Days): Fragment {
  return allOf(transaction, [
    from === null ? undefined : transaction`month >= ${from}`,
    to === null ? undefined : transaction`month < ${firstOf(to)}`,
  ])
}

/** Months of which some days are meant and some are not. */
export function cutMonths(transaction: Transaction, { from, to }: Days): Fragment {
  const cut = [from, to].filter((day) => isWithinMonth(day)).map((day) => firstOf(day!))
  return transaction`month = any(${cut}::text[]::date[])`
}

/** Whether no month is cut. */
export function isOfMonths({ from, to }: Days): boolean {
  return !isWithinMonth(from) && !isWithinMonth(to)
}

function isWithinMonth(day: string | null): boolean {
  return day !== null && day !== firstOf(day)
}

import { allOf, type Fragment } from '../store/conditions.ts'
import type { Transaction } from '../store/connect.ts'
import type { HomeWindow } from './home-window.ts'

/** Whole days at home, [from, to). */
export type Days = NonNullable<HomeWindow['days']>

/** Days of a home month [from, to) that are meant: 32 is beyond the last. */
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
export function wholeMonths(transaction: Transaction, { from, to }: Days): Fragment {
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
